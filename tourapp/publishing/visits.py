"""Which requests are visits: somebody opens a sign or a page, no robot and no prefetch."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from crawleruseragents import is_crawler

from tourapp.audience.models import Kind
from tourapp.signage.codes import normalise_code
from tourapp.stops.content import LANGUAGES
from tourapp.web.addresses import Addresses

_HERE = Addresses()
_SIGN = _HERE.sign("")
_HOMES = {_HERE.home(), *(_HERE.home(lang=lang) for lang in LANGUAGES)}
_PAGES = tuple(_HERE.stop_page("", lang=lang) for lang in LANGUAGES)
# Phones name themselves in less; a robot that hides behind more costs no more than they do.
_LONGEST_AGENT = 512
_PREFETCHING = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ")


class Visited(NamedTuple):
    """A sign by its code, or a page by its address."""

    kind: Kind
    subject: str


def find_visited(environ: Mapping[str, str]) -> Visited | None:
    """Return what somebody opens by a request, or None where it is no visit."""
    if environ["REQUEST_METHOD"] != "GET":
        return None
    visited = _find_subject(environ.get("PATH_INFO", ""))
    return None if visited is None or _is_nobody(environ) else visited


def _find_subject(path: str) -> Visited | None:
    if path[:3].upper() == _SIGN:
        return Visited("sign", normalise_code(path[3:]))
    return Visited("page", path) if path in _HOMES or path.startswith(_PAGES) else None


def _is_nobody(environ: Mapping[str, str]) -> bool:
    for name in _PREFETCHING:
        if "prefetch" in environ.get(name, ""):
            return True
    return _is_robot(environ.get("HTTP_USER_AGENT", "")[:_LONGEST_AGENT])


@lru_cache(maxsize=1024)
def _is_robot(user_agent: str) -> bool:
    return bool(is_crawler(user_agent))
