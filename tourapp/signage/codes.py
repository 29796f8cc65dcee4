"""Codes of signs: Crockford's base 32, forgiving what a hand or an eye confuses."""

import re
import secrets
from collections.abc import Callable, Sequence

from tourapp.stops.search import fold

QUIET_ZONE = 4
"""How many modules around a QR code stay white."""

_CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})

LENGTH = 6

# Of two characters that look alike on a worn plate, one; and no vowel, so that few words come up.
_DRAWN = "23456789CDFHJKMNPRTVWXY"

# Digits are read as letters, and letters without vowels still abbreviate.
_READ_AS = str.maketrans("345789", "EASTBG")
_RUDE = ("88", "FDP", "HH", "KKK", "NTM", "PD", "PED", "PETE", "PTN", "RPT", "TARE", "TMR")


_NUMBER = re.compile(
    r"(?:n|no|nr|num|number|numero|nummer|arret|stop|halte|halt|station|panneau|sign)?"
    r"[\s.:°#]*(\d{1,5})\.?",
)


def find_number(typed: str) -> int | None:
    """Return the number that somebody meant, with whatever stood before it: « n° 3 », "stop 3"."""
    found = _NUMBER.fullmatch(fold(typed))
    return None if found is None else int(found[1])


def normalise_code(typed: str) -> str:
    """Return the code that somebody meant, whatever its case, O for 0, I or L for 1."""
    return typed.upper().translate(_CONFUSED)


def sign_url(public_url: str, code: str) -> str:
    """Return what a sign's QR code says: all in capitals, so that it stays small."""
    return f"{public_url}/Q/{code}".upper()


def draw_code(
    choose: Callable[[Sequence[str]], str] = secrets.choice, *, length: int = LENGTH
) -> str:
    """Return a code by chance, easy to read on a plate and rude to nobody."""
    while True:
        code = "".join(choose(_DRAWN) for _ in range(length))
        if not is_rude(code):
            return code


def is_rude(code: str) -> bool:
    """Tell whether somebody would read an insult in a code."""
    return any(word in code or word in code.translate(_READ_AS) for word in _RUDE)
