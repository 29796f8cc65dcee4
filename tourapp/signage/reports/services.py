"""Reports of damaged signs: told by anybody, read and closed by staff.

A report changes nothing of the sign: somebody goes there and looks.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager

from tourapp.accounts.services import Actor, record
from tourapp.db import insert_into
from tourapp.errors import ExceededError, NotFoundError
from tourapp.signage.models import Sign, SignReport
from tourapp.signage.services import get_leading_sign
from tourapp.stops.models import Stop

LONGEST_NOTE = 280

MOST_A_DAY = 20
"""How many different notes a sign takes in a day: more is no help, and may be mischief."""

_UNTIL_TOMORROW_S = 3600.0

_NEWEST_FIRST = (SignReport.reported_on.desc(), SignReport.id.desc())

_SAME = ["sign_id", "reported_on", "note"]


def report_damage(session: Session, typed: str, *, note: str, now: datetime) -> Sign:
    """Note that a sign is said to be damaged; the same said again on that day counts once.

    One that was closed is opened again: whoever stands there knows better. Raises UnknownSignError,
    RetiredSignError, or ExceededError where too many notes were left on that day.
    """
    sign = get_leading_sign(session, typed)
    today = {"sign_id": sign.id, "reported_on": now.date()}
    said_today = select(func.count(SignReport.id)).filter_by(**today)
    if note and (session.scalar(said_today) or 0) >= MOST_A_DAY:
        message = f"enough was said today of sign {sign.code}"
        raise ExceededError(message, retry_after_s=_UNTIL_TOMORROW_S)
    opened = {"closed_at": None, "closed_by": None}
    insert = insert_into(session, SignReport).values(**today, note=note, **opened)
    session.execute(insert.on_conflict_do_update(index_elements=_SAME, set_=opened))
    return sign


def list_reports(
    session: Session,
    *,
    closed: bool,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[SignReport]:
    """Return reports that are open, or those that are closed, the newest first."""
    chosen = _chosen(closed=closed).join(SignReport.sign).join(Stop, Stop.id == Sign.stop_id)
    whole = contains_eager(SignReport.sign).contains_eager(Sign.stop)
    ordered = chosen.options(whole).order_by(*_NEWEST_FIRST)
    return session.scalars(ordered.offset(offset).limit(limit)).all()


def list_reports_of(session: Session, sign: Sign) -> Sequence[SignReport]:
    """Return what was said of a sign and not closed yet, the newest first."""
    of_sign = _chosen(closed=False).where(SignReport.sign_id == sign.id)
    return session.scalars(of_sign.order_by(*_NEWEST_FIRST)).all()


def count_reports(session: Session, *, closed: bool) -> int:
    """Return how many reports there are of either kind."""
    return session.scalar(_chosen(closed=closed).with_only_columns(func.count(SignReport.id))) or 0


def list_open_notes(session: Session, sign_ids: Collection[int]) -> dict[int, list[str]]:
    """Return what was said of each sign and not closed yet, the newest first."""
    open_ones = _chosen(closed=False).where(SignReport.sign_id.in_(sign_ids))
    notes: defaultdict[int, list[str]] = defaultdict(list)
    for report in session.scalars(open_ones.order_by(*_NEWEST_FIRST)):
        notes[report.sign_id].append(report.note)
    return dict(notes)


def close_report(session: Session, report_id: int, *, by: Actor) -> SignReport:
    """Note that a report was seen to; NotFoundError. One that is closed stays as it is."""
    report = session.get(SignReport, report_id, with_for_update=True)
    if report is None:
        message = f"no report {report_id}"
        raise NotFoundError(message)
    if report.closed_at is None:
        report.closed_at, report.closed_by = by.at, by.who
        record(session, by, "sign.report.close", report.sign.code, note=report.note)
    return report


def _chosen(*, closed: bool) -> Select[SignReport]:
    is_closed = SignReport.closed_at.is_not(None)
    return select(SignReport).where(is_closed if closed else ~is_closed)
