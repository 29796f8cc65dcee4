"""What is asked, said and answered of a version, on the version's own page."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from flask import Blueprint, abort, flash
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.guards import Acting
from tourapp.accounts.signing.guards import changing, needs
from tourapp.errors import ConflictError, InvalidError, StaleError
from tourapp.reviewing.commenting import LONGEST_TEXT, add_comment, reopen, reply, settle
from tourapp.reviewing.letters import tell
from tourapp.reviewing.models import VERDICTS, WHOLE
from tourapp.reviewing.services import News, ReviewRequest, answer_review, ask_review
from tourapp.staff.versions.pages import version_page
from tourapp.staff.writing.addresses import TELLING, address_of, telling_of
from tourapp.stops.content import LONGEST
from tourapp.stops.editing import Telling
from tourapp.web.context import current_resources
from tourapp.web.frames import onwards, sent

reviewing = Blueprint("reviewing", __name__, url_prefix="/bureau/arrets")

_ONE = f"{TELLING}/versions/<whole:number>"
_COMMENT = f"{_ONE}/commentaires/<whole:comment_id>"

_CHANGED_MEANWHILE = (
    "Quelqu’un a répondu ou commenté entre-temps\u202f: rien n’a été fait. Voici où cela en est."
)
_SAID = {
    "asked": "La relecture est demandée. Vous verrez la réponse ici et à l’accueil.",
    "approved": "Cette version est approuvée. Il reste à la publier.",
    "returned": "Cette version est rendue à qui l’a soumise.",
    "commented": "Votre commentaire est ajouté.",
    "replied": "Votre réponse est ajoutée.",
}
_ANOTHER = (
    f"Choisissez une personne de la liste, et dites quoi regarder en {LONGEST_TEXT} caractères."
)
_WORDS = f"Écrivez quelque chose, en {LONGEST_TEXT} caractères au plus."


@reviewing.post(f"{_ONE}/relecture")
@needs("stops:draft")
def post_request(number: int, **which: str) -> AnyResponse:
    """Ask somebody, or whoever may publish, to read a version."""
    telling = telling_of(which)
    if len(sent("note")) > LONGEST_TEXT:
        return version_page(telling, number, faults={"note": _ANOTHER})

    def ask(act: Acting) -> News:
        request = ReviewRequest(of=sent("of") or None, note=sent("note").strip())
        tag = sent("tag")
        return ask_review(act.session, telling, number, request=request, tag=tag, by=act.by)

    return _said(telling, number, ask, faults={"of": _ANOTHER})


@reviewing.post(f"{_ONE}/avis")
@needs("stops:publish")
def post_verdict(number: int, **which: str) -> AnyResponse:
    """Approve a version, or give it back."""
    telling, verdict = telling_of(which), sent("verdict")
    if verdict not in VERDICTS:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)

    def answer(act: Acting) -> News:
        return answer_review(act.session, telling, number, verdict, tag=sent("tag"), by=act.by)

    return _done(telling, number, answer)


@reviewing.post(f"{_ONE}/commentaires")
@needs("stops:draft")
def post_comment(number: int, **which: str) -> AnyResponse:
    """Say something of a version."""
    telling = telling_of(which)
    part = sent("part") if sent("part") in LONGEST else WHOLE

    def say(act: Acting) -> News:
        return add_comment(act.session, telling, number, sent("text"), part=part, by=act.by)

    return _said(telling, number, say, faults={"text": _WORDS})


@reviewing.post(f"{_COMMENT}/reponses")
@needs("stops:draft")
def post_reply(number: int, comment_id: int, **which: str) -> AnyResponse:
    """Reply to what somebody said."""
    telling, field = telling_of(which), f"reply-{comment_id}"

    def answer(act: Acting) -> News:
        return reply(act.session, telling, number, comment_id, sent(field), by=act.by)

    return _said(telling, number, answer, faults={field: _WORDS})


@reviewing.post(f"{_COMMENT}/regler")
@needs("stops:draft")
def post_settlement(number: int, comment_id: int, **which: str) -> AnyResponse:
    """Note that nothing more is to be done about a comment, or that something is after all."""
    telling = telling_of(which)
    change = settle if sent("settled") == "oui" else reopen
    try:
        with changing() as act:
            change(act.session, telling, number, comment_id, tag=sent("tag"), by=act.by)
    except StaleError:
        flash(_CHANGED_MEANWHILE)
    return onwards(_address(telling, number))


def _said(
    telling: Telling,
    number: int,
    say: Callable[[Acting], News],
    *,
    faults: Mapping[str, str],
) -> AnyResponse:
    """Do what brings words along; where they cannot be kept, they stay in their field."""
    try:
        return _done(telling, number, say)
    except InvalidError:
        return version_page(telling, number, faults=faults)


def _done(telling: Telling, number: int, change: Callable[[Acting], News]) -> AnyResponse:
    """Make a change, tell those whom it concerns, and show what became of it."""
    try:
        with changing() as act:
            news = change(act)
            public_url = current_resources().settings.public_url
            tell(act.session, news, public_url=public_url, at=act.by.at)
    except (StaleError, ConflictError):
        flash(_CHANGED_MEANWHILE)
    else:
        flash(_SAID[news.kind])
    return onwards(_address(telling, number))


def _address(telling: Telling, number: int) -> str:
    return f"{address_of('versions', telling)}/{number}"
