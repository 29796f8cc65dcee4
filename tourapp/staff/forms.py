"""What people write into a form, checked as files and requests are."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from tourapp.errors import InvalidError


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


def _names(messages: Mapping[str, Any]) -> Iterator[str]:
    """Yield the fields that have a fault, those within others too."""
    for name, within in messages.items():
        yield name
        if isinstance(within, dict):
            yield from _names(within)
