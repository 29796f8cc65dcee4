"""Which requests are made by a visitor: no robot, no prefetch, nobody who works here."""

from collections.abc import Mapping
from functools import lru_cache

from crawleruseragents import is_crawler

STAFF_COOKIE = "bureau"
"""What the bureau's cookie is called, behind any prefix; visitors are given none at all."""

# Phones name themselves in less; a robot that hides behind more costs no more than they do.
_LONGEST_AGENT = 512
_PREFETCHING = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ")


def is_visitor(environ: Mapping[str, str]) -> bool:
    """Tell whether a request, by the names of WSGI, is one that counts."""
    if any("prefetch" in environ.get(name, "") for name in _PREFETCHING):
        return False
    if f"{STAFF_COOKIE}=" in environ.get("HTTP_COOKIE", ""):
        return False
    return not _is_robot(environ.get("HTTP_USER_AGENT", "")[:_LONGEST_AGENT])


@lru_cache(maxsize=1024)
def _is_robot(user_agent: str) -> bool:
    return bool(is_crawler(user_agent))
