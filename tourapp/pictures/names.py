"""What the forms of a picture are called that are cut to one size."""

CARD = "card"
"""A picture beside a link that somebody shares."""

CARD_PX = (1200, 630)

COVER = "cover"
"""The square picture of a podcast."""

COVER_PX = (1400, 1400)
