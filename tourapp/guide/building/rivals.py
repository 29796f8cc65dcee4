"""What somebody else has saved meanwhile, where it differs from what one writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tourapp.guide.building.forms import TOLD, told_values
from tourapp.guide.wording import FIELD_NAMES, chosen_name
from tourapp.itineraries.content import HaltContent, ItineraryContent
from tourapp.itineraries.outline import Outlined
from tourapp.itineraries.writing import content_of


@dataclass(frozen=True, slots=True)
class Rival:
    """A part of an itinerary as it is saved: its name, and the lines that it says."""

    name: str
    lines: tuple[str, ...]


def list_rivals(saved: Outlined, own: ItineraryContent) -> list[Rival]:
    """Return each part that is saved otherwise than one's `own` content has it."""
    content = content_of(saved.itinerary)
    theirs, mine = told_values(content), told_values(own)
    rivals = [
        Rival(FIELD_NAMES[name], (chosen_name(theirs[name]) or "(rien)",))
        for name in TOLD
        if theirs[name] != mine[name]
    ]
    if content.halts != own.halts:
        titles = [place.title for place in saved.places]
        rivals.append(Rival("Haltes", tuple(_halts(titles, content.halts))))
    return rivals


def _halts(titles: Sequence[str], halts: Sequence[HaltContent]) -> Iterator[str]:
    for place, (title, halt) in enumerate(zip(titles, halts, strict=True), 1):
        said = " · ".join(text for text in (halt.note, halt.question) if text)
        yield f"{place}. {title}, {halt.stay_min}\u202fmin" + (f" · {said}" if said else "")
