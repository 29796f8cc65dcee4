"""Check rounds as the API takes and describes them."""

from typing import Any

from marshmallow import Schema, fields, post_load

from tourapp.signage.rounds.services import REASONS, RoundQuery
from tourapp.web.fields import CoordinatesField


class RoundQuerySchema(Schema):
    """Which signs a round passes: one reason is enough; without any, all signs that hang."""

    damaged = fields.Boolean(
        load_default=False,
        metadata={"description": "those that are damaged, or reported by visitors"},
    )
    silent = fields.Boolean(
        load_default=False,
        metadata={"description": "those that are scanned far less than usual"},
    )
    unchecked_since = fields.AwareDateTime(
        load_default=None,
        metadata={"description": "those before which nobody stood since"},
    )
    near = CoordinatesField(
        load_default=None,
        metadata={
            "type": "string",
            "description": "latitude,longitude: where one begins to walk",
            "example": "50.443,2.778",
        },
    )

    @post_load
    def _make(self, given: dict[str, Any], **_: object) -> RoundQuery:
        return RoundQuery(**given)


class RoundPointSchema(Schema):
    """Where a sign hangs: longitude, latitude."""

    type = fields.Constant("Point", required=True)
    coordinates = fields.List(fields.Float(), required=True)


class SilenceSchema(Schema):
    """How few scans came over so many whole days, where so many were expected."""

    days = fields.Integer(required=True)
    scans = fields.Integer(required=True)
    expected = fields.Float(required=True)


class RoundPropertiesSchema(Schema):
    """What to know of a sign before one stands there."""

    order = fields.Integer(required=True)
    code = fields.String(required=True)
    stop = fields.String(required=True, metadata={"description": "its slug"})
    place = fields.String(required=True)
    support = fields.String(required=True)
    state = fields.String(required=True)
    reasons = fields.List(fields.String(metadata={"enum": [*REASONS]}), required=True)
    reports = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "what visitors wrote, and nobody closed"},
    )
    note = fields.String(required=True)
    checked_at = fields.AwareDateTime(required=True, allow_none=True)
    silence = fields.Nested(SilenceSchema, required=True, allow_none=True)
    distance_m = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "from the sign before, in a straight line"},
    )


class RoundFeatureSchema(Schema):
    """A sign that is passed."""

    type = fields.Constant("Feature", required=True)
    id = fields.String(required=True)
    geometry = fields.Nested(RoundPointSchema, required=True)
    properties = fields.Nested(RoundPropertiesSchema, required=True)


class RoundSchema(Schema):
    """A check round in walking order, after RFC 7946."""

    type = fields.Constant("FeatureCollection", required=True)
    features = fields.List(fields.Nested(RoundFeatureSchema), required=True)
