"""What the forms of a picture are called, and which of them a photograph is shown in."""

CARD = "card"
"""A picture beside a link that somebody shares; `card-<x>-<y>` keeps the point that matters."""

CARD_PX = (1200, 630)

COVER = "cover"
"""The square picture of a podcast."""

COVER_PX = (1400, 1400)

SUFFIXES = ("jpg", "webp", "avif")
"""The formats that a photograph is shown in: what every browser shows first, the lightest last."""

WIDTHS = (480, 960, 1600)
"""How wide a photograph is shown, in pixels: on a small phone, on most, on a large screen."""

Focus = tuple[int, int]
"""The point of a picture that matters most, in hundredths from the left and from the top."""


def list_widths(width: int) -> list[int]:
    """Return how wide a photograph is shown that is so wide itself: it is never blown up."""
    return sorted({min(each, width) for each in WIDTHS})


def form_of(suffix: str, width: int) -> str:
    """Return what a photograph in a format and a width is called."""
    return f"{suffix}-{width}"


def card_at(focus: Focus) -> str:
    """Return what a card is called that keeps a point of the photograph."""
    return f"{CARD}-{focus[0]}-{focus[1]}"


def list_forms(width: int, focus: Focus) -> list[str]:
    """Return the forms that are wanted of a photograph, in the order in which they help."""
    shown = [form_of(suffix, each) for suffix in SUFFIXES for each in list_widths(width)]
    return [*shown, card_at(focus)]
