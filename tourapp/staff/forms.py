"""What people write into a form, checked as files and requests are."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from tourapp.errors import InvalidError

# Whatever is counted here has fewer; Python itself reads no more than some thousands.
_MOST_DIGITS = 12


class FaultyFormError(InvalidError):
    """What was written into a form cannot be kept; `faults` tell why, by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(f"faulty fields: {', '.join(faults)}")
        self.faults = dict(faults)


def checked(
    schema: Schema,
    written: Mapping[str, Any],
    faults: Mapping[str, str],
) -> Any:  # noqa: ANN401 -- what the schema makes
    """Return what a schema makes of a form, or raise FaultyFormError with these sentences."""
    try:
        return schema.load(written)
    except ValidationError as error:
        found = set(_names(error.messages_dict))
        raise FaultyFormError({name: faults[name] for name in faults if name in found}) from None


def read_number(written: str) -> float | str:
    """Return a number as it stands on a French map, or as a telephone copies it."""
    try:
        return float(written.strip().replace(",", "."))
    except ValueError:
        return written


def read_whole(written: str) -> int | str:
    """Return a whole number, or what was written where it is none."""
    digits = written.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else written


def _names(messages: Mapping[str, Any]) -> Iterator[str]:
    """Yield the fields that have a fault, those within others too."""
    for name, within in messages.items():
        yield name
        if isinstance(within, dict):
            yield from _names(within)
