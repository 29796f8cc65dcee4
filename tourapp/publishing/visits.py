"""Which requests are visits: somebody opens a sign or a page, no robot and no prefetch."""

from collections.abc import Mapping
from typing import NamedTuple

from tourapp.audience.models import Kind
from tourapp.audience.people import is_visitor
from tourapp.audience.tally import Tally
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
    visited = _find_subject(environ.get("PATH_INFO", ""))
    return visited if visited is not None and is_visit(environ) else None


def is_visit(environ: Mapping[str, str]) -> bool:
    """Tell whether somebody reads what is asked for, whatever that is."""
    return environ["REQUEST_METHOD"] == "GET" and is_visitor(environ)


def find_number(tally: Tally, address: str, *, lang: str) -> int | None:
    """Return the number under which an address is counted, or None where it is no visit."""
    visited = _find_subject(address.partition("?")[0])
    return None if visited is None else tally.number(*visited, lang=lang)


def _find_subject(path: str) -> Visited | None:
    if path[:3].upper() == _SIGN:
        return Visited("sign", normalise_code(path[3:]))
    return Visited("page", path) if path in _HOMES or path.startswith(_PAGES) else None
