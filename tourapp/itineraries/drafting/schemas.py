"""What comes of a file, as the API describes it."""

from typing import get_args

from marshmallow import Schema, fields, validate

from tourapp.itineraries.content import LONGEST
from tourapp.itineraries.drafting.content import RemarkKind
from tourapp.itineraries.schemas import ItinerarySchema
from tourapp.web.characters import KEPT_TEXT


class NamedQuerySchema(Schema):
    """What the file is called: a title, and a source of paths, where it tells none itself."""

    named = fields.String(
        load_default="Itinéraire importé",
        validate=[
            validate.Length(1, LONGEST["title"]),
            validate.Regexp(KEPT_TEXT, error="Not text that can be kept."),
        ],
    )


class RemarkSchema(Schema):
    """Something that is not as the file has it."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(get_args(RemarkKind)),
        metadata={
            "description": "near: taken for the `stop` that lies `distance_m` away; unknown: a"
            " place that is left out; loose_path: a path between no two halts; reckoned: paths"
            " of a routing service, which is asked again; cut: a text that was too long"
        },
    )
    name = fields.String(required=True, metadata={"description": "as the file names it"})
    stop = fields.String(required=True, allow_none=True)
    distance_m = fields.Integer(required=True, allow_none=True)


class DraftedItinerarySchema(ItinerarySchema):
    """An itinerary that was made from a file."""

    remarks = fields.List(fields.Nested(RemarkSchema), required=True)
