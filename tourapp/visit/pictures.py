"""The photographs of a stop as visitors are shown them: those of which there are forms already."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.pictures.models import PictureForm
from tourapp.pictures.names import CARD, SUFFIXES, card_at
from tourapp.pictures.services import find_form
from tourapp.stops.content import Picture
from tourapp.stops.models import Stop
from tourapp.stops.pictures import pictures_of


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
    made = select(PictureForm).where(named, PictureForm.form.not_like(f"{CARD}%"))
    forms = session.scalars(made.order_by(PictureForm.width)).all() if pictures else []
    found = (
        Pictured(
            picture,
            _by_format([form for form in forms if form.source_media == picture.media]),
        )
        for picture in pictures
    )
    return tuple(each for each in found if SUFFIXES[0] in each.forms)


def find_card(session: Session, stop: Stop) -> PictureForm | None:
    """Return the picture beside a link to a stop: of its first photograph, else of its drawing."""
    pictures = pictures_of(stop)[:1]
    cards = (find_form(session, each.media, card_at(each.focus)) for each in pictures)
    return next(filter(None, cards), None) or find_form(session, stop.drawing_media, CARD)


def _by_format(forms: list[PictureForm]) -> dict[str, list[PictureForm]]:
    by_format = {
        suffix: [form for form in forms if form.form.startswith(f"{suffix}-")]
        for suffix in reversed(SUFFIXES)
    }
    return {suffix: made for suffix, made in by_format.items() if made}
