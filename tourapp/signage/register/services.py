"""Keeping the register: a sign is added, described, moved, checked, printed, retired.

A change names the sign's version; every change is logged, and what visitors see follows at once.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.catalogue.services import mark_stale
from tourapp.db import insert_into
from tourapp.errors import ConflictError, UnavailableError
from tourapp.signage.codes import draw_code, normalise_code
from tourapp.signage.models import CARRYING, Sign, State
from tourapp.signage.register.states import check_next, state_once_printed
from tourapp.signage.services import get_sign
from tourapp.stops.editing import check_tag, get_locked_stop
from tourapp.stops.models import Stop
from tourapp.stops.queries import list_languages
from tourapp.stops.topics import TOURS, topic_of

Described = Mapping[str, Any]
"""What staff say of a sign, by the names of its columns: place, support, note, position."""

# One in a hundred and fifty million: whoever meets so many has another problem.
_DRAWS = 20


def add_sign(
    session: Session,
    slug: str,
    described: Described,
    *,
    by: Actor,
    draw: Callable[[], str] = draw_code,
) -> Sign:
    """Plan another sign for a stop, under a code that no sign ever bore; NotFoundError."""
    stop = get_locked_stop(session, slug)
    sign = get_sign(session, _insert(session, stop, by=by, draw=draw))
    _describe(sign, described)
    record(session, by, "sign.create", sign.code, stop=slug)
    mark_stale(session, {topic_of(stop.id), TOURS})
    return sign


def change_sign(
    session: Session,
    typed: str,
    described: Described,
    *,
    state: State | None = None,
    tag: str,
    by: Actor,
) -> Sign:
    """Describe a sign anew, and say what became of it.

    Raises NotFoundError, StaleError, or StateError where the state cannot follow.
    """
    sign = get_sign_at(session, typed, tag=tag)
    before = sign.state
    _enter(sign, state or before)
    _describe(sign, described)
    record(session, by, "sign.change", sign.code, state=[before, sign.state], parts=[*described])
    return sign


def check_sign(
    session: Session,
    typed: str,
    *,
    state: State | None = None,
    note: str | None = None,
    tag: str,
    by: Actor,
) -> Sign:
    """Note that somebody stood before a sign, and what they found; raises as `change_sign`."""
    sign = get_sign_at(session, typed, tag=tag)
    _enter(sign, state or sign.state)
    sign.note = sign.note if note is None else note
    sign.checked_at, sign.checked_by = by.at, by.who
    record(session, by, "sign.check", sign.code, state=sign.state, note=sign.note)
    return sign


def move_sign(session: Session, typed: str, *, to: str, tag: str, by: Actor) -> Sign:
    """Let a sign lead to another stop from this commit on, in every process.

    Raises NotFoundError, StaleError, or ConflictError for a retired sign, and where a plate that
    is printed would lead to nothing.
    """
    sign = get_sign_at(session, typed, tag=tag)
    stop = get_locked_stop(session, to)
    _check_not_retired(sign)
    if sign.state in CARRYING and not list_languages(session, [stop.id])[stop.id]:
        message = f"nothing of {to!r} is published: sign {sign.code} would lead to nothing"
        raise ConflictError(message)
    former = sign.stop
    sign.stop, sign.moved_at = stop, by.at
    record(session, by, "sign.move", sign.code, stops=[former.slug, to])
    mark_stale(session, {topic_of(former.id), topic_of(stop.id), TOURS})
    return sign


def retire_sign(session: Session, typed: str, *, tag: str, by: Actor) -> Sign:
    """Let a sign lead nowhere any more: its code explains itself, and never returns elsewhere."""
    sign = get_sign_at(session, typed, tag=tag)
    _check_not_retired(sign)
    sign.retired_at = by.at
    record(session, by, "sign.retire", sign.code)
    mark_stale(session, {topic_of(sign.stop_id), TOURS})
    return sign


def restore_sign(session: Session, typed: str, *, tag: str, by: Actor) -> Sign:
    """Let a retired sign lead to its stop again; ConflictError where it does already."""
    sign = get_sign_at(session, typed, tag=tag)
    if sign.retired_at is None:
        message = f"sign {sign.code} is not retired"
        raise ConflictError(message)
    sign.retired_at = None
    record(session, by, "sign.restore", sign.code)
    mark_stale(session, {topic_of(sign.stop_id), TOURS})
    return sign


def record_printed(session: Session, sign: Sign, *, url: str, version: str, by: Actor) -> None:
    """Remember what a plate says that was printed now: its address, its stop's number, its version.

    A planned or removed sign becomes printed; one that hangs outside still hangs there. The
    number stays the stop's while the plate is about. Raises ConflictError for a retired sign.
    """
    # Whoever changes the sign, or the stop's number, meanwhile is waited for.
    session.refresh(sign, with_for_update=True)
    stop = sign.stop
    session.refresh(stop, with_for_update=True)
    _check_not_retired(sign)
    sign.printed_url, sign.printed_version = url, version
    sign.printed_number, sign.printed_at = stop.number, by.at
    sign.state = state_once_printed(sign.state)
    sign.version += 1
    record(session, by, "sign.print", sign.code, url=url, version=version, number=stop.number)


def get_sign_at(session: Session, typed: str, *, tag: str) -> Sign:
    """Return a locked sign in the state that `tag` names, whose version then grows.

    Raises UnknownSignError or StaleError.
    """
    code = normalise_code(typed)
    session.execute(select(Sign.id).where(Sign.code == code).with_for_update())
    sign = get_sign(session, code)
    check_tag(str(sign.version), tag)
    sign.version += 1
    return sign


def _insert(session: Session, stop: Stop, *, by: Actor, draw: Callable[[], str]) -> str:
    """Write a sign under the first code drawn that nobody has, and return the code."""
    for _ in range(_DRAWS):
        values = {"stop_id": stop.id, "created_at": by.at}
        insert = insert_into(session, Sign).values(code=draw(), **values)
        free = insert.on_conflict_do_nothing(index_elements=["code"]).returning(Sign.code)
        if code := session.scalar(free):
            return code
    message = "no code is free any more"
    raise UnavailableError(message)


def _describe(sign: Sign, described: Described) -> None:
    for name, said in described.items():
        setattr(sign, name, said)


def _enter(sign: Sign, state: State) -> None:
    check_next(sign.state, state)
    sign.state = state


def _check_not_retired(sign: Sign) -> None:
    if sign.retired_at is not None:
        message = f"sign {sign.code} is retired"
        raise ConflictError(message)
