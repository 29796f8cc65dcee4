"""The audience of a period: charts with tables beside, and sheets to take along."""

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import needs, viewing
from tourapp.attendance.queries import MOST_DAYS, add_up
from tourapp.attendance.schemas import sums_sheet
from tourapp.errors import InvalidError
from tourapp.staff.audience.queries import KINDS, PARTS, Period, sum_up, total
from tourapp.web.context import current_day, current_resources
from tourapp.web.frames import page

audience = Blueprint("audience", __name__, url_prefix="/bureau/frequentation")

_USUAL_DAYS = 30
_WRONG_PERIOD = (
    f"Donnez un premier et un dernier jour, dans cet ordre, et {MOST_DAYS} jours au plus."
)


@audience.get("")
@needs("audience:read")
def period() -> AnyResponse:
    """Show what was counted in a period, by day, hour, stop and language."""
    try:
        asked = _asked()
        with viewing() as view:
            summed = sum_up(view.session, asked, zone=_zone())
    except InvalidError:
        return _page(request.args, faults={"du": _WRONG_PERIOD})
    written = {"du": asked.first.isoformat(), "au": asked.last.isoformat()}
    return _page(written, summed=summed, totals=total(summed[0]))


@audience.get(f"/par-<any({', '.join(PARTS)}):part>.csv")
@needs("audience:read")
def sheet(part: str) -> AnyResponse:
    """Take the sums along as a sheet with a line for each; no cell is a formula."""
    query = _asked().by(next(each for each in PARTS if each == part))
    with viewing() as view:
        sums = add_up(view.session, query, zone=_zone())
    taken = Response(sums_sheet(sums.shown, query.by), content_type="text/csv; charset=utf-8")
    taken.headers["Content-Disposition"] = f"attachment; filename=frequentation-{part}.csv"
    return taken


def _asked() -> Period:
    last = _day("au", current_day())
    period = Period(_day("du", last - timedelta(days=_USUAL_DAYS - 1)), last)
    # Checked before any day is counted.
    period.by("day")
    return period


def _day(name: str, otherwise: date) -> date:
    written = request.args.get(name, "")
    try:
        return date.fromisoformat(written) if written else otherwise
    except ValueError as error:
        raise InvalidError(str(error)) from None


def _page(
    values: Mapping[str, str],
    *,
    faults: Mapping[str, str] | None = None,
    **shown: object,
) -> AnyResponse:
    return page(
        "audience.html",
        values=values,
        kinds=KINDS,
        parts=PARTS,
        faults=faults,
        **{"summed": [], "totals": {}} | shown,
    )


def _zone() -> ZoneInfo:
    return ZoneInfo(current_resources().settings.time_zone)
