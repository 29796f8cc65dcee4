"""What the page of a walk shows while it is led."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta

from tourapp.itineraries.walks.models import Walk, WalkHalt
from tourapp.signage.qr import qr_svg
from tourapp.web.addresses import Addresses

_MINUTE_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWalk:
    """A walk in its guide's hand; `elapsed_s` and `planned_s` count from its true start.

    `late_min` is how much later than planned the group is, less than nothing where it is ahead.
    """

    walk: Walk
    joined: int
    told: WalkHalt | None
    elapsed_s: int
    planned_s: int
    late_min: int
    code: str
    join_url: str
    qr: str


def shown_walk(walk: Walk, *, joined: int, now: datetime, public_url: str) -> ShownWalk:
    """Return a walk as its guide needs it at a moment."""
    elapsed = (walk.ended_at or now) - (walk.started_at or now)
    planned_s = _planned_s(walk)
    url = Addresses(public_url).walk(walk.code or "")
    return ShownWalk(
        walk=walk,
        joined=joined,
        told=walk.current if walk.state == "at" else walk.following,
        elapsed_s=round(elapsed.total_seconds()),
        planned_s=planned_s,
        late_min=_late_min(walk, elapsed, planned_s),
        code=walk.code or "",
        join_url=url,
        # All in capitals, so that it stays small: read from one phone by another.
        qr=_picture(url.upper()) if walk.code else "",
    )


def _planned_s(walk: Walk) -> int:
    """Return when the next thing should happen: leaving this halt, or reaching the next."""
    if walk.state == "at" and walk.current is not None:
        return walk.current.leaves_s
    return walk.halts[-1].leaves_s if walk.following is None else walk.following.arrives_s


def _late_min(walk: Walk, elapsed: timedelta, planned_s: int) -> int:
    if walk.started_at is None:
        return 0
    return round((elapsed.total_seconds() - planned_s) / _MINUTE_S)


def _picture(url: str) -> str:
    drawn = base64.b64encode(qr_svg(url)).decode()
    return f"data:image/svg+xml;base64,{drawn}"
