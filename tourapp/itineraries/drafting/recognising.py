"""Which places of a file are stops: by what our own exports say, by an address, by nearness."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.errors import NotFoundError
from tourapp.itineraries.drafting.content import Remark, RemarkKind
from tourapp.itineraries.drawings.content import Mark
from tourapp.itineraries.route import Point
from tourapp.signage.services import get_sign
from tourapp.stops.distance import way_between
from tourapp.stops.former import find_renamed_stop
from tourapp.stops.models import Stop
from tourapp.stops.services import find_stop

_PAGE = re.compile(r"/[a-z]{2}/arrets/([a-z0-9-]+)")
_SIGN = re.compile(r"/q/([0-9a-z-]+)", re.IGNORECASE)

# A phone held over a sign knows where it is no better than this.
_LEAST_NEAR_M = 20

# Stops beyond are not even measured; none is known so badly.
_LOOKED_AROUND_DEG = 0.05

_TOLD = ("stay_min", "variant", "transport")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedHalt:
    """A halt as a schema loads it, where it is, and which place of the file it was."""

    given: dict[str, Any]
    point: Point
    mark: int


def recognise(session: Session, marks: Sequence[Mark]) -> tuple[list[RecognisedHalt], list[Remark]]:
    """Return the halts that a file names, in its order, and what is to be said of the others."""
    halts: list[RecognisedHalt] = []
    remarks: list[Remark] = []
    for number, mark in enumerate(marks, 1):
        if "spot" in mark.told:
            halts.append(_spot(mark, number))
        elif stop := _find_named(session, mark):
            halts.append(_halt(mark, number, stop))
        elif near := _find_near(session, mark):
            halts.append(_halt(mark, number, near))
            remarks.append(_remark("near", mark, near))
        else:
            remarks.append(_remark("unknown", mark))
    return halts, remarks


def _find_named(session: Session, mark: Mark) -> Stop | None:
    slugs = [found[1] for found in _PAGE.finditer(mark.words)]
    if isinstance(named := mark.told.get("stop"), str):
        slugs.insert(0, named)
    for slug in slugs:
        if stop := find_stop(session, slug) or find_renamed_stop(session, slug):
            return stop
    for code in _SIGN.finditer(mark.words):
        with suppress(NotFoundError):
            return get_sign(session, code[1]).stop
    return None


def _find_near(session: Session, mark: Mark) -> Stop | None:
    """Return the nearest stop that may stand there, as well as its place is known."""
    latitude, longitude = mark.point.place
    around = select(Stop).where(
        Stop.archived_at.is_(None),
        Stop.latitude.between(latitude - _LOOKED_AROUND_DEG, latitude + _LOOKED_AROUND_DEG),
        Stop.longitude.between(longitude - _LOOKED_AROUND_DEG, longitude + _LOOKED_AROUND_DEG),
    )
    stops = session.scalars(around.order_by(Stop.number)).all()
    close = [stop for stop in stops if _away_m(mark, stop) <= max(stop.accuracy_m, _LEAST_NEAR_M)]
    return min(close, key=lambda stop: _away_m(mark, stop), default=None)


def _away_m(mark: Mark, stop: Stop) -> int:
    return way_between(mark.point.place, (stop.latitude, stop.longitude)).distance_m


def _halt(mark: Mark, number: int, stop: Stop) -> RecognisedHalt:
    # Only our own exports name a stop; anybody may use the other words for something else.
    told = mark.told if "stop" in mark.told else {}
    given = {name: told[name] for name in _TOLD if name in told} | {"stop": stop.slug}
    return RecognisedHalt(given=given, point=Point(stop.latitude, stop.longitude), mark=number)


def _spot(mark: Mark, number: int) -> RecognisedHalt:
    latitude, longitude = mark.point.place
    spot = {"name": mark.told["spot"], "latitude": latitude, "longitude": longitude}
    given = {name: mark.told[name] for name in _TOLD if name in mark.told} | {"spot": spot}
    return RecognisedHalt(given=given, point=Point(latitude, longitude), mark=number)


def _remark(kind: RemarkKind, mark: Mark, stop: Stop | None = None) -> Remark:
    name = mark.name or f"{mark.point.latitude:.5f}, {mark.point.longitude:.5f}"
    if stop is None:
        return Remark(kind=kind, name=name)
    return Remark(kind=kind, name=name, stop=stop.slug, distance_m=_away_m(mark, stop))
