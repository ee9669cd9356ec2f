# make run: the bot, or the same conversation in the terminal. make test: every check.
# make long: more of the same, for a night.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test long bench kill mutate reload lock translations clean

run: $(VENV)/run.done
	$(BIN)/drempel run

# Four workers, also on two cores: many tests wait for a program or a clock.
test: $(VENV)/dev.done
	$(BIN)/drempel check
	$(BIN)/drempel test
	$(BIN)/pytest -n 4 -m "not long"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The same faults in more set-ups, and more sequences of what nobody expects.
long: $(VENV)/dev.done
	SEQUENCES=50000 $(BIN)/pytest -n 4 -m long

# Ratios of speed and size, all measured in one run. No test depends on them.
bench: $(VENV)/dev.done
	$(BIN)/python -m tests.bench

# The bot is killed N times at every point of a turn; a table of what came of it.
N ?= 2400
kill: $(VENV)/dev.done
	$(BIN)/python -m tests.kill $(N)

# Content is spoiled and changed CHANGES times each while families talk; and families
# that began under the last 50 versions of the flows go on under those of now.
CHANGES ?= 1000
reload: $(VENV)/dev.done
	$(BIN)/python -m tests.reload.versions 50
	$(BIN)/python -m tests.reload $(CHANGES)

# N slips of one letter in the shipped files, and a hundred times as many broken files.
mutate: N = 1000
mutate: $(VENV)/dev.done
	$(BIN)/python -m tests.mutate $(N)

# After a change of the dependencies in pyproject.toml. Needs `uv`.
lock:
	uv pip compile pyproject.toml --extra build --universal --generate-hashes --no-header \
		--no-emit-index-url --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --extra build --extra dev --universal --generate-hashes \
		--no-header --no-emit-index-url --no-annotate -q -o requirements-dev.lock

# Takes new Dutch texts into the catalogues; changed ones are marked fuzzy.
translations: $(VENV)/dev.done
	$(BIN)/drempel translations

# The lock files hold the build tool, too, so nothing unpinned is ever fetched.
$(VENV)/run.done: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Drempel needs Python 3.11 or newer: make run PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.done: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Drempel needs Python 3.11 or newer: make run PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/run.done

clean:
	rm -rf $(VENV)
