"""Making the forms of pictures that are wanted and lacking: in the worker, one at a time."""

import logging

from sqlalchemy.orm import Session

from tourapp.catalogue.queries import read_version
from tourapp.catalogue.services import mark_stale
from tourapp.errors import TourError, UnavailableError
from tourapp.pictures.models import PictureForm
from tourapp.pictures.services import add_form
from tourapp.publishing.wanting import (
    Wanted,
    drop_needless_forms,
    has_needless_forms,
    list_lacking_forms,
    list_topics_showing_form,
)
from tourapp.resources import Resources
from tourapp.visit.found.emblem import EMBLEM, emblem_media

log = logging.getLogger(__name__)


class Illustrator:
    """Makes what is lacking, and forgets what nobody wants any more.

    It looks again whenever anything that visitors see changed.
    """

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
            wanted = self._find_next(session)
            is_untidy = wanted is None and has_needless_forms(session)
        if is_untidy:
            with self._resources.database.transaction() as session:
                drop_needless_forms(session)
        if wanted is None:
            self._seen = version
            return False
        self._try(wanted)
        return True

    def _find_next(self, session: Session) -> Wanted | None:
        lacking = (each for each in list_lacking_forms(session) if each not in self._given_up)
        return next(lacking, None)

    def _try(self, wanted: Wanted) -> None:
        try:
            self._make(wanted)
        except UnavailableError:
            raise
        except TourError as error:
            # Until the worker starts again; pages do without meanwhile.
            log.warning("no %s of %s: %s", wanted.form, wanted.source_media, error)
            self._given_up.add(wanted)

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
            mark_stale(session, list_topics_showing_form(session, wanted))

    def _read(self, source_media: str) -> bytes:
        if source_media == emblem_media():
            # It comes with the code, and is kept where whatever a row names is kept.
            self._resources.media.put(EMBLEM.read_bytes(), suffix="svg")
        return self._resources.media.read(source_media)
