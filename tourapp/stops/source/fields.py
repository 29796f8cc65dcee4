"""Fields of an author's files: their messages tell what was expected."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from tourapp.stops.content import LANGUAGES
from tourapp.web.characters import evened, unkept


class FileSchema(Schema):
    """A table of a file; an unknown key is a mistake."""

    error_messages = {  # noqa: RUF012 -- marshmallow reads a plain dict
        "unknown": "unknown key",
        "type": "expected a table",
    }


class _Degrees(fields.Float):
    def _validated(self, value: Any) -> float:  # noqa: ANN401 -- whatever TOML can hold
        if isinstance(value, str):
            raise self.make_error(key="invalid")
        return super()._validated(value)


class _Day(fields.Date):
    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> date:  # noqa: ANN401 -- as above
        # TOML's time of a day is a day to Python, and would not be kept as it is written.
        if isinstance(value, datetime):
            raise self.make_error(key="invalid")
        return super()._deserialize(value, *args, **kwargs)


def explained(message: str) -> dict[str, Any]:
    """Return what to say where something is missing, or is no such thing."""
    expected = f"expected {message}"
    wrong = dict.fromkeys(("invalid", "null", "special", "too_large"), expected)
    return {"required": f"missing: {expected}"} | wrong


def said_text(*, most: int, required: bool = True) -> fields.String:
    """Return the field of a text that is not empty, nor too long, nor beyond what is kept."""
    message = f"a text of 1 to {most} characters"
    return fields.String(
        required=required,
        allow_none=not required,
        validate=validate.And(
            validate.Length(1, most, error=f"expected {message}, got {{input!r}}"),
            validate.Regexp(r"\s*\S", error=f"expected {message}, got only white space"),
            _kept(message),
        ),
        error_messages=explained(message),
    )


def _kept(message: str) -> Callable[[str], None]:
    def check(text: str) -> None:
        for _, name in unkept(evened(text)):
            wrong = f"expected {message}, got {name}"
            raise ValidationError(wrong)

    return check


def web_address(*, most: int) -> fields.Url:
    """Return the field of a page's address, or of none."""
    message = "an address such as https://example.fr/page"
    bounds = f"expected at most {most} characters of an address"
    return fields.Url(
        schemes={"http", "https"},
        allow_none=True,
        validate=validate.And(validate.Length(max=most, error=bounds), _kept(message)),
        error_messages=explained(message),
    )


def degrees(most: int) -> fields.Float:
    """Return the field of an angle."""
    message = f"degrees between -{most} and {most}"
    return _Degrees(
        required=True,
        validate=validate.Range(-most, most, error=f"expected {message}, got {{input}}"),
        error_messages=explained(message),
    )


def whole(what: str, *, least: int, most: int, required: bool = True) -> fields.Integer:
    """Return the field of a whole number."""
    message = f"{what} from {least} to {most}"
    return fields.Integer(
        strict=True,
        required=required,
        allow_none=not required,
        validate=validate.Range(least, most, error=f"expected {message}, got {{input}}"),
        error_messages=explained(message),
    )


def day(*, required: bool, data_key: str) -> _Day:
    """Return the field of a day."""
    message = "a day such as 2026-12-01"
    return _Day(
        required=required,
        allow_none=not required,
        data_key=data_key,
        error_messages=explained(message),
    )


def told_schema(name: str, *, most: int) -> type[Schema]:
    """Return the schema of a text by language, in French at least."""
    parts: dict[str, fields.Field[Any]] = {
        lang: said_text(most=most, required=lang == LANGUAGES[0]) for lang in LANGUAGES
    }
    return FileSchema.from_dict(parts, name=name)
