"""Which line of a file leads to which halt, pure."""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from tourapp.itineraries.drafting.content import Remark
from tourapp.itineraries.drafting.recognising import RecognisedHalt
from tourapp.itineraries.drawings.content import Drawing, Line
from tourapp.itineraries.paths import FAR_M, gaps

Place = tuple[float, float]


def join(drawing: Drawing, halts: Sequence[RecognisedHalt]) -> tuple[dict[int, Line], list[Remark]]:
    """Return the lines that lead from one halt to the next, by position, and what of the others.

    Our own files number them; any other line leads where it begins and ends.
    """
    numbered = _numbered(drawing, halts)
    marks = {mark.point.place for mark in drawing.marks}
    joined: dict[int, Line] = {}
    remarks: list[Remark] = []
    for line in _paths(drawing):
        number = numbered.get(str(line.told.get("number")))
        if line.told.get("origin") == "service":
            remarks.append(Remark(kind="reckoned", name=str(line.told.get("source") or "")))
        elif number is None and _is_straight(line, marks):
            continue
        elif position := number or _find(line, halts, joined):
            joined[position] = line
        else:
            remarks.append(Remark(kind="loose_path", name=line.name))
    return joined, list(dict.fromkeys(remarks))


def _paths(drawing: Drawing) -> Iterator[Line]:
    """Yield what somebody drew, walked or reckoned: whatever is no estimate."""
    yield from (line for line in drawing.tracks if line.told.get("origin") != "estimate")


def _numbered(drawing: Drawing, halts: Sequence[RecognisedHalt]) -> Mapping[str, int]:
    """Return the position of each halt by its number in our own file, unless the one before is out.

    Others number their tracks too, by an order of their own.
    """
    if drawing.told is None:
        return {}
    places = enumerate(pairwise(halts), 2)
    return {
        str(there.mark): position
        for position, (before, there) in places
        if there.mark == before.mark + 1
    }


def _is_straight(line: Line, marks: Container[Place]) -> bool:
    """Tell whether a line only joins two places that the file names, as maps draw an estimate."""
    return len(line.points) <= 2 and all(point.place in marks for point in line.points)  # noqa: PLR2004 -- two ends


def _find(line: Line, halts: Sequence[RecognisedHalt], joined: Container[int]) -> int | None:
    """Return the first halt that a line leads to from the one before."""
    for position, (before, there) in enumerate(pairwise(halts), 2):
        is_free = position not in joined and len(line.points) > 1
        if is_free and max(gaps(line.points, before.point, there.point)) <= FAR_M:
            return position
    return None
