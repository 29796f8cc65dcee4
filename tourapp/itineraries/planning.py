"""An itinerary in time: when a group is where, and what overruns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tourapp.itineraries.route import (
    Measure,
    PaceName,
    Point,
    Transport,
    duration_s,
    estimate,
    measure,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A halt to be planned: where it is, how long one stays, and how one comes there.

    `path` is the way that was drawn or walked, where there is one.
    """

    place: Point
    stay_min: int
    transport: Transport
    path: Sequence[Point] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStage:
    """A halt in time, in seconds since the start. The first one is reached by no way."""

    way: Measure | None
    is_estimate: bool
    way_s: int
    arrives_s: int
    leaves_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All halts in time, and what they add up to."""

    stages: tuple[PlannedStage, ...]
    distance_m: int
    ascent_m: int | None
    descent_m: int | None
    moving_s: int
    total_s: int


def make_plan(stages: Sequence[Stage], *, pace: PaceName) -> Plan:
    """Return an itinerary in time, at a pace.

    Ascent and descent are those of the ways on foot or by bicycle, and known where each one's are.
    """
    planned = tuple(_planned(stages, pace))
    ways = [each.way for each in planned if each.way is not None]
    climbed = [
        each.way
        for stage, each in zip(stages, planned, strict=True)
        if each.way is not None and stage.transport != "bus"
    ]
    return Plan(
        stages=planned,
        distance_m=sum(way.distance_m for way in ways),
        ascent_m=_sum([way.ascent_m for way in climbed]),
        descent_m=_sum([way.descent_m for way in climbed]),
        moving_s=sum(each.way_s for each in planned),
        total_s=planned[-1].leaves_s if planned else 0,
    )


def _planned(stages: Sequence[Stage], pace: PaceName) -> Iterator[PlannedStage]:
    before: Stage | None = None
    leaves_s = 0
    for stage in stages:
        way = None if before is None else _way(before, stage)
        way_s = 0 if way is None else duration_s(way, stage.transport, pace)
        arrives_s = leaves_s + way_s
        leaves_s = arrives_s + stage.stay_min * 60
        yield PlannedStage(
            way=way,
            is_estimate=not stage.path,
            way_s=way_s,
            arrives_s=arrives_s,
            leaves_s=leaves_s,
        )
        before = stage


def _way(before: Stage, stage: Stage) -> Measure:
    if stage.path:
        return measure(stage.path)
    return estimate(before.place, stage.place, stage.transport)


def _sum(figures: Sequence[int | None]) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known and len(known) == len(figures) else None
