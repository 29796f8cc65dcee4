"""Observations as the API takes and describes them."""

import re
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from tourapp.observations.models import KINDS, OUTCOMES, REASONS, STATES, Observation
from tourapp.observations.services import LONGEST_ANSWER, LONGEST_TEXT, Answer, Noticed
from tourapp.stops.content import LANGUAGES, SLUG
from tourapp.web.characters import KEPT_TEXT
from tourapp.web.posts import OpenFormSchema

_SAYING = rf"(?=\s*\S){KEPT_TEXT}"
_SLUG = [validate.Length(max=100), validate.Regexp(rf"{SLUG.pattern}\Z")]
_MOST_MASKED = 20
_GAP = re.compile(r"\n{3,}")


class SaidSchema(Schema):
    """What somebody says at a stop, without saying who they are."""

    text = fields.String(
        required=True,
        validate=[validate.Length(max=LONGEST_TEXT), validate.Regexp(_SAYING)],
        metadata={"description": "plain text, and nobody's name"},
    )
    kind = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(KINDS))


class ObservationFormSchema(SaidSchema, OpenFormSchema):
    """The same from the form on a page, whose address tells the stop and the language."""

    @post_load
    def _tidy(self, given: dict[str, Any], **_: object) -> dict[str, Any]:
        return given | {"text": _tidied(given["text"])}


class NewObservationSchema(SaidSchema):
    """What somebody noticed, at which stop."""

    stop = fields.String(required=True, validate=_SLUG)
    lang = fields.String(required=True, validate=validate.OneOf(LANGUAGES))

    @post_load
    def _make(self, given: dict[str, Any], **_: object) -> Noticed:
        return Noticed(**given | {"text": _tidied(given["text"])})


class ObservationReceiptSchema(Schema):
    """What was understood; it is read before anybody else is shown it."""

    stop = fields.String(required=True)
    lang = fields.String(required=True)
    kind = fields.String(required=True, allow_none=True)
    text = fields.String(required=True)


class ObservationQuerySchema(Schema):
    """Which observations are listed."""

    stop = fields.String(load_default=None, validate=_SLUG)
    state = fields.String(
        load_default=None,
        validate=validate.OneOf(STATES),
        metadata={"description": "with a token alone, any where it is left out"},
    )


class AnswerSchema(Schema):
    """What became of an observation, in French."""

    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    text = fields.String(
        required=True,
        validate=[validate.Length(max=LONGEST_ANSWER), validate.Regexp(_SAYING)],
    )

    @post_load
    def _make(self, given: dict[str, Any], **_: object) -> Answer:
        return Answer(given["outcome"], given["text"].strip())


class ObservationChangesSchema(Schema):
    """A decision, what became of it, or both; the words themselves stay as they are."""

    state = fields.String(validate=validate.OneOf(STATES))
    reason = fields.String(
        allow_none=True,
        validate=validate.OneOf(REASONS),
        metadata={"description": "why it is set aside"},
    )
    masked = fields.List(
        fields.String(
            validate=[validate.Length(max=LONGEST_TEXT), validate.Regexp(r"[^\n]*[^\s][^\n]*\Z")]
        ),
        validate=validate.Length(max=_MOST_MASKED),
        metadata={"description": "passages of one line that nobody is shown, as they stand"},
    )
    answer = fields.Nested(AnswerSchema, allow_none=True)


class GivenAnswerSchema(AnswerSchema):
    """The same, with its day."""

    on = fields.Date(required=True)


class ModerationSchema(Schema):
    """What staff alone read of an observation."""

    state = fields.String(required=True, metadata={"enum": STATES})
    reason = fields.String(required=True, allow_none=True)
    text = fields.String(required=True, metadata={"description": "as it was written"})
    masked = fields.List(fields.String(), required=True)
    noticed_on = fields.Date(required=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)


class ObservationSchema(Schema):
    """What somebody noticed at a stop."""

    id = fields.Integer(required=True)
    stop = fields.String(required=True, metadata={"description": "the slug of the stop"})
    lang = fields.String(required=True)
    kind = fields.String(required=True, allow_none=True, metadata={"enum": [*KINDS, None]})
    text = fields.String(required=True)
    month = fields.String(required=True, metadata={"example": "2026-11"})
    answer = fields.Nested(GivenAnswerSchema, required=True, allow_none=True)
    moderation = fields.Nested(ModerationSchema, metadata={"description": "with a token alone"})


def observation_document(observation: Observation) -> dict[str, Any]:
    """Return what everybody may read."""
    return {
        "id": observation.id,
        "stop": observation.stop.slug,
        "lang": observation.lang,
        "kind": observation.kind,
        "text": observation.shown,
        "month": f"{observation.noticed_on:%Y-%m}",
        "answer": observation.outcome
        and {
            "outcome": observation.outcome,
            "text": observation.answer,
            "on": observation.answered_on,
        },
    }


_READ_BY_STAFF = ("state", "reason", "text", "noticed_on", "decided_by", "decided_at")


def moderated_document(observation: Observation) -> dict[str, Any]:
    """Return the same with what staff alone read."""
    own = {name: getattr(observation, name) for name in _READ_BY_STAFF}
    moderation = own | {"masked": observation.passages}
    return observation_document(observation) | {"moderation": moderation}


def _tidied(text: str) -> str:
    return _GAP.sub("\n\n", text.strip())
