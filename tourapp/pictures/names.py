"""What the forms of a picture are called, and which of them a photograph is shown in."""

from tourapp.pictures.framing import Focus, Shape

CARD = "card"
"""A picture beside a link that somebody shares; `card-<x>-<y>` keeps the point that matters."""

CARD_PX = (1200, 630)

LEAD = Shape("lead", 3, 2)
"""The first photograph, at the head of a stop's page."""

THUMB = Shape("thumb", 4, 3)
"""The first photograph, in lists of stops."""

CUT_WIDTHS = {LEAD: (480, 720), THUMB: (320,)}
"""How wide a photograph is shown in a shape, in pixels; a smaller one is blown up."""

COVER = "cover"
"""The square picture of a podcast."""

COVER_PX = (1400, 1400)

SUFFIXES = ("jpg", "webp", "avif")
"""The formats that a photograph is shown in: what every browser shows first, the lightest last."""

WIDTHS = (480, 960, 1600)
"""How wide a photograph is shown, in pixels: on a small phone, on most, on a large screen."""


def list_widths(width: int) -> list[int]:
    """Return how wide a photograph is shown that is so wide itself: it is never blown up."""
    return sorted({min(each, width) for each in WIDTHS})


def form_of(suffix: str, width: int) -> str:
    """Return what a photograph in a format and a width is called."""
    return f"{suffix}-{width}"


def card_at(focus: Focus) -> str:
    """Return what a card is called that keeps a point of the photograph."""
    return f"{CARD}-{focus[0]}-{focus[1]}"


def cut_at(shape: Shape, suffix: str, width: int, focus: Focus) -> str:
    """Return what a photograph is called that is cut to a shape round its point."""
    return f"{shape.name}-{form_of(suffix, width)}-{focus[0]}-{focus[1]}"


def list_forms(width: int, focus: Focus) -> list[str]:
    """Return the forms that are wanted of a photograph, in the order in which they help."""
    shown = [form_of(suffix, each) for suffix in SUFFIXES for each in list_widths(width)]
    return [*shown, *list_cuts(focus)]


def list_cuts(focus: Focus) -> list[str]:
    """Return those of them that are cut round the point that matters."""
    cuts = [
        cut_at(shape, suffix, width, focus)
        for suffix in SUFFIXES
        for shape, widths in CUT_WIDTHS.items()
        for width in widths
    ]
    return [*cuts, card_at(focus)]
