"""Making the forms of pictures that are wanted and lacking: in the worker, one at a time."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from tourapp.catalogue.queries import read_version
from tourapp.catalogue.services import mark_stale
from tourapp.errors import TourError, UnavailableError
from tourapp.pictures.models import PictureForm
from tourapp.pictures.names import CARD, COVER
from tourapp.pictures.services import add_form
from tourapp.resources import Resources
from tourapp.stops.models import Stop
from tourapp.stops.topics import EVERYTHING, TOURS, topic_of
from tourapp.visit.found.emblem import EMBLEM, emblem_media

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form of a picture that is not made yet."""

    source_media: str
    form: str


class Illustrator:
    """Makes what is lacking; it looks again whenever anything that visitors see changed."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._seen: int | None = None
        self._given_up: set[Wanted] = set()

    def make_next(self) -> bool:
        """Make the next form that is lacking, and tell whether there was any.

        Raises UnavailableError.
        """
        with self._resources.database.reading() as session:
            version = read_version(session)
            if version == self._seen:
                return False
            lacking = (each for each in _list_lacking(session) if each not in self._given_up)
            wanted = next(lacking, None)
        if wanted is None:
            self._seen = version
            return False
        try:
            self._make(wanted)
        except UnavailableError:
            raise
        except TourError as error:
            # Until the worker starts again; pages do without meanwhile.
            log.warning("no %s of %s: %s", wanted.form, wanted.source_media, error)
            self._given_up.add(wanted)
        return True

    def _make(self, wanted: Wanted) -> None:
        # A server's processes never draw, and would carry the libraries along.
        from tourapp.pictures.forms import make_form  # noqa: PLC0415

        media = self._resources.media
        source = self._read(wanted.source_media)
        made = make_form(source, wanted.form, is_drawing=wanted.source_media.endswith(".svg"))
        kept = PictureForm(
            source_media=wanted.source_media,
            form=wanted.form,
            media=media.put(made.content, suffix=made.suffix),
            bytes=len(made.content),
            width=made.width,
            height=made.height,
        )
        with self._resources.database.transaction() as session:
            add_form(session, kept)
            mark_stale(session, _list_topics_of(session, wanted.source_media))

    def _read(self, source_media: str) -> bytes:
        if source_media == emblem_media():
            # It comes with the code, and is kept where whatever a row names is kept.
            self._resources.media.put(EMBLEM.read_bytes(), suffix="svg")
        return self._resources.media.read(source_media)


def _list_lacking(session: Session) -> Iterator[Wanted]:
    for form in (CARD, COVER):
        if session.get(PictureForm, (emblem_media(), form)) is None:
            yield Wanted(emblem_media(), form)
    drawn = exists().where(PictureForm.source_media == Stop.drawing_media, PictureForm.form == CARD)
    for drawing in session.scalars(select(Stop.drawing_media).where(~drawn).distinct()):
        yield Wanted(drawing, CARD)


def _list_topics_of(session: Session, source_media: str) -> set[str]:
    if source_media == emblem_media():
        return set(EVERYTHING)
    showing = select(Stop.id).where(Stop.drawing_media == source_media)
    return {TOURS, *map(topic_of, session.scalars(showing))}
