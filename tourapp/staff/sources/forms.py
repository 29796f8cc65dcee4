"""Sources as people write them into a form, line by line, checked as files are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count, takewhile

from marshmallow import ValidationError

from tourapp.staff.forms import FaultyFormError
from tourapp.stops.content import MOST_SOURCES, FactSource
from tourapp.stops.source.schemas import FactSourceFileSchema

_FAULTS = {
    "title": "Nommez la source en 300 caractères au plus.",
    "url": "Une adresse commence par https:// ou http://, comme https://example.fr/page.",
}
_NONE = "Donnez au moins une source."
_TOO_MANY = f"Un arrêt a {MOST_SOURCES} sources au plus\u202f: retirez-en."


@dataclass(frozen=True, slots=True)
class Line:
    """One source as it stands in the form, right or wrong."""

    title: str = ""
    url: str = ""


def lines_of(sources: Iterable[FactSource]) -> list[Line]:
    """Return the lines that a form holds of what is kept."""
    return [Line(source.title, source.url or "") for source in sources]


def read_lines(form: Mapping[str, str]) -> list[Line]:
    """Return the lines that were written, empty ones too."""
    numbers = takewhile(lambda number: f"title-{number}" in form, count(1))
    return [
        Line(form[f"title-{number}"].strip(), form.get(f"url-{number}", "").strip())
        for number in numbers
    ]


def without_blanks(lines: Iterable[Line]) -> list[Line]:
    """Return the lines on which something stands."""
    return [line for line in lines if line != Line()]


def rearranged(lines: list[Line], wish: str) -> list[Line]:
    """Return the lines as a key of the form has them: `add`, `remove-2`, `up-2` or `down-2`."""
    name, _, number = wish.partition("-")
    places = {str(place): place - 1 for place in range(1, len(lines) + 1)}
    if name == "add" and len(lines) < MOST_SOURCES:
        return [*lines, Line()]
    if number not in places:
        return lines
    place = places[number]
    moved = [*lines[:place], *lines[place + 1 :]]
    steps = {"up": -1, "down": 1}
    if name in steps:
        moved.insert(max(0, place + steps[name]), lines[place])
    return moved


def read_sources(lines: list[Line]) -> tuple[FactSource, ...]:
    """Return the sources that lines name, none of them blank. Raises FaultyFormError."""
    if not lines:
        raise FaultyFormError({"title-1": _NONE})
    if len(lines) > MOST_SOURCES:
        raise FaultyFormError({f"title-{MOST_SOURCES + 1}": _TOO_MANY})
    written = [{"title": line.title} | ({"url": line.url} if line.url else {}) for line in lines]
    try:
        return tuple(FactSourceFileSchema(many=True).load(written))
    except ValidationError as error:
        raise FaultyFormError(_told(error)) from None


def _told(error: ValidationError) -> dict[str, str]:
    found = error.messages_dict
    return {
        f"{name}-{int(place) + 1}": fault
        for place in sorted(found)
        for name, fault in _FAULTS.items()
        if name in found[place]
    }
