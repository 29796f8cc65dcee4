"""What each fixed shape shows of a photograph, as a page draws it: pure."""

from dataclasses import dataclass

from tourapp.pictures.framing import Box, Shape, cut_box
from tourapp.pictures.names import CARD, CARD_PX, LEAD, THUMB
from tourapp.stops.content import Picture

_SHOWN = (
    ("En tête de l’arrêt", LEAD),
    ("Dans les listes", THUMB),
    ("À côté d’un lien partagé", Shape(CARD, *CARD_PX)),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A shape with where it is shown, and the part of a photograph that it holds."""

    title: str
    shape: Shape
    box: Box


def list_frames(picture: Picture) -> list[Frame]:
    """Return every shape that the first photograph of a stop is cut to."""
    size = (picture.width, picture.height)
    return [Frame(title, shape, cut_box(size, shape, picture.focus)) for title, shape in _SHOWN]
