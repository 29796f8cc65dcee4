"""The environment's variables: how each is written, what is expected of it, what stands for it."""

from ipaddress import ip_address
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from marshmallow import Schema, ValidationError, fields, validate, validates_schema
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ENGINES = ("gtts", "piper", "espeak")
PLAN_OF_IGN = (
    "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
    "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png"
    "&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
)
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def _engines(value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(","))
    if not set(names) <= set(ENGINES) or len(set(names)) != len(names):
        message = f"expected engines among {', '.join(ENGINES)}, best first, got {value!r}"
        raise ValidationError(message)
    return names


def _folder(value: str) -> Path:
    if not Path(value).is_dir():
        message = f"expected a folder, got {value!r}"
        raise ValidationError(message)
    return Path(value)


def _picture(value: str) -> Path:
    path = Path(value)
    beginnings = {".svg": b"<", ".png": b"\x89PNG\r\n\x1a\n"}
    beginning = beginnings.get(path.suffix)
    if beginning is None or not path.is_file() or not path.read_bytes().startswith(beginning):
        message = f"expected an SVG or PNG file, got {value!r}"
        raise ValidationError(message)
    return path


def _check_database_url(value: str) -> None:
    # What was given may hold a password, so it is not repeated.
    message = "expected sqlite:////path or postgresql://user@host/name"
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        raise ValidationError(message) from None
    is_file = url.drivername == "sqlite" and url.database and not url.host
    if not is_file and url.drivername not in {"postgresql", "postgresql+psycopg"}:
        raise ValidationError(message)


def _number(
    kind: type[fields.Integer | fields.Float],
    *,
    least: float,
    most: float,
    default: float,
) -> fields.Field[Any]:
    expected = f"expected a number from {least:g} to {most:g}"
    return kind(
        load_default=default,
        error_messages={"invalid": f"{expected}, got {{input!r}}", "special": expected},
        validate=validate.Range(least, most, error=f"{expected}, got {{input!r}}"),
    )


def _check_host(value: str) -> None:
    try:
        ip_address(value)
    except ValueError:
        # The server listens on addresses only: a name could be several.
        message = f"expected an address such as 127.0.0.1, 0.0.0.0 or ::1, got {value!r}"
        raise ValidationError(message) from None


class VariablesSchema(Schema):
    """Every variable, by the name of its setting."""

    error_messages = {"unknown": "there is no such setting"}  # noqa: RUF012 -- marshmallow's own

    host = fields.String(load_default="127.0.0.1", validate=_check_host)
    port = _number(fields.Integer, least=1, most=65535, default=8000)
    processes = _number(fields.Integer, least=1, most=64, default=2)
    public_url = fields.String(
        validate=validate.Regexp(
            r"https?://[^/\s]+$",
            error="expected the site's address, such as https://visite.example.fr, got {input!r}",
        ),
    )
    database_url = fields.String(validate=_check_database_url)
    media_url = fields.String(
        validate=validate.Regexp(
            r"file:///.|memory://$|s3://[^/]",
            error="expected file:///path, s3://bucket/prefix or memory://",
        ),
    )
    media_accel = fields.String(
        load_default="",
        validate=validate.Regexp(
            r"/[a-z0-9-]+/$",
            error="expected a path of nginx such as /kept-media/, got {input!r}",
        ),
    )
    edge_memory_mb = _number(fields.Integer, least=1, most=4096, default=40)
    queue_url = fields.String(
        validate=validate.Regexp(
            r"sqlite:///.|rediss?://[^/]|memory://$",
            error="expected sqlite:////path, redis://host/0 or memory://",
        ),
    )
    limits_url = fields.String(
        load_default="memory://",
        validate=validate.Regexp(
            r"rediss?://[^/]|memory://$",
            error="expected redis://host/1 or memory://",
        ),
    )
    trusted_proxies = _number(fields.Integer, least=0, most=8, default=0)
    speech_engines = fields.Function(deserialize=_engines, load_default=ENGINES)
    piper_voices = fields.Function(deserialize=_folder, load_default=None)
    render_lease_s = _number(fields.Float, least=0.1, most=86_400, default=120)
    sound_licence = fields.String(load_default="")
    organisation = fields.String(
        load_default="",
        validate=validate.Length(max=60, error="expected at most {max} characters"),
    )
    organisation_logo = fields.Function(deserialize=_picture, load_default=None)
    contact_email = fields.Email(
        load_default="",
        error_messages={"invalid": "expected an address such as visite@example.fr, got {input!r}"},
    )
    offline = fields.Boolean(
        load_default=True, error_messages={"invalid": "expected true or false, got {input!r}"}
    )
    map_tiles_url = fields.String(
        load_default=PLAN_OF_IGN,
        validate=validate.Regexp(
            r"https?://[^/\s]+/(?=\S*\{z\})(?=\S*\{x\})(?=\S*\{y\})\S+$",
            error="expected an address with {{z}}, {{x}} and {{y}}, got {input!r}",
        ),
    )
    map_tiles_credit = fields.String(load_default="IGN")
    routing_url = fields.String(
        load_default="",
        validate=validate.Regexp(
            r"(valhalla|osrm|ign)\+https?://[^/\s]\S*$",
            # What was given may hold a key, so it is not repeated.
            error="expected valhalla+https://host, osrm+https://host or ign+https://host/base",
        ),
    )
    routing_timeout_s = _number(fields.Float, least=0.1, most=60, default=4)
    log_level = fields.String(
        load_default="INFO",
        validate=validate.OneOf(
            LOG_LEVELS,
            error="expected one of {choices}, got {input!r}",
        ),
    )
    time_zone = fields.String(
        load_default="Europe/Paris",
        validate=validate.OneOf(
            available_timezones(),
            error="expected a zone such as Europe/Paris, got {input!r}",
        ),
    )
    mail_url = fields.String(
        validate=validate.Regexp(
            r"file:///.|smtps?://[^/]",
            error="expected smtps://user:password@host, smtp://host:587 or file:///folder",
        ),
    )
    mail_from = fields.String(
        validate=validate.Email(error="expected an e-mail address, got {input!r}"),
    )
    session_idle_h = _number(fields.Float, least=0.1, most=168, default=8)
    session_longest_h = _number(fields.Float, least=0.1, most=2160, default=168)
    secret_key = fields.String(
        validate=validate.Length(min=32, error="expected at least {min} characters"),
    )

    @validates_schema(skip_on_field_errors=False)
    def _require_an_engine(self, values: dict[str, Any], **_: object) -> None:
        """Piper alone, without voices, would leave nobody to speak."""
        if values.get("speech_engines") == ("piper",) and values.get("piper_voices") is None:
            message = "expected an engine beside piper, or TOURAPP_PIPER_VOICES"
            raise ValidationError(message, "speech_engines")
