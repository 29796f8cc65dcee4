"""Copies of stops as the API takes and describes them."""

from typing import Any

from marshmallow import Schema, fields

from tourapp.publishing.schemas import PlaceSchema
from tourapp.publishing.shelving.copying import Copy


class NewCopySchema(PlaceSchema):
    """How a copy is called and numbered; the next that are free where nothing is said."""

    class Meta:
        """Of a place, a copy has these two of its own."""

        fields = ("slug", "number")


class CopySchema(Schema):
    """A stop that was made from another; nothing of it is published."""

    slug = fields.String(required=True)
    number = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"description": "its sign's, which is planned"})


NEW_COPY = NewCopySchema(partial=True)


def copy_document(copy: Copy) -> dict[str, Any]:
    """Return what `CopySchema` describes."""
    return {"slug": copy.stop.slug, "number": copy.stop.number, "code": copy.code}
