"""The image and compose.yaml: who may do what, and no secret in plain text."""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import typer
import yaml

from bot import cli
from bot.settings import FILE, Settings
from tests.conftest import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
WORDS = (ROOT / "compose.yaml").read_text(encoding="utf-8")
COMPOSE: Mapping[str, Any] = yaml.safe_load(WORDS)
SERVICES: Mapping[str, Any] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if "build" in service]
WORKERS = [name for name in OURS if SERVICES[name]["command"] == ["run"]]
COPIED = re.findall(r"^COPY (?!--)(.*) \S+$", DOCKERFILE, re.MULTILINE)
SECRET = re.compile("TOKEN|PASSWORD|KEY|DATABASE")


def test_two_workers_are_the_same_but_for_their_name() -> None:
    first, second = WORKERS
    assert SERVICES[first] == SERVICES[second]


@pytest.mark.parametrize("name", OURS)
def test_our_containers_may_do_next_to_nothing(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "cap_add" not in service
    assert "ports" not in service


@pytest.mark.parametrize("name", OURS)
def test_our_containers_run_as_the_user_of_the_image(name: str) -> None:
    (user,) = re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE)
    assert SERVICES[name]["user"] == user
    assert not user.startswith(("0", "root"))


@pytest.mark.parametrize("name", OURS)
def test_each_name_in_the_environment_is_a_setting(name: str) -> None:
    known = {field.upper() for field in Settings.model_fields}
    known |= {field + FILE for field in known}
    assert set(SERVICES[name]["environment"]) - known == set()


@pytest.mark.parametrize("name", OURS)
def test_each_command_is_one_that_the_program_knows(name: str) -> None:
    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    (command,) = SERVICES[name]["command"]
    assert command in commands


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_come_as_files_that_the_service_was_given(name: str) -> None:
    environment = SERVICES[name].get("environment", {})
    secret = {key: value for key, value in environment.items() if SECRET.search(key)}
    given = [f"/run/secrets/{one}" for one in SERVICES[name].get("secrets", [])]
    assert sorted(secret.values()) == sorted(given)
    assert all(key.endswith(FILE) for key in secret)


def test_files_with_secrets_are_kept_out_of_git_and_of_the_image() -> None:
    paths = [Path(one["file"]) for one in COMPOSE["secrets"].values()]
    assert {path.parent for path in paths} == {Path("secrets")}
    assert "/secrets/" in (ROOT / ".gitignore").read_text().splitlines()
    first, *rest = (ROOT / ".dockerignore").read_text().splitlines()[1:]
    assert first == "*"
    assert {line[1:] for line in rest if line.startswith("!")} == {
        word for words in COPIED for word in words.split()
    }


def test_operators_are_told_to_make_each_secret() -> None:
    page = (ROOT / "bot" / "handbook" / "operating.md").read_text(encoding="utf-8")
    steps = page.partition("mkdir -m 700 secrets")[2].partition("```")[0]
    assert {name for name in COMPOSE["secrets"] if name not in steps.split()} == set()


def test_no_address_holds_a_password() -> None:
    assert re.findall(r"\w+://[^\s/]*@", WORDS + DOCKERFILE) == []


def test_workers_wait_for_the_migration_and_it_for_the_database() -> None:
    done, healthy = "service_completed_successfully", "service_healthy"
    assert SERVICES["migrate"]["depends_on"]["postgres"]["condition"] == healthy
    assert SERVICES["migrate"]["restart"] == "no"
    for name in WORKERS:
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == done
        assert SERVICES[name]["restart"] == "unless-stopped"


def test_the_proxy_knows_every_worker_and_only_the_proxy_is_reached() -> None:
    words = COMPOSE["configs"]["caddyfile"]["content"]
    (workers,) = re.findall(r"^ *reverse_proxy (.*) \{$", words, re.MULTILINE)
    ports = {SERVICES[name]["environment"]["LISTEN"][-5:] for name in WORKERS}
    assert workers.split() == [f"{name}:8080" for name in WORKERS]
    assert ports == {":8080"}
    assert [name for name, one in SERVICES.items() if "ports" in one] == ["proxy"]


def test_the_database_has_no_way_out() -> None:
    assert SERVICES["postgres"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_health_is_asked_without_a_shell_and_at_the_port_of_the_worker() -> None:
    for name in WORKERS:
        kind, program, *rest = SERVICES[name]["healthcheck"]["test"]
        assert (kind, program) == ("CMD", "python")
        assert "http://127.0.0.1:8080/healthz" in rest[-1]


def test_the_image_installs_only_what_the_lock_file_pins() -> None:
    installs = re.findall(r"^RUN pip install (.*)$", DOCKERFILE, re.MULTILINE)
    assert installs[0] == "--require-hashes -r requirements.lock"
    assert all("--no-index" in one and "--no-deps" in one for one in installs[1:])


def test_what_the_image_copies_makes_a_whole_package(tmp_path: Path) -> None:
    for name in " ".join(COPIED).split():
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name)
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    wheel = "pip wheel --no-deps --no-build-isolation --wheel-dir dist ."
    command = [sys.executable, "-m", *wheel.split()]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    (built,) = (tmp_path / "dist").iterdir()
    names = set(ZipFile(built).namelist())
    flows = {f"bot/shipped/{one}" for one in files("flows")}
    locales = {f"bot/shipped/{one}" for one in files("locales")}
    assert {*files("bot"), *flows, *locales} - names == set()


def files(folder: str) -> list[str]:
    return [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]


def has_compose() -> bool:
    if shutil.which("docker") is None:
        return False
    asked = subprocess.run(["docker", "compose", "version"], capture_output=True)
    return asked.returncode == 0


@pytest.mark.skipif(not has_compose(), reason="docker compose is not installed here")
def test_docker_compose_reads_the_file() -> None:
    ended = subprocess.run(
        ["docker", "compose", "--project-directory", ROOT, "config", "-q"],
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "DOMAIN": "bot.example.nl"},
        capture_output=True,
        text=True,
    )
    assert ended.stderr == ""
    assert ended.returncode == 0
