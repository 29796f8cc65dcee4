"""Narrations as the API describes them."""

from typing import Any, get_args

from marshmallow import Schema, fields, validate

from tourapp.media import media_type
from tourapp.narration.models import Narration, Preview, Recording, State
from tourapp.narration.queries import Heard
from tourapp.narration.takes import Take
from tourapp.stops.content import VARIANTS
from tourapp.web.addresses import Addresses


class AudioFileSchema(Schema):
    """One encoding of the sound."""

    url = fields.Url(required=True)
    type = fields.String(required=True, metadata={"example": "audio/mpeg"})
    bytes = fields.Integer(required=True)
    sha256 = fields.String(required=True)


class SpanSchema(Schema):
    """A stretch of the sound, and what is read while it is heard."""

    start_s = fields.Float(required=True)
    end_s = fields.Float(required=True)
    text = fields.String(required=True)


class CueSchema(SpanSchema):
    """One sentence: when it is spoken, and as it is read."""

    words = fields.List(
        fields.Nested(SpanSchema),
        required=True,
        dump_default=[],
        metadata={"description": "empty where the voice does not tell when it says a word"},
    )


class CuesSchema(Schema):
    """The sentences of the sound, in order, also as WebVTT."""

    vtt = fields.Url(required=True)
    words_vtt = fields.Url(
        required=True,
        allow_none=True,
        metadata={"description": "the same with a time before each word, where they are known"},
    )
    items = fields.List(fields.Nested(CueSchema), required=True)


class ChaptersSchema(Schema):
    """The paragraphs of the sound, in order, also as WebVTT."""

    vtt = fields.Url(required=True, allow_none=True)
    items = fields.List(fields.Nested(SpanSchema), required=True)


class NarrationSchema(Schema):
    """A narrative, spoken."""

    lang = fields.String(required=True, metadata={"example": "fr"})
    duration_s = fields.Float(required=True)
    voice = fields.String(required=True)
    engine = fields.String(
        required=True,
        metadata={"example": "espeak", "description": "`recorded` where a person reads"},
    )
    credit = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "the line of rights of a person who reads"},
    )
    provisional = fields.Boolean(
        required=True,
        metadata={"description": "a better voice will replace this one"},
    )
    older_than_text = fields.Boolean(
        required=True,
        metadata={"description": "the text was corrected since; the new sound is being made"},
    )
    rendered_at = fields.AwareDateTime(required=True)
    files = fields.List(fields.Nested(AudioFileSchema), required=True)
    cues = fields.Nested(CuesSchema, required=True)
    chapters = fields.Nested(ChaptersSchema, required=True)


class VariantQuerySchema(Schema):
    """Which text of a language is meant."""

    variant = fields.String(load_default="standard", validate=validate.OneOf(VARIANTS))


class TakenFromSchema(Schema):
    """The recording that a narration is made of."""

    id = fields.Integer(required=True)
    speaker = fields.String(required=True)
    credit = fields.String(required=True)
    given_by = fields.String(required=True)
    given_at = fields.AwareDateTime(required=True)


class TakeSchema(Schema):
    """One narration of a narrative: one of its revisions, spoken once by one engine, or read."""

    revision = fields.Integer(required=True, metadata={"description": "the text's number"})
    engine = fields.String(required=True, metadata={"example": "gtts"})
    voice = fields.String(required=True, allow_none=True)
    recording = fields.Nested(
        TakenFromSchema,
        required=True,
        allow_none=True,
        metadata={"description": "what it is made of, where a person reads"},
    )
    state = fields.String(required=True, metadata={"enum": list(get_args(State))})
    reason = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "why it failed last time"},
    )
    attempts = fields.Integer(required=True)
    next_attempt_at = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "none where it is spoken, or not needed any more"},
    )
    rendered_at = fields.AwareDateTime(required=True, allow_none=True)
    duration_s = fields.Float(required=True, allow_none=True)
    files = fields.List(fields.Nested(AudioFileSchema), required=True)


def narration_document(heard: Heard, *, lang: str, addresses: Addresses) -> dict[str, Any]:
    """Return what `NarrationSchema` describes."""
    narration = heard.narration
    return {
        "lang": lang,
        "duration_s": narration.duration_s,
        "voice": narration.voice,
        "engine": narration.engine,
        "credit": heard.recording and (heard.recording.credit or None),
        "provisional": heard.provisional,
        "older_than_text": heard.older_than_text,
        "rendered_at": narration.rendered_at,
        "files": audio_files(narration, addresses=addresses),
        "cues": {
            "vtt": addresses.media(str(narration.vtt_media)),
            "words_vtt": _find_url(narration.words_media, addresses),
            "items": narration.cues,
        },
        "chapters": {
            "vtt": _find_url(narration.chapters_media, addresses),
            "items": narration.chapters,
        },
    }


def _find_url(media: str | None, addresses: Addresses) -> str | None:
    return media and addresses.media(media)


def take_document(take: Take, *, addresses: Addresses) -> dict[str, Any]:
    """Return what `TakeSchema` describes."""
    narration = take.narration
    return {
        "revision": take.revision.number,
        "engine": narration.engine,
        "voice": narration.voice,
        "recording": narration.recording and _taken_from(narration.recording),
        "state": narration.state,
        "reason": narration.failure,
        "attempts": narration.attempts,
        "next_attempt_at": take.next_attempt_at,
        "rendered_at": narration.rendered_at,
        "duration_s": narration.duration_s,
        "files": audio_files(narration, addresses=addresses),
    }


def _taken_from(recording: Recording) -> dict[str, Any]:
    names = ("id", "speaker", "credit", "given_by", "given_at")
    return {name: getattr(recording, name) for name in names}


def audio_files(sound: Narration | Preview, *, addresses: Addresses) -> list[dict[str, Any]]:
    """Return the encodings of a sound, the lightest first; none while it is not ready."""
    encodings = ((sound.opus_media, sound.opus_bytes), (sound.mp3_media, sound.mp3_bytes))
    return [
        {
            "url": addresses.media(name),
            "type": media_type(name),
            "bytes": size,
            "sha256": name.partition(".")[0],
        }
        for name, size in encodings
        if name is not None
    ]
