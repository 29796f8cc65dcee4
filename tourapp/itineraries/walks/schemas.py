"""Walks as the API takes and describes them."""

from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from tourapp.itineraries.content import MOST_HALTS
from tourapp.itineraries.route import PACES
from tourapp.itineraries.walks.content import LONGEST, MOST_PARTICIPANTS, WalkPlan
from tourapp.stops.content import LANGUAGES
from tourapp.web.characters import KEPT_TEXT

# What every database and every calendar can hold.
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_LAST = datetime(2100, 1, 1, tzinfo=UTC)


def _text(name: str, **options: Any) -> fields.String:  # noqa: ANN401 -- marshmallow's own
    kept = validate.Regexp(KEPT_TEXT, error="Not text that can be kept.")
    return fields.String(validate=[validate.Length(max=LONGEST[name]), kept], **options)


def _moment(**options: Any) -> fields.AwareDateTime:  # noqa: ANN401 -- as above
    return fields.AwareDateTime(validate=validate.Range(_FIRST, _LAST), **options)


class WalkChangesSchema(Schema):
    """What is said of a walk beforehand."""

    group_name = _text("group_name")
    participants = fields.Integer(strict=True, validate=validate.Range(1, MOST_PARTICIPANTS))
    lang = fields.String(validate=validate.OneOf(LANGUAGES))
    meeting = _text("meeting")
    pace = fields.String(validate=validate.OneOf(tuple(PACES)))
    starts_at = _moment(metadata={"example": "2026-12-05T10:00:00+01:00"})


class NewWalkSchema(WalkChangesSchema):
    """A walk of an itinerary, whose order is copied as it is now."""

    itinerary = fields.String(required=True, metadata={"description": "its slug"})
    group_name = _text("group_name", load_default="")
    participants = fields.Integer(
        strict=True, required=True, validate=validate.Range(1, MOST_PARTICIPANTS)
    )
    lang = fields.String(load_default=LANGUAGES[0], validate=validate.OneOf(LANGUAGES))
    meeting = _text("meeting", load_default="")
    pace = fields.String(load_default="adult", validate=validate.OneOf(tuple(PACES)))
    starts_at = _moment(required=True)

    @post_load
    def _make(self, given: dict[str, Any], **_: object) -> tuple[str, WalkPlan]:
        return given.pop("itinerary"), WalkPlan(**given)


class TapSchema(Schema):
    """When something came true, for a phone that tells it late; now, where it is left out."""

    at = _moment(load_default=None, allow_none=True)


class ArrivalSchema(TapSchema):
    """The whole group is at a halt."""

    position = fields.Integer(strict=True, required=True, validate=validate.Range(1, MOST_HALTS))


class WalkHaltSchema(Schema):
    """A halt of a walk, as it was planned and as it came true; seconds count from the start."""

    position = fields.Integer(required=True)
    stop = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    variant = fields.String(required=True)
    transport = fields.String(required=True)
    distance_m = fields.Integer(required=True)
    way_s = fields.Integer(required=True)
    is_estimate = fields.Boolean(required=True)
    arrives_s = fields.Integer(required=True)
    leaves_s = fields.Integer(required=True)
    note = fields.String(required=True)
    question = fields.String(required=True)
    reached_at = fields.AwareDateTime(required=True, allow_none=True)
    left_at = fields.AwareDateTime(required=True, allow_none=True)


class WalkSchema(Schema):
    """A led walk."""

    id = fields.Integer(required=True)
    itinerary = fields.String(required=True)
    title = fields.String(required=True)
    guide = fields.String(required=True)
    group_name = fields.String(required=True)
    participants = fields.Integer(required=True)
    lang = fields.String(required=True)
    meeting = fields.String(required=True)
    pace = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, metadata={"enum": ["planned", "at", "between", "over"]})
    code = fields.String(
        required=True, allow_none=True, metadata={"description": "null once it is over"}
    )
    join_url = fields.Url(required=True, allow_none=True)
    joined = fields.Integer(required=True, metadata={"description": "phones that joined"})
    started_at = fields.AwareDateTime(required=True, allow_none=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    halts = fields.List(fields.Nested(WalkHaltSchema), required=True)


class FeedSchema(Schema):
    """The link to one's calendar, which is told this once."""

    url = fields.Url(required=True)
