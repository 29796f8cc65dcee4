"""What the builder's template is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from sqlalchemy.orm import Session

from tourapp.guide.building.forms import Row, halt_rows, told_values
from tourapp.guide.queries import list_candidates, list_titles
from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.ordering import propose_order
from tourapp.itineraries.outline import Outlined, outline
from tourapp.itineraries.planning import PlannedStage
from tourapp.itineraries.route import PaceName, Point
from tourapp.itineraries.writing import content_of
from tourapp.stops.distance import way_between
from tourapp.stops.finding import Finder
from tourapp.stops.queries import PublishedStop
from tourapp.visit.touring.mapping import DrawnMap, drawn_map

_MAPPED_WITHIN_M = 6000
"""How far from the last halt a stop may be to stand on the map: a whole basin would be a blur."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHalt:
    """A halt as it is written; `stage` tells its times once it is saved so."""

    place: int
    written: Row
    number: int | None
    title: str
    stage: PlannedStage | None
    source: str | None
    is_routed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stop that may be added."""

    published: PublishedStop
    away_m: int | None
    places: tuple[int, ...]
    at: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Total:
    """How long the whole takes at a pace, and by how much it overruns."""

    pace: PaceName
    total_s: int
    overruns_s: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A shorter order of the halts, which nobody has to take."""

    places: tuple[int, ...]
    titles: tuple[str, ...]
    gain_m: int

    @property
    def key(self) -> str:
        """The key of the builder that applies it."""
        return f"order:{','.join(map(str, self.places))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The builder's page: what is written, and `outlined` what is saved."""

    itinerary: Itinerary
    values: Row
    halts: tuple[ShownHalt, ...]
    outlined: Outlined
    is_saved: bool
    can_be_undone: bool
    totals: tuple[Total, ...]
    candidates: tuple[Candidate, ...]
    map: DrawnMap | None
    words: str

    @property
    def comes_back(self) -> bool:
        """Whether the last halt is where the first one is."""
        first, last = self.halts[0].written, self.halts[-1].written
        return all(first[name] == last[name] for name in ("stop", "latitude", "longitude"))


def make_board(
    session: Session,
    itinerary: Itinerary,
    finder: Finder,
    *,
    words: str = "",
    written: tuple[Row, Sequence[Row]] | None = None,
) -> Board:
    """Return the builder of an itinerary: as it is saved, or as somebody has `written` it."""
    outlined = outline(session, itinerary)
    content = content_of(itinerary)
    values, rows = written or (told_values(content), halt_rows(content.halts))
    last = outlined.places[-1].point if outlined.places else None
    found = list_candidates(
        session, finder, lang=itinerary.lang, words=words, near=last and last.place
    )
    drawn = _drawn(outlined, found, last)
    titles = list_titles(session, [row["stop"] for row in rows], lang=itinerary.lang)
    return Board(
        itinerary=itinerary,
        values=values,
        halts=tuple(_halts(rows, titles, None if written else outlined)),
        outlined=outlined,
        is_saved=written is None,
        can_be_undone=bool(itinerary.former),
        totals=tuple(_total(outlined, pace) for pace in get_args(PaceName)),
        candidates=_candidates(found, rows, drawn, last),
        map=drawn,
        words=words,
    )


def make_offer(outlined: Outlined) -> Offer:
    """Return the shorter order that there is, or the present one, with nothing gained."""
    places = outlined.places
    proposal = propose_order([each.point.place for each in places])
    return Offer(
        tuple(index + 1 for index in proposal.order),
        tuple(places[index].title for index in proposal.order),
        proposal.gain_m,
    )


def _halts(
    rows: Sequence[Row],
    titles: dict[str, tuple[int, str]],
    outlined: Outlined | None,
) -> list[ShownHalt]:
    shown = []
    for index, row in enumerate(rows):
        number, title = titles.get(row["stop"], (None, row["spot_name"] or row["stop"]))
        stage = None if outlined is None else outlined.plan.stages[index]
        place = None if outlined is None else outlined.places[index]
        shown.append(
            ShownHalt(
                place=index + 1,
                written=row,
                number=number,
                title=title,
                stage=stage,
                source=None if place is None else place.source,
                is_routed=place is not None and place.is_routed,
            )
        )
    return shown


def _candidates(
    found: Sequence[PublishedStop],
    rows: Sequence[Row],
    drawn: DrawnMap | None,
    last: Point | None,
) -> tuple[Candidate, ...]:
    spots = {} if drawn is None else drawn.beside
    return tuple(
        Candidate(
            published=each,
            away_m=None if last is None else way_between(last.place, _place(each)).distance_m,
            places=tuple(
                place for place, row in enumerate(rows, 1) if row["stop"] == each.stop.slug
            ),
            at=spots.get(Point(*_place(each))),
        )
        for each in found
    )


def _drawn(
    outlined: Outlined, found: Sequence[PublishedStop], last: Point | None
) -> DrawnMap | None:
    near = [
        Point(*_place(each))
        for each in found
        if last is None or way_between(last.place, _place(each)).distance_m <= _MAPPED_WITHIN_M
    ]
    if not near and last is None:
        return None
    return drawn_map(outlined.places, beside=near)


def _total(outlined: Outlined, pace: PaceName) -> Total:
    paced = outlined.at_pace(pace)
    return Total(pace, paced.plan.total_s, paced.overruns_s)


def _place(published: PublishedStop) -> tuple[float, float]:
    return published.stop.latitude, published.stop.longitude
