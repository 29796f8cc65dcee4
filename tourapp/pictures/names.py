"""What the forms of a picture are called, and which ones a photograph is shown in."""

CARD = "card"
"""A picture beside a link that somebody shares."""

CARD_PX = (1200, 630)

COVER = "cover"
"""The square picture of a podcast."""

COVER_PX = (1400, 1400)

FORMATS = ("avif", "webp", "jpg")
"""The lightest first; a browser takes the first that it knows."""

WIDTHS = (480, 960, 1600)


def photograph_forms(width: int) -> list[str]:
    """Return the forms of a photograph that is so wide; none is wider than it."""
    widths = [each for each in WIDTHS if each < width] + [min(width, WIDTHS[-1])]
    return [f"{suffix}-{each}" for suffix in FORMATS for each in sorted(set(widths))]
