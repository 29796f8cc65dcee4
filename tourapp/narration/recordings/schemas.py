"""Recordings as the API describes them."""

from typing import Any, get_args

from marshmallow import Schema, fields, validate

from tourapp.narration.models import State
from tourapp.narration.recordings.giving import (
    LONGEST_CREDIT,
    LONGEST_SPEAKER,
    GivenRecording,
)
from tourapp.narration.schemas import AudioFileSchema, VariantQuerySchema, audio_files
from tourapp.web.addresses import Addresses


class GivenQuerySchema(VariantQuerySchema):
    """What is said of a recording that is sent."""

    revision = fields.Integer(
        load_default=None,
        validate=validate.Range(1, 2**31 - 1),
        metadata={"description": "the text that is read; the newest where none is named"},
    )
    speaker = fields.String(required=True, validate=validate.Length(1, LONGEST_SPEAKER))
    credit = fields.String(
        load_default="",
        validate=validate.Length(max=LONGEST_CREDIT),
        metadata={"description": "the line of rights that goes with the voice"},
    )


class RecordingSchema(Schema):
    """A narrative as somebody read it."""

    id = fields.Integer(required=True)
    revision = fields.Integer(required=True, metadata={"description": "the text's number"})
    speaker = fields.String(required=True)
    credit = fields.String(required=True)
    format = fields.String(required=True, metadata={"example": "aac, 48000 Hz, 1 channels"})
    duration_s = fields.Float(required=True, metadata={"description": "as it was given"})
    given_by = fields.String(required=True)
    given_at = fields.AwareDateTime(required=True)
    withdrawn_by = fields.String(required=True, allow_none=True)
    withdrawn_at = fields.AwareDateTime(required=True, allow_none=True)
    state = fields.String(
        required=True,
        allow_none=True,
        metadata={"enum": [*get_args(State), None], "description": "none once it is withdrawn"},
    )
    reason = fields.String(required=True, allow_none=True, metadata={"description": "of a failure"})
    confidence = fields.Float(
        required=True,
        allow_none=True,
        metadata={"description": "that it reads this text: from 0, another text, to 1"},
    )
    doubtful = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "sentences that take far less or far more time than others"},
    )
    files = fields.List(fields.Nested(AudioFileSchema), required=True)


_AS_IT_IS_KEPT = (
    "id",
    "speaker",
    "credit",
    "format",
    "duration_s",
    "given_by",
    "given_at",
    "withdrawn_by",
    "withdrawn_at",
)


def recording_document(given: GivenRecording, *, addresses: Addresses) -> dict[str, Any]:
    """Return what `RecordingSchema` describes."""
    narration = given.narration
    return {
        **{name: getattr(given.recording, name) for name in _AS_IT_IS_KEPT},
        "revision": given.revision.number,
        "state": narration and narration.state,
        "reason": narration and narration.failure,
        "confidence": narration and narration.confidence,
        "doubtful": given.doubtful,
        "files": [] if narration is None else audio_files(narration, addresses=addresses),
    }
