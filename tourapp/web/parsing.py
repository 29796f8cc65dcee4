"""JSON that is sent: what no text is made of is refused here, with the place where it stands."""

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

from flask import Request
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser

from tourapp.web.characters import evened, readable, unkept

DEEPEST = 20

_MOST_TOLD = 20

Place = tuple[str | int, ...]


class BodyParser(FlaskParser):
    """What reads the requests of the API."""

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ANN401 -- whatever JSON can hold
        """Return what is sent, its lines evened. Raises ValidationError for what is not kept."""
        try:
            sent = super().load_json(req, schema)
        except (RecursionError, ValueError):
            message = f"No JSON nested deeper than {DEEPEST}, nor numbers of thousands of digits."
            raise ValidationError(message) from None
        if wrong := dict(islice(_mistakes(sent), _MOST_TOLD)):
            raise ValidationError(wrong)
        return _evened(sent)


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
    elif isinstance(sent, str):
        for index, name in islice(unkept(evened(sent)), 1):
            yield _at(place, f"Not text that can be kept: {name} at character {index + 1}.")
    elif isinstance(sent, float) and not math.isfinite(sent):
        yield _at(place, "Not a finite number.")


def _evened(sent: object) -> object:
    if isinstance(sent, dict):
        return {key: _evened(value) for key, value in sent.items()}
    if isinstance(sent, list):
        return [_evened(value) for value in sent]
    return evened(sent) if isinstance(sent, str) else sent


def _at(place: Place, what: str) -> tuple[str, list[str]]:
    # An answer cannot hold what is refused any more than a text can.
    return ".".join(readable(str(part)) for part in place), [what]
