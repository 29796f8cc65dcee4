"""The files of `deploy/` that no test can start: read back, and held against the product."""

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.nginx import DEPLOY
from tests.servers import program
from tourapp.settings import PREFIX, PROJECT_ROOT, Settings

UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
IMAGE_WITH_VERSION = re.compile(r"[\w./-]+:v?\d+\.\d+[\w.-]*")
OURS = {"setup", "server", "worker"}


def variables(text: str) -> dict[str, str]:
    """Read NAME=VALUE lines."""
    lines = (line for line in text.splitlines() if "=" in line and not line.startswith("#"))
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


def made_environment(address: str = "https://visite.example.fr") -> dict[str, str]:
    """Make the variables of a new installation, as an administrator does."""
    command = [str(DEPLOY / "new-environment"), address]
    made = subprocess.run(command, check=True, capture_output=True, text=True)
    return variables(made.stdout)


def filled(text: str, values: dict[str, str]) -> str:
    """Fill variables in as Compose does."""
    pattern = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")

    def value(found: re.Match[str]) -> str:
        name, kind, other = found.groups()
        if not values.get(name) and kind == "?":
            pytest.fail(f"{name} {other}")
        return values.get(name) or other or ""

    return pattern.sub(value, text)


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """Return the services of a new installation."""
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(filled(text, made_environment()))["services"]
    return found


@pytest.fixture(params=UNITS, ids=lambda path: path.name)
def unit(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a copy of a unit that starts the command of this environment."""
    installed = Path(sys.executable).parent / "tourapp"
    for path in UNITS:
        text = path.read_text("utf-8").replace("/srv/tourapp/.venv/bin/tourapp", str(installed))
        (tmp_path / path.name.replace("@", "@1")).write_text(text)
    chosen: Path = request.param
    return tmp_path / chosen.name.replace("@", "@1")


def test_every_secret_is_new_in_every_installation() -> None:
    one, other = made_environment(), made_environment()
    secret = {name for name in one if "SECRET" in name or "PASSWORD" in name or "KEY_ID" in name}
    assert len(secret) == 5
    assert not [name for name in secret if one[name] == other[name] or len(one[name]) < 32]


def test_an_address_names_the_site() -> None:
    assert made_environment("http://localhost:8080")["SITE_NAME"] == "localhost"


def test_without_an_address_no_environment_is_made() -> None:
    made = subprocess.run([DEPLOY / "new-environment"], check=False, capture_output=True)
    assert (made.returncode, made.stdout) == (2, b"")


@pytest.mark.parametrize("name", sorted(OURS))
def test_the_settings_of_a_container_are_understood(services: dict[str, Any], name: str) -> None:
    settings = Settings.from_environ(services[name]["environment"])
    assert settings.public_url == "https://visite.example.fr"
    assert settings.database_url.startswith("postgresql://tourapp:")
    assert settings.limits_url != settings.queue_url
    assert settings.trusted_proxies == 1


def test_a_bucket_is_chosen_by_taking_comments_away(services: dict[str, Any]) -> None:
    made = subprocess.run(
        [DEPLOY / "new-environment", "http://localhost"], check=True, capture_output=True, text=True
    )
    chosen = variables(re.sub(r"^#(?=\w+=)", "", made.stdout, flags=re.MULTILINE))
    assert chosen["TOURAPP_MEDIA_URL"] == "s3://media"
    assert chosen["COMPOSE_PROFILES"] in services["bucket"]["profiles"]
    assert services["bucket"]["environment"]["GARAGE_DEFAULT_BUCKET"] == "media"


def test_every_image_is_pinned(services: dict[str, Any]) -> None:
    images = {service["image"] for service in services.values()}
    bases = {line.split()[1] for line in DOCKERFILE.splitlines() if line.startswith("FROM ")}
    assert not [image for image in images | bases if not IMAGE_WITH_VERSION.fullmatch(image)]


def test_whatever_answers_is_asked_whether_it_does(services: dict[str, Any]) -> None:
    asked = {name for name, each in services.items() if each.get("healthcheck", {}).get("test")}
    assert asked == set(services) - {"setup", "worker"}
    assert "/readyz" in services["server"]["healthcheck"]["test"][-1]
    assert "/livez" in services["nginx"]["healthcheck"]["test"][-1]


def test_everything_starts_after_what_it_needs(services: dict[str, Any]) -> None:
    conditions = {
        (name, needed): wanted["condition"]
        for name, each in services.items()
        for needed, wanted in each.get("depends_on", {}).items()
    }
    ended = {("server", "setup"), ("worker", "setup")}
    assert {pair for pair, each in conditions.items() if each != "service_healthy"} == ended
    assert conditions["nginx", "server"] == conditions["setup", "database"]


def test_nothing_but_nginx_is_open_to_the_world(services: dict[str, Any]) -> None:
    assert [name for name, each in services.items() if "ports" in each] == ["nginx"]


def test_our_containers_may_do_little(services: dict[str, Any]) -> None:
    for name in OURS:
        assert services[name]["read_only"]
        assert services[name]["cap_drop"] == ["ALL"]
    assert "\nUSER tourapp\n" in DOCKERFILE


def test_the_image_holds_enough_to_read_the_stops(tmp_path: Path) -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) (\S+)$", DOCKERFILE, re.MULTILINE)
    for sources, target in copied:
        for source in sources.split():
            allowed = f"!{source}\n" in (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8")
            assert allowed, source
            into = tmp_path / (source if target == "./" else target)
            copy = shutil.copytree if (PROJECT_ROOT / source).is_dir() else shutil.copy
            copy(PROJECT_ROOT / source, into)
    command = [sys.executable, "-m", "tourapp", "stops", "check"]
    environ = {"TOURAPP_SECRET_KEY": "x" * 32, "PYTHONPATH": str(tmp_path)}
    told = subprocess.run(command, cwd=tmp_path, env=environ, check=True, capture_output=True)
    assert b"stops are well written" in told.stdout


def test_a_unit_is_well_written_and_shut_in(unit: Path) -> None:
    analyze = program("systemd-analyze")
    verified = subprocess.run(
        [analyze, "verify", "--man=no", unit], check=False, capture_output=True, text=True
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    offline = [analyze, "security", "--offline=true", "--threshold=20", "--no-pager", str(unit)]
    assert subprocess.run(offline, check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_as_nobody_and_writes_nowhere_else(path: Path) -> None:
    read = ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign] # as the documentation does
    read.read(path)
    service = read["Service"]
    assert (service["User"], service["EnvironmentFile"]) == ("tourapp", "/etc/tourapp/environment")
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")
    assert service["CapabilityBoundingSet"] == ""


def test_the_example_of_an_environment_lacks_only_its_secret() -> None:
    example = variables((DEPLOY / "systemd" / "environment.example").read_text("utf-8"))
    assert [name for name, value in example.items() if not value] == ["TOURAPP_SECRET_KEY"]
    settings = Settings.from_environ(example | {"TOURAPP_SECRET_KEY": "x" * 32})
    assert settings.media_url == "file:///var/lib/tourapp/media"


def test_every_variable_of_nginx_is_told_and_given(services: dict[str, Any]) -> None:
    templates = (DEPLOY / "nginx").rglob("*.template")
    used = {name for each in templates for name in re.findall(r"\$\{(\w+)\}", each.read_text())}
    given = {name for name in services["nginx"]["environment"] if name.startswith("SITE_")}
    told = set(re.findall(r"`(SITE_[A-Z_]+)`", (DEPLOY / "README.md").read_text("utf-8")))
    assert used == given == told
    assert not [name for name in used if name.startswith(PREFIX)]
