"""An itinerary with the paths that are known between its halts, as a file gives it whole."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from tourapp.itineraries.content import ItineraryContent
from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.paths import DrawnPath
from tourapp.itineraries.writing import content_of, paths_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnItinerary:
    """What an itinerary says, and its paths by the position of the halt to which each leads."""

    content: ItineraryContent
    paths: Mapping[int, DrawnPath] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A digest that changes with anything of it; without paths, that of what it says."""
        if not self.paths:
            return self.content.digest
        drawn = [
            [position, path.source, [list(point) for point in path.points]]
            for position, path in sorted(self.paths.items())
        ]
        return hashlib.sha256(json.dumps([self.content.digest, drawn]).encode()).hexdigest()


def drawn_itinerary(itinerary: Itinerary) -> DrawnItinerary:
    """Return an itinerary as the database has it."""
    return DrawnItinerary(content=content_of(itinerary), paths=paths_of(itinerary))
