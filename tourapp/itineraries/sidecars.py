"""The paths of an itinerary's file: a GPX beside it, a track for each way, in the order of halts.

A track's `<number>` is that of the halt to which it leads, its `<src>` says where it comes from.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path

from tourapp.itineraries.content import HaltContent
from tourapp.itineraries.drawings.content import Drawing, UnreadableDrawingError
from tourapp.itineraries.drawings.reading import read_drawing
from tourapp.itineraries.paths import DrawnPath, simplified
from tourapp.itineraries.schemas import PathQuerySchema
from tourapp.stops.source.faults import Fault, SourceError

_FEWEST_POINTS = 2


def read_sidecar(path: Path, *, halts: int) -> dict[int, DrawnPath]:
    """Return the paths beside an itinerary's file, by number; SourceError names every mistake."""
    if not path.exists():
        return {}
    file = path.read_bytes()
    try:
        drawing = read_drawing(file)
    except UnreadableDrawingError as error:
        raise SourceError([Fault(path.name, 1, str(error))]) from None
    if faults := list(_faults(path.name, file, drawing, halts)):
        raise SourceError(faults)
    return {
        int(track.told["number"]): DrawnPath(simplified(track.points), track.told["source"])
        for track in drawing.tracks
    }


def written_sidecar(paths: Mapping[int, DrawnPath], halts: Sequence[HaltContent]) -> str:
    """Return what stands beside an itinerary's file."""
    # Only who writes files needs it.
    from gpxpy.gpx import GPX  # noqa: PLC0415

    from tourapp.itineraries.exports.gpx import CREATOR, numbered_track  # noqa: PLC0415

    names = [halt.stop or (halt.spot and halt.spot.name) for halt in halts]
    gpx = GPX()
    gpx.creator = CREATOR
    gpx.tracks = [
        numbered_track(number, path, name=f"{names[number - 2]} – {names[number - 1]}")
        for number, path in sorted(paths.items())
    ]
    return f"{gpx.to_xml(version='1.1')}\n"


def _faults(name: str, file: bytes, drawing: Drawing, halts: int) -> Iterator[Fault]:
    lines = [file[: found.start()].count(b"\n") + 1 for found in re.finditer(rb"<trk\b", file)]
    numbers: set[str] = set()
    # Where tracks cannot be told apart by their bytes, the first line stands for theirs.
    for track, line in zip(drawing.tracks, chain(lines, repeat(1)), strict=False):
        number = track.told.get("number", "")
        if not (number.isdecimal() and _FEWEST_POINTS <= int(number) <= halts):
            yield Fault(name, line, f"number: expected that of a halt, 2 to {halts}")
        if number in numbers:
            yield Fault(name, line, f"number: {number} is that of another track")
        if PathQuerySchema().validate({"source": track.told.get("source")}):
            yield Fault(name, line, "src: expected where the path comes from")
        if len(track.points) < _FEWEST_POINTS:
            yield Fault(name, line, "expected at least two points")
        numbers.add(number)
