"""What walkers noticed: kept until it is read, decided upon, answered, and forgotten in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.catalogue.services import mark_stale
from tourapp.db import insert_into
from tourapp.errors import ExceededError, InvalidError
from tourapp.observations.models import Kind, Observation, Outcome
from tourapp.observations.queries import get_observation, list_decided_before
from tourapp.stops.editing import check_tag
from tourapp.stops.queries import get_published_stop
from tourapp.stops.services import get_stop_once_called
from tourapp.stops.topics import TOURS, topic_of

LONGEST_TEXT = 1000
LONGEST_ANSWER = 500

MOST_A_DAY = 200
"""How many observations a stop takes in a day: several classes, and no flood that nobody reads."""

FORGOTTEN_AFTER = timedelta(days=30)
"""How long a decision against some words can be undone; the words are kept no longer."""

_UNTIL_TOMORROW_S = 3600.0

_DECISIONS = {
    "published": "observation.publish",
    "set_aside": "observation.set_aside",
    "waiting": "observation.put_back",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """What somebody says at a stop, in the language of the page."""

    stop: str
    lang: str
    text: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an observation."""

    outcome: Outcome
    text: str


class OtherWordsError(InvalidError):
    """A key comes again with other words."""


class UnknownPassageError(InvalidError):
    """What is to be masked does not stand in the words."""


def add_observation(
    session: Session, noticed: Noticed, *, on: date, key: str | None = None
) -> Observation:
    """Keep what somebody noticed until it is read; the same sent again is kept once.

    The same is what bears the same key, or says the same at the same stop on the same day. Raises
    NotFoundError for a stop that nobody is shown, OtherWordsError, or ExceededError where enough
    was said there on that day.
    """
    slug = get_stop_once_called(session, noticed.stop).slug
    stop_id = get_published_stop(session, slug, lang=noticed.lang).stop.id
    said = {"stop_id": stop_id, "lang": noticed.lang, "text": noticed.text}
    if _find_kept(session, said, on=on, key=key) is None:
        _refuse_too_much(session, stop_id, on=on)
        values = {**said, "kind": noticed.kind, "noticed_on": on, "key": key}
        # The same may be sent twice at once.
        session.execute(insert_into(session, Observation).values(values).on_conflict_do_nothing())
    return cast("Observation", _find_kept(session, said, on=on, key=key))


def change_observation(
    session: Session,
    observation_id: int,
    changes: Mapping[str, Any],
    *,
    tag: str,
    by: Actor,
    today: date,
) -> Observation:
    """Decide about an observation by `state`, `reason` and `masked`, or tell its `answer`.

    The words themselves are never changed. Raises NotFoundError, StaleError where it is no longer
    in the state that `tag` names, InvalidError for a reason that lacks or is one too many, or
    UnknownPassageError.
    """
    observation = get_observation(session, observation_id, lock=True)
    check_tag(str(observation.version), tag)
    was = observation.state
    if changes.keys() & {"state", "reason", "masked"}:
        _decide(session, observation, changes, by=by)
    if "answer" in changes:
        _answer(session, observation, changes["answer"], by=by, today=today)
    observation.version += 1
    if "published" in {was, observation.state}:
        mark_stale(session, {TOURS, topic_of(observation.stop_id)})
    return observation


def is_any_to_forget(session: Session, *, now: datetime) -> bool:
    """Tell whether any words are kept for longer than a decision against them can be undone."""
    return bool(list_decided_before(session, now - FORGOTTEN_AFTER))


def forget_words(session: Session, *, now: datetime) -> bool:
    """Delete what was set aside long ago, and the passages that were masked; tell if any was."""
    decided = list_decided_before(session, now - FORGOTTEN_AFTER)
    for observation in decided:
        if observation.state == "set_aside":
            session.delete(observation)
        else:
            observation.text, observation.masked = observation.shown, ""
            observation.version += 1
    return bool(decided)


def _find_kept(
    session: Session, said: Mapping[str, Any], *, on: date, key: str | None
) -> Observation | None:
    bearing = select(Observation).where(Observation.key == key)
    kept = None if key is None else session.scalar(bearing)
    if kept is None:
        return session.scalar(select(Observation).filter_by(**said, noticed_on=on).limit(1))
    if any(getattr(kept, name) != value for name, value in said.items()):
        message = "this key was sent with other words"
        raise OtherWordsError(message)
    return kept


def _refuse_too_much(session: Session, stop_id: int, *, on: date) -> None:
    said_today = select(func.count(Observation.id)).filter_by(stop_id=stop_id, noticed_on=on)
    if (session.scalar(said_today) or 0) >= MOST_A_DAY:
        message = "enough was said today at this stop"
        raise ExceededError(message, retry_after_s=_UNTIL_TOMORROW_S)


def _decide(
    session: Session, observation: Observation, changes: Mapping[str, Any], *, by: Actor
) -> None:
    state = changes.get("state", observation.state)
    is_same = state == observation.state
    reason = changes.get("reason", observation.reason if is_same else None)
    if (state == "set_aside") != (reason is not None):
        message = "what is set aside has a reason, and nothing else has one"
        raise InvalidError(message)
    masked = changes.get("masked", observation.passages)
    _check_passages(observation, masked)
    observation.state, observation.reason = state, reason
    observation.masked = "\n".join(masked)
    is_decided = state != "waiting"
    observation.decided_by = by.who if is_decided else None
    observation.decided_at = by.at if is_decided else None
    detail = {"reason": reason} if reason else {"masked": len(masked)} if masked else {}
    record(session, by, _DECISIONS[state], _subject(observation), **detail)


def _check_passages(observation: Observation, passages: list[str]) -> None:
    if any(passage not in observation.text for passage in passages):
        message = "a passage that is to be masked does not stand in the words"
        raise UnknownPassageError(message)


def _answer(
    session: Session, observation: Observation, answer: Answer | None, *, by: Actor, today: date
) -> None:
    told = (answer.outcome, answer.text, today) if answer else (None, None, None)
    observation.outcome, observation.answer, observation.answered_on = told
    record(session, by, "observation.answer", _subject(observation), outcome=observation.outcome)


def _subject(observation: Observation) -> str:
    return f"{observation.stop.slug} {observation.id}"
