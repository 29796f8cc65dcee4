"""Previews as the API takes and describes them."""

from typing import Any, get_args

from marshmallow import Schema, fields, validate

from tourapp.narration.models import Preview, State
from tourapp.narration.schemas import AudioFileSchema, CueSchema, audio_files
from tourapp.stops.content import LONGEST
from tourapp.web.addresses import Addresses
from tourapp.web.characters import KEPT_TEXT


class PreviewTextSchema(Schema):
    """A text to be heard, as a narrative's text is written."""

    text = fields.String(
        required=True,
        validate=[
            validate.Length(min=1, max=LONGEST["text"]),
            validate.Regexp(KEPT_TEXT, error="Not text that can be kept."),
        ],
    )


class PreviewSchema(Schema):
    """A text that is not saved, spoken for whoever writes it."""

    url = fields.Url(required=True, metadata={"description": "where to ask again"})
    lang = fields.String(required=True, metadata={"example": "fr"})
    state = fields.String(required=True, metadata={"enum": list(get_args(State))})
    reason = fields.String(required=True, allow_none=True, metadata={"description": "of a failure"})
    created_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(
        required=True,
        metadata={"description": "when it is deleted, with its files"},
    )
    engine = fields.String(required=True, allow_none=True)
    voice = fields.String(required=True, allow_none=True)
    duration_s = fields.Float(required=True, allow_none=True)
    files = fields.List(fields.Nested(AudioFileSchema), required=True)
    cues = fields.List(fields.Nested(CueSchema), required=True)


def preview_document(preview: Preview, *, addresses: Addresses) -> dict[str, Any]:
    """Return what `PreviewSchema` describes."""
    return {
        "url": addresses.preview(preview.id),
        "lang": preview.lang,
        "state": preview.state,
        "reason": preview.failure,
        "created_at": preview.created_at,
        "ends_at": preview.ends_at,
        "engine": preview.engine,
        "voice": preview.voice,
        "duration_s": preview.duration_s,
        "files": audio_files(preview, addresses=addresses),
        "cues": preview.cues or [],
    }
