"""A narration as the API describes it."""

from typing import Any

from marshmallow import Schema, fields

from tourapp.media import media_type
from tourapp.narration.models import Narration
from tourapp.narration.queries import Heard
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
    engine = fields.String(required=True, metadata={"example": "espeak"})
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


def narration_document(heard: Heard, *, lang: str, addresses: Addresses) -> dict[str, Any]:
    """Return what `NarrationSchema` describes."""
    narration = heard.narration
    return {
        "lang": lang,
        "duration_s": narration.duration_s,
        "voice": narration.voice,
        "engine": narration.engine,
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


def audio_files(narration: Narration, *, addresses: Addresses) -> list[dict[str, Any]]:
    """Return the encodings of a sound, the lightest first."""
    encodings = (
        (str(narration.opus_media), narration.opus_bytes),
        (str(narration.mp3_media), narration.mp3_bytes),
    )
    return [
        {
            "url": addresses.media(name),
            "type": media_type(name),
            "bytes": size,
            "sha256": name.partition(".")[0],
        }
        for name, size in encodings
    ]
