"""The lexicon as the API describes it."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from tourapp.narration.editing import KEPT_NAME, LONGEST_NAME
from tourapp.narration.lexicon import Entry
from tourapp.narration.lexicon.entries import LONGEST
from tourapp.narration.lexicon.store import EntryQuery
from tourapp.narration.models import LexiconEntry
from tourapp.stops.content import LANGUAGES
from tourapp.web.characters import KEPT_TEXT


class EntryQuerySchema(Schema):
    """Which entries of the lexicon are listed."""

    lang = fields.String(load_default=None, validate=validate.OneOf(LANGUAGES))
    q = fields.String(
        load_default="",
        validate=validate.Length(max=200),
        metadata={"description": "words of the form, its respelling or the note"},
    )

    @post_load
    def _make(self, given: dict[str, Any], **_: object) -> EntryQuery:
        return EntryQuery(lang=given["lang"], words=given["q"])


def _part(name: str, **options: Any) -> fields.String:  # noqa: ANN401 -- marshmallow's own
    rules = [validate.Length(max=LONGEST[name]), validate.Regexp(KEPT_TEXT)]
    return fields.String(validate=rules, **options)


class EntryChangeSchema(Schema):
    """How an entry is to be said; what is not given stays as it is."""

    said = _part("said", metadata={"description": "a respelling, numbers in words"})
    espeak = _part(
        "espeak",
        allow_none=True,
        metadata={"description": "mnemonics of eSpeak NG, where no respelling will do"},
    )
    piper = _part("piper", allow_none=True, metadata={"description": "the same in IPA"})
    note = _part("note", metadata={"description": "what the next editor should know"})


class NewEntrySchema(EntryChangeSchema):
    """An entry to be added."""

    written = _part(
        "written",
        required=True,
        metadata={
            "description": "as typed in texts; what stands in parentheses may be missing",
            "example": "terril(s)",
        },
    )
    lang = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    said = _part("said", required=True)

    @post_load
    def _make(self, given: dict[str, Any], **_: object) -> Entry:
        return Entry(**given)


class EntrySchema(Schema):
    """How a written form is said in one language; the ETag is what a change must name."""

    id = fields.Integer(required=True)
    written = fields.String(required=True)
    lang = fields.String(required=True)
    said = fields.String(required=True)
    espeak = fields.String(required=True, allow_none=True)
    piper = fields.String(required=True, allow_none=True)
    note = fields.String(required=True)
    confirmed_by = fields.String(required=True, allow_none=True)
    confirmed_at = fields.AwareDateTime(required=True, allow_none=True)
    updated_at = fields.AwareDateTime(required=True)


class ChangedEntrySchema(EntrySchema):
    """An entry after a change, and what the change has spoken again."""

    narrations_wanted = fields.Integer(
        required=True,
        metadata={"description": "how many narrations sound otherwise and are made again"},
    )


class RemovalSchema(Schema):
    """What a removal has spoken again."""

    narrations_wanted = fields.Integer(required=True)


class ConfirmationSchema(Schema):
    """Who agrees to how an entry is said."""

    by = fields.String(
        validate=[validate.Length(max=LONGEST_NAME), validate.Regexp(KEPT_NAME)],
        metadata={"description": "an inhabitant; whoever bears the token where none is named"},
    )


def entry_document(row: LexiconEntry) -> dict[str, Any]:
    """Return what `EntrySchema` describes."""
    return {name: getattr(row, name) for name in EntrySchema().fields}
