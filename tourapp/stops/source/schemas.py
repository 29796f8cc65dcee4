"""What the files of a stop must hold; the messages tell an author what was expected."""

from datetime import date, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from tourapp.stops.content import (
    KEPT_TEXT,
    LANGUAGES,
    LONGEST,
    Closure,
    FactSource,
    NarrativeContent,
    Position,
)


class _FileSchema(Schema):
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


def _required(message: str) -> dict[str, Any]:
    expected = f"expected {message}"
    wrong = dict.fromkeys(("invalid", "null", "special", "too_large"), expected)
    return {"required": f"missing: {expected}"} | wrong


def _text(*, most: int, required: bool = True) -> fields.String:
    message = f"a text of 1 to {most} characters"
    return fields.String(
        required=required,
        allow_none=not required,
        validate=validate.And(
            validate.Length(1, most, error=f"expected {message}, got {{input!r}}"),
            validate.Regexp(r"\s*\S", error=f"expected {message}, got only white space"),
            validate.Regexp(KEPT_TEXT, error=f"expected {message}, got a null character"),
        ),
        error_messages=_required(message),
    )


def _degrees(most: int) -> fields.Float:
    message = f"degrees between -{most} and {most}"
    return _Degrees(
        required=True,
        validate=validate.Range(-most, most, error=f"expected {message}, got {{input}}"),
        error_messages=_required(message),
    )


def _whole(what: str, *, least: int, most: int, required: bool = True) -> fields.Integer:
    message = f"{what} from {least} to {most}"
    return fields.Integer(
        strict=True,
        required=required,
        allow_none=not required,
        validate=validate.Range(least, most, error=f"expected {message}, got {{input}}"),
        error_messages=_required(message),
    )


class PositionFileSchema(_FileSchema):
    """The `[position]` table."""

    latitude = _degrees(90)
    longitude = _degrees(180)
    accuracy_m = _whole("whole metres", least=1, most=100_000)
    source = _text(most=300)
    altitude_m = _whole("whole metres", least=-500, most=9000, required=False)
    altitude_source = _text(most=300, required=False)

    @validates_schema(skip_on_field_errors=True)
    def _altitude_has_source(self, data: dict[str, Any], **_: object) -> None:
        if (data.get("altitude_m") is None) != (data.get("altitude_source") is None):
            message = "expected altitude_m and altitude_source together"
            raise ValidationError(message, "altitude_m")

    @post_load
    def _make(self, data: dict[str, Any], **_: object) -> Position:
        return Position(**data)


def _day(*, required: bool, data_key: str) -> _Day:
    message = "a day such as 2026-12-01"
    return _Day(
        required=required,
        allow_none=not required,
        data_key=data_key,
        error_messages=_required(message),
    )


_Reasons = _FileSchema.from_dict(
    {lang: _text(most=240, required=lang == LANGUAGES[0]) for lang in LANGUAGES},
    name="ClosureReasonSchema",
)


class ClosureFileSchema(_FileSchema):
    """One `[[closures]]` table."""

    from_day = _day(required=True, data_key="from")
    until_day = _day(required=False, data_key="until")
    reason = fields.Nested(
        _Reasons,
        required=True,
        error_messages=_required("a reason by language, in French at least"),
    )

    @validates_schema(skip_on_field_errors=True)
    def _ends_after_its_beginning(self, data: dict[str, Any], **_: object) -> None:
        until = data.get("until_day")
        if until is not None and until < data["from_day"]:
            message = f"expected no day before {data['from_day']}, got {until}"
            raise ValidationError(message, "until")

    @post_load
    def _make(self, data: dict[str, Any], **_: object) -> Closure:
        said = data["reason"]
        return Closure(**data | {"reason": {key: said[key] for key in LANGUAGES if key in said}})


class DrawingFileSchema(_FileSchema):
    """The `[drawing]` table."""

    file = fields.String(
        required=True,
        validate=validate.Regexp(
            r"[a-z0-9-]+\.svg\Z",
            error="expected the name of an SVG file in the same folder, got {input!r}",
        ),
        error_messages=_required("the name of an SVG file in the same folder"),
    )
    credit = _text(most=200)


class FactSourceFileSchema(_FileSchema):
    """One `[[sources]]` table."""

    title = _text(most=300)
    url = fields.Url(
        schemes={"http", "https"},
        error_messages={"invalid": "expected an address such as https://example.fr/page"},
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: object) -> FactSource:
        return FactSource(**data)


class StopFileSchema(_FileSchema):
    """The whole of `stop.toml`."""

    number = _whole("a whole number", least=1, most=99_999)
    code = fields.String(
        validate=validate.Regexp(
            r"[0-9A-HJKMNP-TV-Z]{6}\Z",
            error="expected six of 0-9 and A-Z without I, L, O and U, got {input!r}",
        ),
        error_messages=_required("the six characters of the first sign's code"),
    )
    position = fields.Nested(
        PositionFileSchema,
        required=True,
        error_messages=_required("a [position] table"),
    )
    drawing = fields.Nested(
        DrawingFileSchema,
        required=True,
        error_messages=_required("a [drawing] table"),
    )
    sources = fields.List(
        fields.Nested(FactSourceFileSchema),
        required=True,
        validate=validate.Length(min=1, error="expected at least one [[sources]] table"),
        error_messages=_required("at least one [[sources]] table"),
    )
    closures = fields.List(
        fields.Nested(ClosureFileSchema),
        validate=validate.Length(max=20, error="expected at most {max} [[closures]] tables"),
    )
    rescue_post = _text(most=120, required=False)


_NarrativeParts = _FileSchema.from_dict({part: _text(most=most) for part, most in LONGEST.items()})


class NarrativeFileSchema(_NarrativeParts):  # type: ignore[misc, valid-type] # made above
    """The front matter of a narrative, with its text."""

    @post_load
    def _make(self, data: dict[str, Any], **_: object) -> NarrativeContent:
        return NarrativeContent(**data).tidied()
