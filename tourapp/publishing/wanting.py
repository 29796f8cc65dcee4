"""Which forms of pictures should be there: by what stops name, and what is made."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    String,
    case,
    cast,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from tourapp.pictures.framing import MIDDLE
from tourapp.pictures.models import PictureForm
from tourapp.pictures.names import (
    CARD,
    COVER,
    CUT_WIDTHS,
    SUFFIXES,
    THUMB,
    WIDTHS,
    list_cuts,
    list_forms,
)
from tourapp.stops.models import Stop, StopPicture
from tourapp.stops.topics import EVERYTHING, LISTS, TOURS, topic_of
from tourapp.visit.found.emblem import emblem_media

_CUTS = len(list_cuts(MIDDLE))
_CUT_NAMES = (CARD, *(shape.name for shape in CUT_WIDTHS))


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
    """Tell whether there are forms that nothing names any more: of no picture, or no point."""
    return bool(session.scalar(select(exists().where(_is_needless()))))


def drop_needless_forms(session: Session) -> None:
    """Forget such forms, such as those of a photograph that was removed: it may show somebody.

    `tourapp media collect` removes their files.
    """
    session.execute(delete(PictureForm).where(_is_needless()))


def list_topics_showing_form(session: Session, made: Wanted) -> set[str]:
    """Return the topics of the documents that show a picture in a form."""
    if made.source_media == emblem_media():
        return set(EVERYTHING)
    drawn = select(Stop.id).where(Stop.drawing_media == made.source_media)
    pictured = select(StopPicture.stop_id).where(StopPicture.media == made.source_media)
    lists = {LISTS} if made.form.startswith(f"{THUMB.name}-") else set()
    return {TOURS, *lists, *map(topic_of, session.scalars(drawn.union(pictured)))}


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
    whole = or_(*(PictureForm.form.like(f"{suffix}-%") for suffix in SUFFIXES))
    shown = select(func.count()).where(of_it, whole)
    widths = case(
        *((StopPicture.width <= each, number) for number, each in enumerate(WIDTHS[:-1], start=1)),
        else_=len(WIDTHS),
    )
    cuts = select(func.count()).where(of_it, _is_cut_at_its_point())
    return (shown.scalar_subquery() >= widths * len(SUFFIXES)) & (cuts.scalar_subquery() >= _CUTS)


def _is_cut_at_its_point() -> ColumnElement[bool]:
    """Tell of a form whether it is cut round the point that its photograph has now."""
    x, y = (cast(each, String) for each in (StopPicture.focus_x, StopPicture.focus_y))
    return PictureForm.form.like(literal("%-") + x + "-" + y)


def _is_needless() -> ColumnElement[bool]:
    is_drawn = exists().where(Stop.drawing_media == PictureForm.source_media)
    of_it = StopPicture.media == PictureForm.source_media
    is_shown = exists().where(of_it)
    is_cut = or_(*(PictureForm.form.like(f"{name}-%") for name in _CUT_NAMES))
    is_past = is_cut & ~exists().where(of_it, _is_cut_at_its_point())
    is_unknown = ~is_drawn & ~is_shown & (PictureForm.source_media != emblem_media())
    return is_unknown | is_past
