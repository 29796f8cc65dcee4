"""Codes of signs: Crockford's base 32, forgiving what a hand or an eye confuses."""

_CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def normalise_code(typed: str) -> str:
    """Return the code that somebody meant, whatever its case, O for 0, I or L for 1."""
    return typed.upper().translate(_CONFUSED)


def sign_url(public_url: str, code: str) -> str:
    """Return what a sign's QR code says: all in capitals, so that it stays small."""
    return f"{public_url}/Q/{code}".upper()
