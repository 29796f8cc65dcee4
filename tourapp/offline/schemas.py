"""Tours as the API describes them."""

from typing import get_args

from marshmallow import Schema, fields, validate

from tourapp.offline.tours import Kind
from tourapp.stops.content import LANGUAGES


class TourStopSchema(Schema):
    """A stop of a tour, and how it is found without signal."""

    number = fields.Integer(required=True)
    title = fields.String(required=True)
    codes = fields.List(fields.String(), required=True)
    page = fields.String(required=True, metadata={"example": "/fr/arrets/terril-11-19"})


class TourFileSchema(Schema):
    """A file of a tour."""

    url = fields.String(required=True, metadata={"description": "on this site, without its name"})
    kind = fields.String(required=True, validate=validate.OneOf(get_args(Kind)))
    type = fields.String(required=True)
    bytes = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    one_of = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "of the files that share this, one is enough"},
    )
    width_px = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "of a photograph's form"},
    )


class TourPagesSchema(Schema):
    """Where a tour is taken along and left again, and its itinerary's page."""

    along = fields.String(required=True, metadata={"example": "/fr/emporter"})
    itinerary = fields.String(required=True, allow_none=True)


class TourSchema(Schema):
    """Everything that a phone needs to go on a tour without signal."""

    tour = fields.String(required=True)
    lang = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    title = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "the itinerary's; null for all stops"},
    )
    pages = fields.Nested(TourPagesSchema, required=True)
    version = fields.String(
        required=True,
        metadata={"description": "another one exactly when one of the files is another"},
    )
    stops = fields.List(fields.Nested(TourStopSchema), required=True)
    files = fields.List(fields.Nested(TourFileSchema), required=True)
