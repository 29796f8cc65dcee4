"""Forms of the bureau as a browser would send them."""

import re
from html import unescape

from werkzeug.test import TestResponse

from tests.staff.desk import Desk
from tourapp.stops.content import LONGEST

STOP = "/bureau/arrets/terril"
FRENCH = f"{STOP}/fr/standard"
DUTCH = f"{STOP}/nl/standard"

JSON = {"Accept": "application/json"}
_FIELD = re.compile(
    r'<(?:input|textarea)[^>]* name="([^"]+)"'
    r'(?:[^>]* value="([^"]*)"[^>]*>|[^>]*>\n?([^<]*)</textarea>)'
)


def fields(answer: TestResponse) -> dict[str, str]:
    """Return what stands in the form of a narrative."""
    return written_fields(answer.text)


def written_fields(page: str) -> dict[str, str]:
    """Return what stands in the form of a narrative that a page shows."""
    found = {name: unescape(value or text) for name, value, text in _FIELD.findall(page)}
    return {name: found[name] for name in ("base", *LONGEST)}


def opened(desk: Desk, path: str = FRENCH, **changes: str) -> dict[str, str]:
    """Open a narrative and write something into its form, not sent yet."""
    return fields(desk.get(path)) | changes


def filled(desk: Desk, path: str) -> dict[str, str]:
    """Open a narrative and fill every field of it."""
    return opened(desk, path) | {name: f"Iets over {name}." for name in LONGEST}
