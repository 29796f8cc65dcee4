"""Which forms of pictures should be there: by what stops name, and what is made."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, case, cast, delete, exists, func, literal, select
from sqlalchemy.orm import Session

from tourapp.pictures.models import PictureForm
from tourapp.pictures.names import CARD, COVER, SUFFIXES, WIDTHS, list_forms
from tourapp.stops.models import Stop, StopPicture
from tourapp.stops.topics import EVERYTHING, TOURS, topic_of
from tourapp.visit.found.emblem import emblem_media


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form of a picture that is not made yet."""

    source_media: str
    form: str


def list_lacking_forms(session: Session) -> Iterator[Wanted]:
    """Yield the forms that are wanted and not made."""
    for form in (CARD, COVER):
        if session.get(PictureForm, (emblem_media(), form)) is None:
            yield Wanted(emblem_media(), form)
    drawn = exists().where(PictureForm.source_media == Stop.drawing_media, PictureForm.form == CARD)
    for drawing in session.scalars(select(Stop.drawing_media).where(~drawn).distinct()):
        yield Wanted(drawing, CARD)
    yield from _list_lacking_of_photographs(session)


def has_needless_forms(session: Session) -> bool:
    """Tell whether there are forms of a picture that nothing names any more."""
    return bool(session.scalar(select(exists().where(_is_needless()))))


def drop_needless_forms(session: Session) -> None:
    """Forget such forms, such as those of a photograph that was removed: it may show somebody.

    `tourapp media collect` removes their files.
    """
    session.execute(delete(PictureForm).where(_is_needless()))


def list_topics_of_picture(session: Session, source_media: str) -> set[str]:
    """Return the topics of the documents that show a picture."""
    if source_media == emblem_media():
        return set(EVERYTHING)
    drawn = select(Stop.id).where(Stop.drawing_media == source_media)
    pictured = select(StopPicture.stop_id).where(StopPicture.media == source_media)
    return {TOURS, *map(topic_of, session.scalars(drawn.union(pictured)))}


def _list_lacking_of_photographs(session: Session) -> Iterator[Wanted]:
    columns = (StopPicture.media, StopPicture.width, StopPicture.focus_x, StopPicture.focus_y)
    unfinished = select(*columns).where(~_is_whole()).distinct().order_by(*columns)
    for media, width, x, y in session.execute(unfinished):
        made = select(PictureForm.form).where(PictureForm.source_media == media)
        present = set(session.scalars(made))
        for form in list_forms(width, (x, y)):
            if form not in present:
                yield Wanted(media, form)


def _is_whole() -> ColumnElement[bool]:
    """Tell of a photograph whether all of its forms are made: counted, so that it is one query."""
    of_it = PictureForm.source_media == StopPicture.media
    shown = select(func.count()).where(of_it, PictureForm.form.not_like(f"{CARD}%"))
    widths = case(
        *((StopPicture.width <= each, number) for number, each in enumerate(WIDTHS[:-1], start=1)),
        else_=len(WIDTHS),
    )
    x, y = (cast(each, String) for each in (StopPicture.focus_x, StopPicture.focus_y))
    card = exists().where(of_it, PictureForm.form == literal(f"{CARD}-") + x + "-" + y)
    return (shown.scalar_subquery() >= widths * len(SUFFIXES)) & card


def _is_needless() -> ColumnElement[bool]:
    is_drawn = exists().where(Stop.drawing_media == PictureForm.source_media)
    is_shown = exists().where(StopPicture.media == PictureForm.source_media)
    return ~is_drawn & ~is_shown & (PictureForm.source_media != emblem_media())
