"""Stops as the API describes them."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from tourapp.narration.schemas import NarrationSchema
from tourapp.stops.content import LANGUAGES, VARIANTS
from tourapp.stops.queries import StopQuery
from tourapp.web.fields import CoordinatesField


class LanguageQuerySchema(Schema):
    """The language that is wished for; another is given where it does not exist."""

    lang = fields.String(load_default=LANGUAGES[0], validate=validate.OneOf(LANGUAGES))


class TellingQuerySchema(LanguageQuerySchema):
    """The language that is wished for, and whether the whole story or plain words."""

    variant = fields.String(load_default="standard", validate=validate.OneOf(VARIANTS))


class StopQuerySchema(LanguageQuerySchema):
    """Which stops are listed, and in which order."""

    q = fields.String(
        load_default="",
        validate=validate.Length(max=200),
        metadata={"description": "words of title or text; case, accents and slips are forgiven"},
    )
    near = CoordinatesField(
        metadata={
            "type": "string",
            "description": "latitude,longitude: nearest first",
            "example": "50.443,2.778",
        },
    )

    @post_load
    def _make(self, given: dict[str, Any], **_: object) -> StopQuery:
        return StopQuery(lang=given["lang"], words=given["q"], near=given.get("near"))


class PositionSchema(Schema):
    """Where a stop is, WGS 84; its accuracy tells how well that is known."""

    lat = fields.Float(required=True)
    lon = fields.Float(required=True)
    altitude_m = fields.Integer(required=True, allow_none=True)
    accuracy_m = fields.Integer(required=True)


class NarrativeSchema(Schema):
    """What is told at a stop."""

    text = fields.String(required=True, metadata={"description": "as written, in Markdown"})
    html = fields.String(required=True)


class SignSchema(Schema):
    """The stop's first sign, and its QR code."""

    code = fields.String(required=True)
    url = fields.String(required=True)
    svg = fields.Url(required=True)
    png = fields.Url(required=True)


class SummaryLinksSchema(Schema):
    """The stop by itself, as a document and as a page."""

    self = fields.Url(required=True)
    page = fields.Url(required=True)


class LinksSchema(SummaryLinksSchema):
    """Where to go from here."""

    previous = fields.Url(required=True, allow_none=True)
    next = fields.Url(required=True, allow_none=True)
    observations = fields.Url(required=True, metadata={"description": "what was noticed there"})


class DrawingSchema(Schema):
    """A picture of the place."""

    url = fields.Url(required=True)
    alt = fields.String(required=True)
    credit = fields.String(required=True)


class PictureFileSchema(Schema):
    """A photograph in one format and width."""

    url = fields.Url(required=True)
    type = fields.String(required=True, metadata={"example": "image/avif"})
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    bytes = fields.Integer(required=True)


class PictureSchema(Schema):
    """A photograph of the place, in every form that was made of it."""

    alt = fields.String(required=True)
    caption = fields.String(required=True, allow_none=True)
    lang = fields.String(required=True, metadata={"description": "of what is said of it"})
    credit = fields.String(required=True)
    licence = fields.String(required=True)
    focus = fields.List(
        fields.Integer(),
        required=True,
        metadata={"description": "what matters most, in hundredths from the left and the top"},
    )
    files = fields.List(
        fields.Nested(PictureFileSchema),
        required=True,
        metadata={"description": "by format, the lightest first, then by width"},
    )


class SourceSchema(Schema):
    """Where the facts come from."""

    title = fields.String(required=True)
    url = fields.Url(allow_none=True)


class ClosureSchema(Schema):
    """Days on which a stop is closed, the last one included, and why."""

    from_day = fields.Date(required=True, data_key="from", attribute="from")
    until_day = fields.Date(
        required=True,
        allow_none=True,
        data_key="until",
        attribute="until",
        metadata={"description": "null while nobody knows when it opens again"},
    )
    reason = fields.String(required=True)
    lang = fields.String(required=True)


class NeighbourSchema(Schema):
    """Another stop, and the straight way to it."""

    slug = fields.String(required=True)
    number = fields.Integer(required=True)
    title = fields.String(required=True)
    lang = fields.String(required=True, metadata={"description": "of the title"})
    distance_m = fields.Integer(required=True)
    direction_deg = fields.Integer(required=True, metadata={"description": "0 is north, 90 east"})
    url = fields.Url(required=True)


class NeighboursSchema(Schema):
    """The stops round a stop: by number, and the nearest that are neither."""

    previous = fields.Nested(NeighbourSchema, required=True, allow_none=True)
    next = fields.Nested(NeighbourSchema, required=True, allow_none=True)
    nearby = fields.List(fields.Nested(NeighbourSchema), required=True)


class StopSummarySchema(Schema):
    """A stop, as a list tells it."""

    slug = fields.String(required=True)
    number = fields.Integer(required=True)
    title = fields.String(required=True)
    lede = fields.String(required=True)
    lang = fields.String(required=True)
    languages = fields.List(fields.String(), required=True)
    position = fields.Nested(PositionSchema, required=True)
    closed_today = fields.Boolean(required=True)
    distance_m = fields.Integer(required=True, allow_none=True)
    duration_s = fields.Float(required=True, allow_none=True)
    passage = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "the sentence that says what was searched for"},
    )
    updated_at = fields.AwareDateTime(required=True)
    links = fields.Nested(SummaryLinksSchema, required=True)


class StopSchema(StopSummarySchema):
    """A stop with all that is told, heard and shown there."""

    class Meta:
        """A single stop is near nothing, and its sound is told whole."""

        exclude = ("distance_m", "duration_s", "passage")

    variant = fields.String(required=True, metadata={"enum": VARIANTS})
    look = fields.String(required=True)
    question = fields.String(required=True)
    access = fields.String(required=True)
    safety = fields.String(required=True)
    rescue_post = fields.String(required=True, allow_none=True)
    closures = fields.List(
        fields.Nested(ClosureSchema),
        required=True,
        metadata={"description": "those that are not over, in the order of their days"},
    )
    narrative = fields.Nested(NarrativeSchema, required=True)
    drawing = fields.Nested(DrawingSchema, required=True)
    pictures = fields.List(fields.Nested(PictureSchema), required=True)
    sources = fields.List(fields.Nested(SourceSchema), required=True)
    narration = fields.Nested(NarrationSchema, required=True, allow_none=True)
    sign = fields.Nested(SignSchema, required=True, allow_none=True)
    neighbours = fields.Nested(NeighboursSchema, required=True)
    links = fields.Nested(LinksSchema, required=True)


class GeometrySchema(Schema):
    """A GeoJSON point: longitude, latitude."""

    type = fields.Constant("Point", required=True)
    coordinates = fields.List(fields.Float(), required=True)


class FeaturePropertiesSchema(Schema):
    """What a map shows of a stop."""

    number = fields.Integer(required=True)
    title = fields.String(required=True)
    lede = fields.String(required=True)
    lang = fields.String(required=True)
    languages = fields.List(fields.String(), required=True)
    closed_today = fields.Boolean(required=True)
    accuracy_m = fields.Integer(required=True)
    url = fields.Url(required=True)


class FeatureSchema(Schema):
    """A stop on a map."""

    type = fields.Constant("Feature", required=True)
    id = fields.String(required=True)
    geometry = fields.Nested(GeometrySchema, required=True)
    properties = fields.Nested(FeaturePropertiesSchema, required=True)


class FeatureCollectionSchema(Schema):
    """Every published stop, after RFC 7946."""

    type = fields.Constant("FeatureCollection", required=True)
    features = fields.List(fields.Nested(FeatureSchema), required=True)
