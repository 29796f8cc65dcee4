"""Text as XML can hold it, which knows fewer characters than a database does."""

import re

# Everything but what XML 1.0 calls a character (https://www.w3.org/TR/xml/#charsets).
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def well_formed(text: str) -> str:
    """Return a text, or a whole document, with a space in the place of what no XML may hold."""
    return _NO_CHARACTER.sub(" ", text)
