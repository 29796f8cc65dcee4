"""Plays and sums as the API takes and describes them."""

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from tourapp.attendance.queries import PARTS
from tourapp.stops.content import LANGUAGES, SLUG
from tourapp.web.sheets import sheet


class PartsField(fields.Field[list[str]]):
    """Some of the parts, with commas between them."""

    def _deserialize(self, value: str, *_: object, **__: object) -> list[str]:
        parts = [part.strip() for part in value.split(",")]
        if not set(parts) <= set(PARTS) or len(set(parts)) < len(parts):
            message = f"Expected some of {', '.join(PARTS)}, with commas between."
            raise ValidationError(message)
        return parts


class PlaySchema(Schema):
    """A sound that begins (`play`), or that was heard to its end (`whole_play`)."""

    stop = fields.String(
        required=True, validate=[validate.Length(max=100), validate.Regexp(rf"{SLUG.pattern}\Z")]
    )
    lang = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    kind = fields.String(required=True, validate=validate.OneOf(("play", "whole_play")))


class AudienceQuerySchema(Schema):
    """Which days are added up, and by what."""

    first = fields.Date(
        data_key="from",
        metadata={"description": "the first day, 30 days before the last where it is left out"},
    )
    last = fields.Date(
        data_key="until",
        metadata={"description": "the last day, today where it is left out"},
    )
    by = PartsField(
        load_default=lambda: ["kind"],
        metadata={
            "type": "string",
            "example": "stop,day,kind",
            "description": f"some of {', '.join(PARTS)}, with commas between",
        },
    )


class AudienceSchema(Schema):
    """How often, and of what: the parts that were not asked for are left out."""

    stop = fields.String(allow_none=True)
    sign = fields.String(allow_none=True)
    lang = fields.String()
    day = fields.Date()
    hour = fields.Integer(metadata={"description": "of the day, 0 to 23"})
    kind = fields.String(
        metadata={"enum": ["sign", "page", "play", "whole_play"]},
    )
    count = fields.Integer(required=True)


def sums_sheet(sums: Sequence[dict[str, Any]], by: Sequence[str]) -> str:
    """Return sums as CSV."""
    names = (*by, "count")
    return sheet(names, ([each[name] for name in names] for each in sums))
