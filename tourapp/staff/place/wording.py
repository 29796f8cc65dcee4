"""How the parts of a stop's place are called, in French."""

from collections.abc import Iterable

_NAMES = {
    "slug": "adresse",
    "number": "numéro",
    "position": "position",
    "drawing": "dessin",
    "sources": "sources",
    "closures": "fermetures",
    "rescue_post": "borne de secours",
    "pictures": "images",
}


def parts_told(parts: Iterable[str]) -> str:
    """Name some parts, « position, sources »."""
    return ", ".join(_NAMES[part] for part in parts)
