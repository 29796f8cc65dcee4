"""The tiles that lie under a map once somebody asks for them."""

from typing import Any
from urllib.parse import urlsplit

from tourapp.settings import Settings


def tiles_of(settings: Settings) -> dict[str, Any]:
    """Return where tiles are asked for, and whose they are, as a page says it."""
    url = settings.map_tiles_url
    return {"url": url, "host": urlsplit(url).hostname, "credit": settings.map_tiles_credit}
