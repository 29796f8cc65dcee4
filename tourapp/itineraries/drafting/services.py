"""Making a draft itinerary from what a file draws; nothing is written where that fails."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor
from tourapp.itineraries.content import LONGEST, ItineraryContent
from tourapp.itineraries.drafting.content import (
    Draft,
    FaultyDrawingError,
    NothingRecognisedError,
    Remark,
)
from tourapp.itineraries.drafting.joining import join
from tourapp.itineraries.drafting.recognising import RecognisedHalt, recognise
from tourapp.itineraries.drawings.content import (
    MOST_MARKS,
    Drawing,
    Line,
    UnreadableDrawingError,
)
from tourapp.itineraries.paths import DrawnPath, simplified
from tourapp.itineraries.schemas import NewItinerarySchema, PathQuerySchema
from tourapp.itineraries.services import create_itinerary
from tourapp.itineraries.ways import redraw

_CUT = ("title", "summary")


def draft_itinerary(session: Session, drawing: Drawing, *, named: str, by: Actor) -> Draft:
    """Make a private itinerary from a file, with its halts, their times, and the paths between.

    `named` is its title, and where its paths come from, where the file itself does not say. Raises
    NothingRecognisedError, FaultyDrawingError, and UnreadableDrawingError for too many places.
    """
    if len(drawing.marks) > MOST_MARKS:
        message = f"more than {MOST_MARKS} places"
        raise UnreadableDrawingError(message, fault="too_many_marks")
    halts, remarks = recognise(session, drawing.marks)
    if not halts:
        raise NothingRecognisedError(remarks)
    told, cut = _told(drawing, named)
    content = _loaded(told, halts)
    joined, loose = join(drawing, halts)
    paths = {position: _path(line, named) for position, line in joined.items()}
    itinerary = create_itinerary(session, content, by=by)
    redraw(session, itinerary, paths)
    return Draft(itinerary, [*remarks, *loose, *cut])


def _told(drawing: Drawing, named: str) -> tuple[dict[str, Any], list[Remark]]:
    """Return what a file says of the whole; texts of other programs may have to be shortened."""
    if drawing.told is not None:
        return dict(drawing.told), []
    given = {"title": drawing.title or named, "summary": drawing.summary}
    cut = [Remark(kind="cut", name=name) for name in _CUT if len(given[name]) > LONGEST[name]]
    return {name: text[: LONGEST[name]].strip() for name, text in given.items()}, cut


def _loaded(told: Mapping[str, Any], halts: Sequence[RecognisedHalt]) -> ItineraryContent:
    given = {"summary": ""} | dict(told) | {"halts": [halt.given for halt in halts]}
    schema = NewItinerarySchema()
    if faults := schema.validate(given):
        raise FaultyDrawingError(faults)
    return ItineraryContent(**schema.load(given))


def _path(line: Line, named: str) -> DrawnPath:
    source = str(line.told.get("source") or line.name or named)
    if faults := PathQuerySchema().validate({"source": source}):
        raise FaultyDrawingError(faults)
    return DrawnPath(simplified(line.points), source)
