"""A round past the signs that want to be seen: shown, and taken along as a file."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, json, request
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import needs, viewing
from tourapp.signage.rounds.exports import round_csv, round_document, round_gpx
from tourapp.signage.rounds.schemas import RoundSchema
from tourapp.signage.rounds.services import Halt, RoundQuery, gather_round
from tourapp.web.context import current_day, current_resources
from tourapp.web.frames import page

rounds = Blueprint("rounds", __name__, url_prefix="/bureau/panneaux")

FORMS = {"csv": "text/csv", "gpx": "application/gpx+xml", "geojson": "application/geo+json"}


@rounds.get("/tournee")
@needs("signs:manage")
def shown() -> AnyResponse:
    """Show the signs to be seen, in walking order, and why."""
    halts = _gathered()
    return page("round.html", halts=halts, asked=request.args, forms=FORMS)


@rounds.get(f"/tournee.<any({', '.join(FORMS)}):form>")
@needs("signs:manage")
def taken(form: str) -> AnyResponse:
    """Take the round along: a list for a table, a track for a phone, points for a map."""
    halts = _gathered()
    taken_along = Response(_written(halts, form), content_type=FORMS[form])
    taken_along.headers["Content-Disposition"] = f"attachment; filename=tournee.{form}"
    return taken_along


def _written(halts: Sequence[Halt], form: str) -> bytes:
    if form == "geojson":
        return json.dumps(RoundSchema().dump(round_document(halts))).encode()
    return round_csv(halts) if form == "csv" else round_gpx(halts)


def _gathered() -> Sequence[Halt]:
    asked = request.args
    query = RoundQuery(
        damaged="abimes" in asked,
        silent="muets" in asked,
        unchecked_since=_begin_of(asked.get("depuis", type=date.fromisoformat)),
    )
    with viewing() as view:
        return gather_round(view.session, query, today=current_day())


def _begin_of(day: date | None) -> datetime | None:
    zone = ZoneInfo(current_resources().settings.time_zone)
    return None if day is None else datetime.combine(day, time(), zone).astimezone(UTC)
