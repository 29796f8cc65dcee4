"""The drawing that stands for the whole visit: beside its links, and on its podcast."""

from functools import lru_cache
from pathlib import Path

from tourapp.media import media_name

EMBLEM = Path(__file__).parents[2] / "static" / "drawings" / "emblem.svg"


@lru_cache
def emblem_media() -> str:
    """Return the name that the drawing has in the media store."""
    return media_name(EMBLEM.read_bytes(), suffix="svg")
