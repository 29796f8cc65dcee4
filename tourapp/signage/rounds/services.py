"""Gathering a check round: the signs that want to be seen, why, and in which order."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from sqlalchemy.orm import Session

from tourapp.signage.models import Sign
from tourapp.signage.register.queries import SignQuery, list_signs
from tourapp.signage.reports.services import list_open_notes
from tourapp.signage.rounds.queries import list_scans
from tourapp.signage.rounds.silence import HISTORY, Silence, find_silence
from tourapp.signage.rounds.walking import walking_order
from tourapp.stops.distance import way_between

REASONS = ("damaged", "reported", "silent", "unchecked")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundQuery:
    """Which signs a round passes, one reason being enough; all that hang where none is given."""

    damaged: bool = False
    silent: bool = False
    unchecked_since: datetime | None = None
    near: tuple[float, float] | None = None

    @property
    def is_open(self) -> bool:
        """Whether every sign that hangs is passed."""
        return not (self.damaged or self.silent or self.unchecked_since)

    @property
    def reasons(self) -> frozenset[str]:
        """The reasons that are told of a sign."""
        if self.is_open:
            return frozenset(REASONS)
        asked = {
            "damaged": self.damaged,
            "reported": self.damaged,
            "silent": self.silent,
            "unchecked": self.unchecked_since is not None,
        }
        return frozenset(reason for reason, is_asked in asked.items() if is_asked)

    def is_unchecked(self, sign: Sign) -> bool:
        """Tell whether nobody has checked a sign since the day that is asked for, if one is."""
        if self.unchecked_since is None:
            return False
        return sign.checked_at is None or sign.checked_at < self.unchecked_since


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """A sign to be seen: why, what visitors said of it, and how far it is from the one before."""

    sign: Sign
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    silence: Silence | None
    distance_m: int | None = None


def list_silences(session: Session, signs: Iterable[Sign], *, today: date) -> dict[int, Silence]:
    """Return which of these signs are scanned far less than usual, by their ids."""
    scans = list_scans(session, since=today - HISTORY)
    all_scans: Counter[date] = Counter()
    for by_day in scans.values():
        all_scans.update(by_day)
    silences = {}
    for sign in signs:
        own = scans.get(sign.code, {})
        others = all_scans - Counter(own)
        hung_on = (sign.moved_at or sign.created_at).date()
        silence = find_silence(own, others, today=today, since=hung_on)
        if silence is not None:
            silences[sign.id] = silence
    return silences


def gather_round(session: Session, query: RoundQuery, *, today: date) -> list[Halt]:
    """Return the signs to be seen, in walking order."""
    signs = list_signs(session, SignQuery(states=("installed", "damaged")))
    silences = list_silences(session, signs, today=today)
    notes = list_open_notes(session, [sign.id for sign in signs])
    halts = [
        Halt(
            sign=sign,
            reasons=_reasons(sign, query, is_silent=sign.id in silences),
            notes=tuple(filter(None, notes.get(sign.id, []))),
            silence=silences.get(sign.id),
        )
        for sign in signs
    ]
    return _walked([halt for halt in halts if halt.reasons or query.is_open], near=query.near)


def _reasons(sign: Sign, query: RoundQuery, *, is_silent: bool) -> tuple[str, ...]:
    holds = {
        "damaged": sign.state == "damaged",
        "reported": bool(sign.open_reports),
        "silent": is_silent,
        "unchecked": query.is_unchecked(sign),
    }
    return tuple(reason for reason in REASONS if holds[reason] and reason in query.reasons)


def _walked(halts: list[Halt], *, near: tuple[float, float] | None) -> list[Halt]:
    order = walking_order([halt.sign.point for halt in halts], start=near)
    walked = [halts[index] for index in order]
    return walked[:1] + [
        replace(after, distance_m=way_between(before.sign.point, after.sign.point).distance_m)
        for before, after in pairwise(walked)
    ]
