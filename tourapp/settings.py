"""Frozen settings, read once from the environment and checked all together."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from tourapp.errors import InvalidError

PREFIX = "TOURAPP_"
PROJECT_ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("gtts", "piper", "espeak")


class SettingsError(InvalidError):
    """One or more settings are wrong; the text names every one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that an installation may choose.

    Each field is the environment variable `TOURAPP_<FIELD>`; `HOST` and `PORT` are understood too.
    The URLs choose the column: SQLite, files and a local queue, or PostgreSQL, S3 and Redis.
    """

    root: Path
    host: str
    port: int
    processes: int
    public_url: str
    database_url: str
    media_url: str
    queue_url: str
    speech_engines: tuple[str, ...]
    piper_voices: Path | None
    render_lease_s: float
    log_level: str
    time_zone: str
    secret_key: str

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], *, root: Path = PROJECT_ROOT) -> "Settings":
        """Read the settings, or raise SettingsError that names every fault at once."""
        try:
            values = _SettingsSchema(unknown=RAISE).load(_given(environ))
        except ValidationError as error:
            raise SettingsError(_describe(error.messages_dict)) from None
        return cls(root=root, **_embedded_defaults(root, port=values["port"]) | values)

    @property
    def engines(self) -> tuple[str, ...]:
        """The speech engines that can be tried, best first: Piper only where it has voices."""
        without_voices = self.piper_voices is None
        return tuple(
            name for name in self.speech_engines if not (name == "piper" and without_voices)
        )


def _engines(value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(","))
    if not set(names) <= set(ENGINES) or len(set(names)) != len(names):
        message = f"expected engines among {', '.join(ENGINES)}, best first, got {value!r}"
        raise ValidationError(message)
    return names


class _SettingsSchema(Schema):
    host = fields.String(load_default="127.0.0.1")
    port = fields.Integer(load_default=8000, validate=validate.Range(1, 65535))
    processes = fields.Integer(load_default=2, validate=validate.Range(1, 64))
    public_url = fields.String(
        validate=validate.Regexp(
            r"https?://[^/\s]+$",
            error="expected the site's address, such as https://visite.example.fr, got {input!r}",
        ),
    )
    database_url = fields.String(
        validate=validate.Regexp(
            r"(sqlite|postgresql(\+psycopg)?)://",
            error="expected sqlite:///path or postgresql://user@host/name",
        ),
    )
    media_url = fields.String(
        validate=validate.Regexp(
            r"(file:///|memory://|s3://)",
            error="expected file:///path, s3://bucket/prefix or memory://",
        ),
    )
    queue_url = fields.String(
        validate=validate.Regexp(
            r"(sqlite:///|rediss?://|memory://)",
            error="expected sqlite:///path, redis://host/0 or memory://",
        ),
    )
    speech_engines = fields.Function(deserialize=_engines, load_default=ENGINES)
    piper_voices = fields.Function(deserialize=Path, load_default=None)
    render_lease_s = fields.Float(load_default=120.0, validate=validate.Range(min=0.1))
    log_level = fields.String(
        load_default="INFO",
        validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]),
    )
    time_zone = fields.String(
        load_default="Europe/Paris",
        validate=validate.OneOf(
            available_timezones(),
            error="expected a zone such as Europe/Paris, got {input!r}",
        ),
    )
    secret_key = fields.String(
        validate=validate.Length(min=32, error="expected at least {min} characters"),
    )


def _given(environ: Mapping[str, str]) -> dict[str, str]:
    plain = {name.lower(): environ[name] for name in ("HOST", "PORT") if environ.get(name)}
    prefixed = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(PREFIX) and value
    }
    return plain | prefixed


def _describe(faults: Mapping[str, list[str]]) -> str:
    return "; ".join(
        f"{PREFIX}{name.upper()}: {' '.join(messages)}" for name, messages in sorted(faults.items())
    )


def _embedded_defaults(root: Path, *, port: int) -> dict[str, Any]:
    var = root / "var"
    return {
        "public_url": f"http://127.0.0.1:{port}",
        "database_url": f"sqlite:///{var / 'tourapp.sqlite'}",
        "queue_url": f"sqlite:///{var / 'queue.sqlite'}",
        "media_url": (root / "media").as_uri(),
        "secret_key": _kept_secret(var / "secret_key"),
    }


def _kept_secret(path: Path) -> str:
    """Return the secret kept in a file, made at first need, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
        file.write(secrets.token_hex(32))
        file.flush()
        # A link appears whole or not at all, and the first of two processes wins.
        with suppress(FileExistsError):
            os.link(file.name, path)
    return path.read_text()
