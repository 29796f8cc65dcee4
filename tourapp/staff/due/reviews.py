"""What was asked, answered and said of the newest revisions."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor
from tourapp.reviewing.queries import Discussed, Waiting, list_discussed
from tourapp.staff.due.items import Item
from tourapp.staff.writing.addresses import address_of
from tourapp.staff.writing.wording import telling_name


def list_asked(reviews: Sequence[Waiting], by: Actor) -> Iterator[Item]:
    """Yield the revisions that somebody is asked to read."""
    for each in reviews:
        review = each.review
        is_for_me = (
            review.asked_of_id in {None, by.person_id} and review.asked_by_id != by.person_id
        )
        if review.verdict is None and is_for_me:
            told = f"par {review.asked_by.name}, le"
            yield Item(text=_titled(each), url=_version(each), told=told, at=review.asked_at)


def list_answered(reviews: Sequence[Waiting], by: Actor) -> Iterator[Item]:
    """Yield the answers to what somebody asked to have read."""
    for each in reviews:
        review = each.review
        if review.answered_by is not None and review.asked_by_id == by.person_id:
            answer = "approuvé" if review.verdict == "approved" else "à revoir"
            told = f"{answer}, dit {review.answered_by.name}, le"
            yield Item(text=_titled(each), url=_version(each), told=told, at=review.answered_at)


def list_talked_about(session: Session) -> Iterator[Item]:
    """Yield the newest revisions about which something is not settled."""
    for each in list_discussed(session):
        told = "un commentaire" if each.threads == 1 else f"{each.threads} commentaires"
        yield Item(text=_titled(each), url=f"{_version(each)}#commentaires", told=told)


def _titled(each: Waiting | Discussed) -> str:
    return f"{each.revision.title} ({telling_name(each.telling.lang, each.telling.variant)})"


def _version(each: Waiting | Discussed) -> str:
    return f"{address_of('versions', each.telling)}/{each.revision.number}"
