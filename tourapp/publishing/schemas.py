"""Changes of stops as the API takes and describes them."""

from typing import Any

from marshmallow import Schema, fields, validate

from tourapp.stops.content import LANGUAGES, LONGEST, SLUG, VARIANTS
from tourapp.stops.editing import Edited, Telling
from tourapp.stops.models import Narrative, Revision, Stop
from tourapp.stops.services import content_of, place_of
from tourapp.stops.source.schemas import StopFileSchema
from tourapp.web.characters import KEPT_TEXT
from tourapp.web.numbers import HIGHEST


class TellingQuerySchema(Schema):
    """Which narrative of the stop is meant."""

    lang = fields.String(load_default=LANGUAGES[0], validate=validate.OneOf(LANGUAGES))
    variant = fields.String(
        load_default="standard",
        validate=validate.OneOf(VARIANTS),
    )


_STORABLE = validate.Regexp(KEPT_TEXT, error="Not text that can be kept.")

NarrativePartsSchema = Schema.from_dict(
    {
        part: fields.String(validate=[validate.Length(max=most), _STORABLE])
        for part, most in LONGEST.items()
    },
    name="NarrativePartsSchema",
)
"""What a narrative says; a change gives any part of it."""


class DraftSchema(Schema):
    """A narrative as its writer sees it; the ETag is what the next change must name."""

    slug = fields.String(required=True)
    lang = fields.String(required=True)
    variant = fields.String(required=True)
    is_begun = fields.Boolean(
        required=True,
        metadata={"description": "false where this is still the newest revision"},
    )
    content = fields.Nested(NarrativePartsSchema, required=True)
    updated_at = fields.AwareDateTime(required=True, allow_none=True)


class RevisionSchema(Schema):
    """One state of a narrative, which never changes."""

    number = fields.Integer(required=True)
    origin = fields.String(required=True, metadata={"enum": ["import", "staff"]})
    is_published = fields.Boolean(required=True)
    scheduled_at = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "when it is published by itself"},
    )
    ends_at = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "when what is published is withdrawn by itself"},
    )
    created_at = fields.AwareDateTime(required=True)
    content = fields.Nested(NarrativePartsSchema, required=True)


class PublicationSchema(Schema):
    """Which revision visitors are to see."""

    revision = fields.Integer(required=True, strict=True, validate=validate.Range(1, HIGHEST))


class ScheduleSchema(PublicationSchema):
    """Which revision visitors are to see, and from when on."""

    at = fields.AwareDateTime(required=True)


class EndSchema(Schema):
    """Until when visitors see a narrative."""

    at = fields.AwareDateTime(required=True)


_LONGEST_SLUG = 100


class PlaceSchema(StopFileSchema):
    """The live fields of a stop, as its file names them."""

    class Meta:
        """What a file alone says, or another address, is left out."""

        exclude = ("code", "drawing", "pictures")

    slug = fields.String(
        required=True,
        validate=[
            validate.Length(max=_LONGEST_SLUG),
            validate.Regexp(
                rf"{SLUG.pattern}\Z",
                error="Expected small letters, digits and single hyphens.",
            ),
        ],
    )
    archived_at = fields.AwareDateTime(
        dump_only=True,
        required=True,
        allow_none=True,
        metadata={"description": "when it was withdrawn whole and left out of the lists"},
    )


class PlaceChangesSchema(PlaceSchema):
    """Any of the live fields; a position, the sources and the closures are given whole."""


PLACE_CHANGES = PlaceChangesSchema(partial=("slug", "number", "position", "sources"))


def place_document(stop: Stop) -> dict[str, Any]:
    """Return what `PlaceSchema` describes."""
    place = place_of(stop)
    return {
        "slug": stop.slug,
        "number": place.number,
        "position": place.position,
        "sources": place.sources,
        "closures": place.closures,
        "rescue_post": place.rescue_post,
        "archived_at": stop.archived_at,
    }


def draft_document(edited: Edited, telling: Telling) -> dict[str, Any]:
    """Return what `DraftSchema` describes."""
    return {
        "slug": telling.slug,
        "lang": telling.lang,
        "variant": telling.variant,
        "is_begun": edited.draft is not None,
        "content": edited.content,
        "updated_at": None if edited.draft is None else edited.draft.updated_at,
    }


def revision_document(revision: Revision, narrative: Narrative) -> dict[str, Any]:
    """Return what `RevisionSchema` describes."""
    is_scheduled = revision.id == narrative.scheduled_revision_id
    is_published = revision.id == narrative.published_revision_id
    return {
        "number": revision.number,
        "origin": revision.origin,
        "is_published": is_published,
        "scheduled_at": narrative.scheduled_at if is_scheduled else None,
        "ends_at": narrative.ends_at if is_published else None,
        "created_at": revision.created_at,
        "content": content_of(revision),
    }
