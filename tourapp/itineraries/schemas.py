"""Itineraries as the API takes and describes them."""

from typing import Any, get_args

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from tourapp.itineraries.content import (
    LONGEST,
    LONGEST_STAY_MIN,
    LONGEST_TARGET_MIN,
    MOST_HALTS,
    Difficulty,
    HaltContent,
    Spot,
    Visibility,
)
from tourapp.itineraries.route import PaceName, Transport
from tourapp.stops.content import LANGUAGES, Variant
from tourapp.web.characters import KEPT_TEXT


def _text(name: str, *, least: int = 0, **options: Any) -> fields.String:  # noqa: ANN401 -- marshmallow's own
    kept = validate.Regexp(KEPT_TEXT, error="Not text that can be kept.")
    return fields.String(validate=[validate.Length(least, LONGEST[name]), kept], **options)


def _among(words: tuple[str, ...], **options: Any) -> fields.String:  # noqa: ANN401 -- as above
    return fields.String(validate=validate.OneOf(words), **options)


class SpotSchema(Schema):
    """A place that is no stop."""

    name = _text("audience", least=1, required=True)
    latitude = fields.Float(required=True, validate=validate.Range(-90, 90))
    longitude = fields.Float(required=True, validate=validate.Range(-180, 180))

    @post_load
    def _make(self, given: dict[str, Any], **_: object) -> Spot:
        return Spot(**given)


class HaltSchema(Schema):
    """A halt: at a stop by its slug, or at a spot. `note` and `question` are never public."""

    stop = fields.String(allow_none=True)
    spot = fields.Nested(SpotSchema, allow_none=True)
    stay_min = fields.Integer(strict=True, validate=validate.Range(0, LONGEST_STAY_MIN))
    variant = _among(get_args(Variant))
    transport = _among(get_args(Transport), metadata={"description": "how one comes there"})
    note = _text("note")
    question = _text("question")

    @validates_schema(skip_on_field_errors=True)
    def _one_place(self, given: dict[str, Any], **_: object) -> None:
        if (given.get("stop") is None) == (given.get("spot") is None):
            message = "Expected either a stop or a spot."
            raise ValidationError(message, "stop")

    @post_load
    def _make(self, given: dict[str, Any], **_: object) -> HaltContent:
        return HaltContent(**given)


class ItineraryChangesSchema(Schema):
    """What an itinerary says; a change gives any part of it, and halts as a whole."""

    title = _text("title", least=1)
    summary = _text("summary")
    theme = _text("theme")
    audience = _text("audience")
    lang = _among(LANGUAGES)
    difficulty = _among(get_args(Difficulty))
    accessibility = _text("accessibility")
    meeting = _text("meeting")
    target_min = fields.Integer(
        strict=True, allow_none=True, validate=validate.Range(1, LONGEST_TARGET_MIN)
    )
    halts = fields.List(fields.Nested(HaltSchema), validate=validate.Length(max=MOST_HALTS))

    @post_load
    def _order(self, given: dict[str, Any], **_: object) -> dict[str, Any]:
        return given | ({"halts": tuple(given["halts"])} if "halts" in given else {})


class NewItinerarySchema(ItineraryChangesSchema):
    """A new itinerary: at least its title and what it is about."""

    title = _text("title", least=1, required=True)
    summary = _text("summary", required=True)


class VisibilitySchema(Schema):
    """Who sees an itinerary: its authors, whoever has its link, or everyone."""

    visibility = _among(get_args(Visibility), required=True)


class EditorsSchema(Schema):
    """Who may change an itinerary beside its owner, by e-mail address."""

    editors = fields.List(fields.Email(), required=True, validate=validate.Length(max=20))


class PaceQuerySchema(Schema):
    """The pace at which times are told."""

    pace = _among(get_args(PaceName), load_default="adult")


class PathQuerySchema(Schema):
    """Where a path comes from, as its readers are told."""

    source = _text("meeting", least=1, required=True)


class StartQuerySchema(Schema):
    """When an itinerary is walked."""

    start = fields.AwareDateTime(required=True, metadata={"example": "2026-12-05T10:00:00+01:00"})


class WaySchema(Schema):
    """The way to a halt; heights are null where they are unknown."""

    distance_m = fields.Integer(required=True)
    ascent_m = fields.Integer(required=True, allow_none=True)
    descent_m = fields.Integer(required=True, allow_none=True)
    duration_s = fields.Integer(required=True)
    is_estimate = fields.Boolean(
        required=True,
        metadata={"description": "true: the straight line times a usual detour, not a path"},
    )
    origin = fields.String(
        required=True,
        validate=validate.OneOf(["estimate", "path", "service"]),
        metadata={"description": "an estimate, a drawn or walked path, or a routing service's way"},
    )
    source = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "where the path comes from, or which service found the way"},
    )


class PlannedHaltSchema(Schema):
    """A halt in its place and time; seconds count from the start."""

    position = fields.Integer(required=True)
    stop = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    latitude = fields.Float(required=True)
    longitude = fields.Float(required=True)
    accuracy_m = fields.Integer(required=True, allow_none=True)
    stay_min = fields.Integer(required=True)
    variant = fields.String(required=True)
    transport = fields.String(required=True)
    way = fields.Nested(WaySchema, required=True, allow_none=True)
    arrives_s = fields.Integer(required=True)
    leaves_s = fields.Integer(required=True)
    note = fields.String(metadata={"description": "for its authors only"})
    question = fields.String(metadata={"description": "for its authors only"})


class ItinerarySummarySchema(Schema):
    """An itinerary, as a list tells it."""

    slug = fields.String(required=True)
    title = fields.String(required=True)
    summary = fields.String(required=True)
    theme = fields.String(required=True)
    audience = fields.String(required=True)
    lang = fields.String(required=True)
    difficulty = fields.String(required=True)
    accessibility = fields.String(required=True)
    meeting = fields.String(required=True)
    target_min = fields.Integer(required=True, allow_none=True)
    visibility = fields.String(required=True)
    updated_at = fields.AwareDateTime(required=True)


class ItinerarySchema(ItinerarySummarySchema):
    """An itinerary with its halts, its ways and its times."""

    pace = fields.String(required=True)
    distance_m = fields.Integer(required=True)
    ascent_m = fields.Integer(required=True, allow_none=True)
    descent_m = fields.Integer(required=True, allow_none=True)
    moving_s = fields.Integer(required=True)
    total_s = fields.Integer(required=True)
    overruns_s = fields.Integer(required=True)
    halts = fields.List(fields.Nested(PlannedHaltSchema), required=True)
    editors = fields.List(fields.String(), metadata={"description": "for its authors only"})
    link = fields.Url(metadata={"description": "its unlisted page; for its authors only"})


class ProposalSchema(Schema):
    """A shorter order, which nothing applies: positions of today in the order proposed."""

    positions = fields.List(fields.Integer(), required=True)
    gain_m = fields.Integer(required=True)
