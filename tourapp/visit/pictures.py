"""The photographs of a stop as visitors are shown them: those of which there are forms already."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tourapp.pictures.framing import Shape
from tourapp.pictures.models import PictureForm
from tourapp.pictures.names import CARD, SUFFIXES, card_at
from tourapp.pictures.services import find_form
from tourapp.stops.content import Picture
from tourapp.stops.models import Stop, StopPicture
from tourapp.stops.pictures import picture_of, pictures_of


@dataclass(frozen=True, slots=True)
class Pictured:
    """A photograph with its forms by format, the lightest format first, the narrowest form first.

    The last format is what every browser shows.
    """

    picture: Picture
    forms: dict[str, list[PictureForm]]


def list_pictured(session: Session, stop: Stop) -> tuple[Pictured, ...]:
    """Return the photographs of a stop that every browser can be shown, in their order."""
    pictures = pictures_of(stop)
    named = PictureForm.source_media.in_([picture.media for picture in pictures])
    whole = or_(*(PictureForm.form.like(f"{suffix}-%") for suffix in SUFFIXES))
    made = select(PictureForm).where(named, whole)
    forms = session.scalars(made.order_by(PictureForm.width)).all() if pictures else []
    found = (
        Pictured(
            picture,
            _by_format([form for form in forms if form.source_media == picture.media]),
        )
        for picture in pictures
    )
    return tuple(each for each in found if SUFFIXES[0] in each.forms)


def list_leading(session: Session, stop_ids: Sequence[int], shape: Shape) -> dict[int, Pictured]:
    """Return the first photograph of each of these stops that has one, cut to a shape.

    Until it is cut round a new point, it is shown as it was cut before.
    """
    made = (
        select(StopPicture, PictureForm)
        .join(PictureForm, PictureForm.source_media == StopPicture.media)
        .where(StopPicture.stop_id.in_(stop_ids), StopPicture.position == 0)
        .where(PictureForm.form.like(f"{shape.name}-%"))
        .order_by(PictureForm.width)
    )
    leading: dict[int, Picture] = {}
    cuts: defaultdict[tuple[int, bool], list[PictureForm]] = defaultdict(list)
    for row, form in session.execute(made):
        leading[row.stop_id] = picture_of(row)
        is_now = form.form.endswith("-{}-{}".format(*leading[row.stop_id].focus))
        cuts[row.stop_id, is_now].append(form)
    # Those of now come last, and stay.
    shown = {
        stop_id: Pictured(leading[stop_id], _by_format(cuts[stop_id, is_now]))
        for stop_id, is_now in sorted(cuts)
    }
    return {stop_id: cut for stop_id, cut in shown.items() if SUFFIXES[0] in cut.forms}


def find_card(session: Session, stop: Stop) -> PictureForm | None:
    """Return the picture beside a link to a stop: of its first photograph, else of its drawing."""
    pictures = pictures_of(stop)[:1]
    cards = (find_form(session, each.media, card_at(each.focus)) for each in pictures)
    return next(filter(None, cards), None) or find_form(session, stop.drawing_media, CARD)


def _by_format(forms: list[PictureForm]) -> dict[str, list[PictureForm]]:
    by_format = {
        suffix: [form for form in forms if form.media.endswith(f".{suffix}")]
        for suffix in reversed(SUFFIXES)
    }
    return {suffix: made for suffix, made in by_format.items() if made}
