"""Photographs as the API changes them: in every language, and not made into forms yet."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from tourapp.stops.content import LANGUAGES, LONGEST, Picture
from tourapp.stops.models import Stop
from tourapp.stops.pictures import pictures_of
from tourapp.stops.source.fields import said_text
from tourapp.stops.source.schemas import (
    LONGEST_CAPTION,
    LONGEST_CREDIT,
    LONGEST_LICENCE,
    PictureWordsSchema,
)
from tourapp.web.addresses import Addresses


class PictureQuerySchema(Schema):
    """What is said of a photograph that is sent, in French; other languages are added after."""

    alt = said_text(most=LONGEST["drawing_alt"])
    caption = said_text(most=LONGEST_CAPTION, required=False)
    credit = said_text(most=LONGEST_CREDIT)
    licence = said_text(most=LONGEST_LICENCE)
    focus_x = fields.Integer(load_default=50, validate=validate.Range(0, 100))
    focus_y = fields.Integer(load_default=50, validate=validate.Range(0, 100))

    @post_load
    def _make(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        caption = data.get("caption")
        return {
            "alt": {LANGUAGES[0]: data["alt"]},
            "caption": {LANGUAGES[0]: caption} if caption else {},
            "credit": data["credit"],
            "licence": data["licence"],
            "focus": (data["focus_x"], data["focus_y"]),
        }


_KEPT_CAPTION = Schema.from_dict(
    {lang: fields.String() for lang in LANGUAGES}, name="KeptCaptionSchema"
)


class KeptPictureSchema(PictureWordsSchema):
    """A photograph of a stop, as it is kept."""

    caption = fields.Nested(
        _KEPT_CAPTION,
        required=True,
        metadata={"description": "by language; empty where it has none"},
    )
    file = fields.String(required=True, metadata={"description": "its name, also in addresses"})
    url = fields.Url(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    bytes = fields.Integer(required=True)


class PictureOrderSchema(Schema):
    """Every photograph of a stop, in the order in which they are shown."""

    files = fields.List(fields.String(), required=True)


# Whatever is given is given whole: a text in French at least.
PICTURE_CHANGES = PictureWordsSchema(partial=("alt", "caption", "credit", "licence", "focus"))


def pictures_document(stop: Stop, *, addresses: Addresses) -> list[dict[str, Any]]:
    """Return what `KeptPictureSchema` describes, for each photograph in its order."""
    return [_document(picture, addresses=addresses) for picture in pictures_of(stop)]


def _document(picture: Picture, *, addresses: Addresses) -> dict[str, Any]:
    told = ("file", "width", "height", "bytes", "alt", "caption", "credit", "licence", "focus")
    return {name: getattr(picture, name) for name in told} | {"url": addresses.media(picture.media)}
