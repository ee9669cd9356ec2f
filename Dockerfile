# The bot as an image: `docker build -t drempel .`; how to run it: bot/handbook/operating.md
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/drempel
ENV PATH=/opt/drempel/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY flows flows
COPY locales locales
RUN pip wheel --no-deps --no-build-isolation --wheel-dir dist .
RUN pip install --no-deps --no-index --find-links dist drempel
RUN pip uninstall --yes hatchling editables pip

FROM python:3.13-slim
COPY --from=build /opt/drempel /opt/drempel
ENV PATH=/opt/drempel/bin:$PATH PYTHONDONTWRITEBYTECODE=1
# /data is for SQLite on one machine; with PostgreSQL nothing is written to any disk.
RUN install -d -o 10001 -g 10001 -m 700 /data
WORKDIR /data
USER 10001:10001
ENTRYPOINT ["drempel"]
CMD ["run"]
