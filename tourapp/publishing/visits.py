"""Which requests are visits: somebody opens a sign or a page, no robot and no prefetch."""

from collections.abc import Mapping
from typing import NamedTuple

from tourapp.audience.models import Kind
from tourapp.audience.people import is_visitor
from tourapp.signage.codes import normalise_code
from tourapp.stops.content import LANGUAGES
from tourapp.web.addresses import Addresses

_HERE = Addresses()
_SIGN = _HERE.sign("")
_HOMES = {_HERE.home(), *(_HERE.home(lang=lang) for lang in LANGUAGES)}
_PAGES = tuple(_HERE.stop_page("", lang=lang) for lang in LANGUAGES)


class Visited(NamedTuple):
    """A sign by its code, or a page by its address."""

    kind: Kind
    subject: str


def find_visited(environ: Mapping[str, str]) -> Visited | None:
    """Return what somebody opens by a request, or None where it is no visit."""
    if environ["REQUEST_METHOD"] != "GET":
        return None
    visited = _find_subject(environ.get("PATH_INFO", ""))
    return visited if visited is not None and is_visitor(environ) else None


def _find_subject(path: str) -> Visited | None:
    if path[:3].upper() == _SIGN:
        return Visited("sign", normalise_code(path[3:]))
    return Visited("page", path) if path in _HOMES or path.startswith(_PAGES) else None
