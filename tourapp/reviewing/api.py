"""Reviews of revisions, and comments on them, over HTTP."""

from http import HTTPStatus
from typing import Any

from tourapp.accounts.guards import GUARDED, Acting, acting, condition, looking, required_tag
from tourapp.publishing.naming import about_telling
from tourapp.publishing.schemas import TellingQuerySchema
from tourapp.reviewing.commenting import add_comment, reopen, reply, settle
from tourapp.reviewing.letters import tell
from tourapp.reviewing.models import Verdict
from tourapp.reviewing.schemas import (
    NewCommentSchema,
    NewReplySchema,
    ReviewRequestSchema,
    ReviewSchema,
    VerdictSchema,
    review_document,
)
from tourapp.reviewing.services import (
    News,
    Reading,
    ReviewRequest,
    answer_review,
    ask_review,
    get_reading,
)
from tourapp.stops.editing import Telling
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current_resources

reviews = ApiBlueprint(
    "reviews",
    __name__,
    url_prefix="/api/v1/stops",
    description="Reading what was submitted, with a token",
)

_ONE = "/<slug>/revisions/<whole:number>/review"
_COMMENT = f"{_ONE}/comments/<whole:comment_id>"

_CONDITION = condition("the ETag of the review that the change is made on")
_CHANGING: dict[str, Any] = GUARDED | {"parameters": [_CONDITION]}

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@reviews.get(_ONE)
@reviews.doc(**GUARDED)
@reviews.arguments(TellingQuerySchema, location="query")
@reviews.response(200, ReviewSchema)
@about_telling
def get_review(telling: Telling, number: int) -> Answer:
    """Return what was asked about a revision, answered and said of it."""
    with looking("stops:draft") as look:
        return _answer(get_reading(look.session, telling, number))


@reviews.put(_ONE)
@reviews.doc(**_CHANGING)
@reviews.arguments(TellingQuerySchema, location="query")
@reviews.arguments(ReviewRequestSchema)
@reviews.response(200, ReviewSchema)
@about_telling
def put_review(telling: Telling, asked: dict[str, Any], number: int) -> Answer:
    """Ask somebody, or whoever may publish, to read a revision; a letter tells them."""
    with acting("stops:draft") as act:
        tag = required_tag()
        request = ReviewRequest(**asked)
        news = ask_review(act.session, telling, number, request=request, tag=tag, by=act.by)
        return _told(act, news)


@reviews.put(f"{_ONE}/verdict")
@reviews.doc(**_CHANGING)
@reviews.arguments(TellingQuerySchema, location="query")
@reviews.arguments(VerdictSchema)
@reviews.response(200, ReviewSchema)
@about_telling
def put_verdict(telling: Telling, said: dict[str, Verdict], number: int) -> Answer:
    """Approve a revision, or give it back to be changed; whoever asked is told by a letter."""
    with acting("stops:publish") as act:
        tag = required_tag()
        news = answer_review(act.session, telling, number, said["verdict"], tag=tag, by=act.by)
        return _told(act, news)


@reviews.post(f"{_ONE}/comments")
@reviews.doc(**GUARDED)
@reviews.arguments(TellingQuerySchema, location="query")
@reviews.arguments(NewCommentSchema)
@reviews.response(201, ReviewSchema)
@about_telling
def post_comment(telling: Telling, said: dict[str, str], number: int) -> Answer:
    """Say something of a revision; those who work at it are told by a letter."""
    with acting("stops:draft") as act:
        news = add_comment(act.session, telling, number, said["text"], part=said["part"], by=act.by)
        return _told(act, news, HTTPStatus.CREATED)


@reviews.post(f"{_COMMENT}/replies")
@reviews.doc(**GUARDED)
@reviews.arguments(TellingQuerySchema, location="query")
@reviews.arguments(NewReplySchema)
@reviews.response(201, ReviewSchema)
@about_telling
def post_reply(telling: Telling, said: dict[str, str], number: int, comment_id: int) -> Answer:
    """Reply to what somebody said, which is open again then."""
    with acting("stops:draft") as act:
        news = reply(act.session, telling, number, comment_id, said["text"], by=act.by)
        return _told(act, news, HTTPStatus.CREATED)


@reviews.put(f"{_COMMENT}/settlement")
@reviews.doc(**_CHANGING)
@reviews.arguments(TellingQuerySchema, location="query")
@reviews.response(200, ReviewSchema)
@about_telling
def put_settlement(telling: Telling, number: int, comment_id: int) -> Answer:
    """Note that nothing more is to be done about what somebody said."""
    with acting("stops:draft") as act:
        tag = required_tag()
        return _answer(settle(act.session, telling, number, comment_id, tag=tag, by=act.by))


@reviews.delete(f"{_COMMENT}/settlement")
@reviews.doc(**_CHANGING)
@reviews.arguments(TellingQuerySchema, location="query")
@reviews.response(200, ReviewSchema)
@about_telling
def delete_settlement(telling: Telling, number: int, comment_id: int) -> Answer:
    """Open again what somebody said."""
    with acting("stops:draft") as act:
        tag = required_tag()
        return _answer(reopen(act.session, telling, number, comment_id, tag=tag, by=act.by))


def _told(act: Acting, news: News, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    """Have letters tell those concerned, and answer how it stands now."""
    tell(act.session, news, public_url=current_resources().settings.public_url, at=act.by.at)
    return _answer(news.reading, status)


def _answer(reading: Reading, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    tagged = {"ETag": f'"{reading.tag}"', "Cache-Control": "no-store"}
    return review_document(reading), status, tagged
