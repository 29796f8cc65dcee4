"""What is said of a file from which an itinerary was made, or could not be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tourapp.errors import InvalidError
from tourapp.itineraries.models import Itinerary

RemarkKind = Literal["near", "unknown", "loose_path", "reckoned", "cut"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that is not as the file has it; `name` is the file's own word for it.

    `near`: a place is taken for the `stop` that lies `distance_m` from it. `unknown`: one is left
    out. `loose_path`: a path joins no two halts that follow each other, and is left out.
    `reckoned`: paths of a routing service, which will be asked again. `cut`: a text is too long.
    """

    kind: RemarkKind
    name: str
    stop: str | None = None
    distance_m: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An itinerary that was made from a file, and what it did not take of it."""

    itinerary: Itinerary
    remarks: Sequence[Remark]


class NothingRecognisedError(InvalidError):
    """A file names no place that is known here; `remarks` tell which ones it names."""

    def __init__(self, remarks: Sequence[Remark]) -> None:
        names = ", ".join(remark.name for remark in remarks if remark.kind == "unknown")
        super().__init__(f"no stop was recognised in this file; it names: {names or 'no place'}")
        self.remarks = remarks


class FaultyDrawingError(InvalidError):
    """A file says something that no itinerary may say; `faults` tell what, by field."""

    def __init__(self, faults: Mapping[str, object]) -> None:
        super().__init__(f"no itinerary can say this: {faults}")
        self.faults = faults
