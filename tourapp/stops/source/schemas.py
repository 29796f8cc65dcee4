"""What the files of a stop must hold; the messages tell an author what was expected."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from tourapp.stops.content import (
    LANGUAGES,
    LONGEST,
    MOST_PICTURES,
    MOST_SOURCES,
    PICTURE_FILE,
    Closure,
    FactSource,
    NarrativeContent,
    Position,
)
from tourapp.stops.source.fields import (
    FileSchema,
    day,
    degrees,
    explained,
    said_text,
    told_schema,
    web_address,
    whole,
)

LONGEST_CAPTION = 300
LONGEST_CREDIT = 200
LONGEST_LICENCE = 120
LONGEST_SOURCE = 300
LONGEST_URL = 2000


class PositionFileSchema(FileSchema):
    """The `[position]` table."""

    latitude = degrees(90)
    longitude = degrees(180)
    accuracy_m = whole("whole metres", least=1, most=100_000)
    source = said_text(most=300)
    altitude_m = whole("whole metres", least=-500, most=9000, required=False)
    altitude_source = said_text(most=300, required=False)

    @validates_schema(skip_on_field_errors=True)
    def _altitude_has_source(self, data: dict[str, Any], **_: object) -> None:
        if (data.get("altitude_m") is None) != (data.get("altitude_source") is None):
            message = "expected altitude_m and altitude_source together"
            raise ValidationError(message, "altitude_m")

    @post_load
    def _make(self, data: dict[str, Any], **_: object) -> Position:
        return Position(**data)


def _ordered(texts: dict[str, str | None]) -> dict[str, str]:
    return {lang: text for lang in LANGUAGES if (text := texts.get(lang)) is not None}


_Reasons = told_schema("ClosureReasonSchema", most=240)
_Alternatives = told_schema("PictureAlternativeSchema", most=LONGEST["drawing_alt"])
_Captions = told_schema("PictureCaptionSchema", most=LONGEST_CAPTION)
_POINT = "two whole hundredths, from the left and from the top"


class ClosureFileSchema(FileSchema):
    """One `[[closures]]` table."""

    from_day = day(required=True, data_key="from")
    until_day = day(required=False, data_key="until")
    reason = fields.Nested(
        _Reasons,
        required=True,
        error_messages=explained("a reason by language, in French at least"),
    )

    @validates_schema(skip_on_field_errors=True)
    def _ends_after_its_beginning(self, data: dict[str, Any], **_: object) -> None:
        until = data.get("until_day")
        if until is not None and until < data["from_day"]:
            message = f"expected no day before {data['from_day']}, got {until}"
            raise ValidationError(message, "until")

    @post_load
    def _make(self, data: dict[str, Any], **_: object) -> Closure:
        return Closure(**data | {"reason": _ordered(data["reason"])})


class DrawingFileSchema(FileSchema):
    """The `[drawing]` table."""

    file = fields.String(
        required=True,
        validate=validate.Regexp(
            r"[a-z0-9-]+\.svg\Z",
            error="expected the name of an SVG file in the same folder, got {input!r}",
        ),
        error_messages=explained("the name of an SVG file in the same folder"),
    )
    credit = said_text(most=200)


class PictureWordsSchema(FileSchema):
    """What is said of a photograph, and the point that matters most in it."""

    alt = fields.Nested(
        _Alternatives,
        required=True,
        error_messages=explained("what the picture shows by language, in French at least"),
    )
    caption = fields.Nested(
        _Captions,
        load_default=dict,
        error_messages=explained("a caption by language, in French at least"),
    )
    credit = said_text(most=LONGEST_CREDIT)
    licence = said_text(most=LONGEST_LICENCE)
    focus = fields.List(
        whole("hundredths", least=0, most=100),
        load_default=(50, 50),
        validate=validate.Length(equal=2, error=f"expected {_POINT}"),
        error_messages=explained(_POINT),
    )

    @post_load
    def _order(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        texts = {name: _ordered(data[name]) for name in ("alt", "caption") if name in data}
        point = {"focus": tuple(data["focus"])} if "focus" in data else {}
        return data | texts | point


class PictureFileSchema(PictureWordsSchema):
    """One `[[pictures]]` table."""

    file = fields.String(
        required=True,
        validate=validate.Regexp(
            PICTURE_FILE,
            error="expected the name of a JPEG in the same folder, got {input!r}",
        ),
        error_messages=explained("the name of a JPEG in the same folder"),
    )


class FactSourceFileSchema(FileSchema):
    """One `[[sources]]` table."""

    title = said_text(most=LONGEST_SOURCE)
    url = web_address(most=LONGEST_URL)

    @post_load
    def _make(self, data: dict[str, Any], **_: object) -> FactSource:
        return FactSource(**data)


class StopFileSchema(FileSchema):
    """The whole of `stop.toml`."""

    number = whole("a whole number", least=1, most=99_999)
    code = fields.String(
        validate=validate.Regexp(
            r"[0-9A-HJKMNP-TV-Z]{6}\Z",
            error="expected six of 0-9 and A-Z without I, L, O and U, got {input!r}",
        ),
        error_messages=explained("the six characters of the first sign's code"),
    )
    position = fields.Nested(
        PositionFileSchema,
        required=True,
        error_messages=explained("a [position] table"),
    )
    drawing = fields.Nested(
        DrawingFileSchema,
        required=True,
        error_messages=explained("a [drawing] table"),
    )
    sources = fields.List(
        fields.Nested(FactSourceFileSchema),
        required=True,
        validate=[
            validate.Length(min=1, error="expected at least one [[sources]] table"),
            validate.Length(max=MOST_SOURCES, error="expected at most {max} [[sources]] tables"),
        ],
        error_messages=explained("at least one [[sources]] table"),
    )
    closures = fields.List(
        fields.Nested(ClosureFileSchema),
        validate=validate.Length(max=20, error="expected at most {max} [[closures]] tables"),
    )
    rescue_post = said_text(most=120, required=False)
    pictures = fields.List(
        fields.Nested(PictureFileSchema),
        validate=validate.Length(max=MOST_PICTURES, error="expected at most {max} [[pictures]]"),
    )


_NarrativeParts = FileSchema.from_dict(
    {part: said_text(most=most) for part, most in LONGEST.items()}
)


class NarrativeFileSchema(_NarrativeParts):  # type: ignore[misc, valid-type] # made above
    """The front matter of a narrative, with its text."""

    @post_load
    def _make(self, data: dict[str, Any], **_: object) -> NarrativeContent:
        return NarrativeContent(**data).tidied()
