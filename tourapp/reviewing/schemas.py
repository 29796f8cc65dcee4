"""Reviews and comments as the API takes and describes them."""

from typing import Any

from marshmallow import Schema, fields, validate

from tourapp.accounts.models import Person
from tourapp.reviewing.commenting import LONGEST_TEXT
from tourapp.reviewing.models import VERDICTS, WHOLE, Comment
from tourapp.reviewing.queries import Thread
from tourapp.reviewing.services import Reading
from tourapp.stops.content import LONGEST
from tourapp.web.characters import KEPT_TEXT

_STORABLE = validate.Regexp(KEPT_TEXT, error="Not text that can be kept.")
_SAID = [validate.Length(max=LONGEST_TEXT), _STORABLE]
_PARTS = (WHOLE, *LONGEST)

_LONGEST_EMAIL = 254


class ReviewRequestSchema(Schema):
    """Who is to read a revision, and what to look at."""

    of = fields.String(
        load_default=None,
        allow_none=True,
        validate=[validate.Length(max=_LONGEST_EMAIL), _STORABLE],
        metadata={"description": "somebody's e-mail address; whoever may publish without it"},
    )
    note = fields.String(load_default="", validate=_SAID)


class VerdictSchema(Schema):
    """What whoever read a revision says of it."""

    verdict = fields.String(required=True, validate=validate.OneOf(VERDICTS))


class NewReplySchema(Schema):
    """What is replied, in plain text."""

    text = fields.String(required=True, validate=_SAID)


class NewCommentSchema(NewReplySchema):
    """What is said of a revision, in plain text."""

    part = fields.String(
        load_default=WHOLE,
        validate=validate.OneOf(_PARTS),
        metadata={"description": "the part of the text that is meant; all of it where empty"},
    )


class ReplySchema(Schema):
    """What somebody replied."""

    id = fields.Integer(required=True)
    by = fields.String(required=True)
    text = fields.String(required=True)
    written_at = fields.AwareDateTime(required=True)


class CommentSchema(ReplySchema):
    """What somebody said, what was replied, and whether it is settled."""

    part = fields.String(required=True, metadata={"enum": list(_PARTS)})
    is_settled = fields.Boolean(required=True)
    replies = fields.List(fields.Nested(ReplySchema), required=True)


class ReviewSchema(Schema):
    """How it stands with the reading of a revision; the ETag is what a change must name."""

    revision = fields.Integer(required=True)
    state = fields.String(required=True, metadata={"enum": ["none", "asked", *VERDICTS]})
    asked_by = fields.String(required=True, allow_none=True)
    asked_of = fields.String(required=True, allow_none=True)
    asked_at = fields.AwareDateTime(required=True, allow_none=True)
    note = fields.String(required=True)
    answered_by = fields.String(required=True, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    comments = fields.List(fields.Nested(CommentSchema), required=True)


def review_document(reading: Reading) -> dict[str, Any]:
    """Return what `ReviewSchema` describes."""
    review = reading.review
    return {
        "revision": reading.revision.number,
        "state": "none" if review is None else review.verdict or "asked",
        "asked_by": review and review.asked_by.email,
        "asked_of": review and _email(review.asked_of),
        "asked_at": review and review.asked_at,
        "note": "" if review is None else review.note,
        "answered_by": review and _email(review.answered_by),
        "answered_at": review and review.answered_at,
        "comments": [_thread_document(thread) for thread in reading.threads],
    }


def _thread_document(thread: Thread) -> dict[str, Any]:
    return _comment_document(thread.first) | {
        "part": thread.first.part,
        "is_settled": thread.first.resolved_at is not None,
        "replies": [_comment_document(each) for each in thread.replies],
    }


def _comment_document(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "by": comment.author.email,
        "text": comment.text,
        "written_at": comment.written_at,
    }


def _email(person: Person | None) -> str | None:
    return None if person is None else person.email
