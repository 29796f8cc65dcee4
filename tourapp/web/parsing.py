"""JSON that is sent: what no database keeps is refused here, with the place where it stands."""

import math
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from flask import Request
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser

DEEPEST = 20

_MOST_TOLD = 20

# PostgreSQL keeps no null character in a text, and UTF-8 has no way to write half a pair.
_UNKEPT = re.compile(r"[\x00\ud800-\udfff]")

Place = tuple[str | int, ...]


class BodyParser(FlaskParser):
    """What reads the requests of the API."""

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ANN401 -- whatever JSON can hold
        """Return what is sent. Raises ValidationError where no database could keep it."""
        try:
            sent = super().load_json(req, schema)
        except (RecursionError, ValueError):
            message = f"No JSON nested deeper than {DEEPEST}, nor numbers of thousands of digits."
            raise ValidationError(message) from None
        if wrong := dict(islice(_mistakes(sent), _MOST_TOLD)):
            raise ValidationError(wrong)
        return sent


def _mistakes(sent: object, place: Place = ()) -> Iterator[tuple[str, list[str]]]:
    if len(place) > DEEPEST:
        yield _at(place, f"Nested deeper than {DEEPEST}.")
    elif isinstance(sent, dict):
        for key, value in sent.items():
            yield from _mistakes(key, (*place, key))
            yield from _mistakes(value, (*place, key))
    elif isinstance(sent, list):
        for number, value in enumerate(sent):
            yield from _mistakes(value, (*place, number))
    elif isinstance(sent, str) and _UNKEPT.search(sent):
        yield _at(place, "Not text that can be kept: a null character, or half a pair of UTF-16.")
    elif isinstance(sent, float) and not math.isfinite(sent):
        yield _at(place, "Not a finite number.")


def _at(place: Place, what: str) -> tuple[str, list[str]]:
    # An answer cannot hold what is refused any more than a database can.
    where = ".".join(_UNKEPT.sub("�", str(part)) for part in place)
    return where, [what]
