"""Frozen settings, read once from the environment and checked all together."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from marshmallow import RAISE, ValidationError

from tourapp.errors import InvalidError
from tourapp.variables import VariablesSchema

PREFIX = "TOURAPP_"
PROJECT_ROOT = Path(__file__).resolve().parent.parent
PLAIN = ("HOST", "PORT")


class SettingsError(InvalidError):
    """One or more settings are wrong; the text names every one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that an installation may choose.

    Each field is the environment variable `TOURAPP_<FIELD>`; `HOST` and `PORT` are understood too.
    The URLs choose the column: SQLite, files and a local queue, or PostgreSQL, S3 and Redis.
    What may hold a password is left out where the settings are shown.
    """

    root: Path
    host: str
    port: int
    processes: int
    public_url: str
    database_url: str = field(repr=False)
    media_url: str
    media_accel: str
    edge_memory_mb: int
    queue_url: str = field(repr=False)
    limits_url: str = field(repr=False)
    trusted_proxies: int
    speech_engines: tuple[str, ...]
    piper_voices: Path | None
    render_lease_s: float
    sound_licence: str
    organisation: str
    organisation_logo: Path | None
    contact_email: str
    offline: bool
    map_tiles_url: str
    map_tiles_credit: str
    routing_url: str = field(repr=False)
    routing_timeout_s: float
    log_level: str
    time_zone: str
    mail_url: str = field(repr=False)
    mail_from: str
    session_idle_h: float
    session_longest_h: float
    secret_key: str = field(repr=False)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], *, root: Path = PROJECT_ROOT) -> "Settings":
        """Read the settings, or raise SettingsError that names every fault at once."""
        try:
            values = VariablesSchema(unknown=RAISE).load(_given(environ))
        except ValidationError as error:
            raise SettingsError(_describe(error.messages_dict, environ)) from None
        if "secret_key" not in values:
            values["secret_key"] = _kept_secret(root / "var" / "secret_key")
        values = _embedded_defaults(root, port=values["port"]) | values
        host = urlsplit(values["public_url"]).hostname
        return cls(root=root, **{"mail_from": f"bureau@{host}"} | values)

    @property
    def engines(self) -> tuple[str, ...]:
        """The speech engines that can be tried, best first: Piper only where it has voices."""
        without_voices = self.piper_voices is None
        return tuple(
            name for name in self.speech_engines if not (name == "piper" and without_voices)
        )


def _given(environ: Mapping[str, str]) -> dict[str, str]:
    plain = {name.lower(): environ[name] for name in PLAIN if environ.get(name)}
    prefixed = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(PREFIX) and value
    }
    return plain | prefixed


def _describe(faults: Mapping[str, list[str]], environ: Mapping[str, str]) -> str:
    return "; ".join(
        f"{_variable(name, environ)}: {' '.join(messages)}"
        for name, messages in sorted(faults.items())
    )


def _variable(name: str, environ: Mapping[str, str]) -> str:
    plain = name.upper()
    is_plain = plain in PLAIN and not environ.get(f"{PREFIX}{plain}")
    return plain if is_plain else f"{PREFIX}{plain}"


def _embedded_defaults(root: Path, *, port: int) -> dict[str, Any]:
    var = root / "var"
    return {
        "public_url": f"http://127.0.0.1:{port}",
        "database_url": f"sqlite:///{var / 'tourapp.sqlite'}",
        "queue_url": f"sqlite:///{var / 'queue.sqlite'}",
        "media_url": (root / "media").as_uri(),
        "mail_url": (var / "mail").as_uri(),
    }


def _kept_secret(path: Path) -> str:
    """Return the secret kept in a file, made at first need, readable by its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _keep_secret(path)
        return path.read_text()
    except OSError as error:
        message = f"{PREFIX}SECRET_KEY: none is given, and none can be kept: {error}"
        raise SettingsError(message) from None


def _keep_secret(path: Path) -> None:
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
        # A link appears whole or not at all, and the first of two processes wins.
        with suppress(FileExistsError):
            os.link(file.name, path)
