"""Adding, describing, ordering and removing the photographs of a stop.

Each change names the state of the stop that it is made on, and raises StaleError on another one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor
from tourapp.errors import ConflictError, InvalidError, NotFoundError
from tourapp.pictures.intake import TakenIn
from tourapp.publishing.placing import change_place
from tourapp.stops.content import MOST_PICTURES, Picture
from tourapp.stops.editing import check_tag, get_locked_stop
from tourapp.stops.models import Stop
from tourapp.stops.pictures import pictures_of
from tourapp.stops.services import get_stop

Pictures = tuple[Picture, ...]
Words = Mapping[str, Any]
"""What is said of a photograph: any of `alt`, `caption`, `credit`, `licence` and `focus`."""

_NAMED_BY = 16


def require_room(session: Session, slug: str, *, tag: str) -> None:
    """Raise what `add_picture` would raise, before anybody waits for a photograph to come."""
    stop = get_stop(session, slug)
    check_tag(str(stop.version), tag)
    _check_room(pictures_of(stop))


def add_picture(
    session: Session, slug: str, kept: TakenIn, words: Words, *, tag: str, by: Actor
) -> Stop:
    """Put a photograph that is kept at the end of a stop's.

    Raises NotFoundError, StaleError, or ConflictError where it is there already, or no room is.
    """
    added = Picture(
        file=f"photo-{kept.media[:_NAMED_BY]}.jpg",
        media=kept.media,
        bytes=kept.bytes,
        width=kept.width,
        height=kept.height,
        **words,
    )

    def add(pictures: Pictures) -> Pictures:
        _check_room(pictures)
        if any(added.file == each.file or added.media == each.media for each in pictures):
            message = f"stop {slug!r} has this photograph already"
            raise ConflictError(message)
        return (*pictures, added)

    return _change(session, slug, add, tag=tag, by=by)


def describe_picture(
    session: Session, slug: str, file: str, words: Words, *, tag: str, by: Actor
) -> Stop:
    """Say anything of a photograph anew. Raises NotFoundError, StaleError."""

    def describe(pictures: Pictures) -> Pictures:
        described = get_picture(pictures, file)
        return tuple(replace(each, **words) if each is described else each for each in pictures)

    return _change(session, slug, describe, tag=tag, by=by)


def order_pictures(
    session: Session, slug: str, files: Sequence[str], *, tag: str, by: Actor
) -> Stop:
    """Show the photographs in another order. Raises InvalidError unless each is named once."""

    def order(pictures: Pictures) -> Pictures:
        if sorted(files) != sorted(each.file for each in pictures):
            message = "expected each photograph of the stop once"
            raise InvalidError(message)
        return tuple(get_picture(pictures, file) for file in files)

    return _change(session, slug, order, tag=tag, by=by)


def remove_picture(session: Session, slug: str, file: str, *, tag: str, by: Actor) -> Stop:
    """Take a photograph from a stop. Raises NotFoundError, StaleError.

    The worker forgets its forms, and `tourapp media collect` removes the files.
    """

    def remove(pictures: Pictures) -> Pictures:
        removed = get_picture(pictures, file)
        return tuple(each for each in pictures if each is not removed)

    return _change(session, slug, remove, tag=tag, by=by)


def get_picture(pictures: Sequence[Picture], file: str) -> Picture:
    """Return a photograph by its file's name, or raise NotFoundError."""
    found = next((each for each in pictures if each.file == file), None)
    if found is None:
        message = f"no photograph {file!r}"
        raise NotFoundError(message)
    return found


def _change(
    session: Session,
    slug: str,
    change: Callable[[Pictures], Pictures],
    *,
    tag: str,
    by: Actor,
) -> Stop:
    stop = get_locked_stop(session, slug)
    check_tag(str(stop.version), tag)
    changed = change(pictures_of(stop))
    return change_place(session, slug, {"pictures": changed}, tag=tag, by=by)


def _check_room(pictures: Pictures) -> None:
    if len(pictures) >= MOST_PICTURES:
        message = f"a stop has {MOST_PICTURES} photographs at most: remove one first"
        raise ConflictError(message)
