"""Check rounds over HTTP: a list, a track for a phone, a map."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Response

from tourapp.accounts.guards import GUARDED, looking
from tourapp.signage.register.api import PERMISSION
from tourapp.signage.rounds.exports import round_csv, round_document, round_gpx
from tourapp.signage.rounds.schemas import RoundQuerySchema, RoundSchema
from tourapp.signage.rounds.services import RoundQuery, gather_round
from tourapp.web.api import ApiBlueprint

rounds = ApiBlueprint(
    "rounds",
    __name__,
    url_prefix="/api/v1/signs",
    description="Check rounds past the signs, with a token",
)


@rounds.get("/round.geojson")
@rounds.doc(**GUARDED)
@rounds.arguments(RoundQuerySchema, location="query")
@rounds.response(200, RoundSchema, content_type="application/geo+json")
def get_round_geojson(query: RoundQuery) -> dict[str, Any]:
    """Return the signs to be seen as points of a map, in walking order."""
    with looking(PERMISSION) as look:
        return round_document(gather_round(look.session, query, today=_today()))


@rounds.get("/round.gpx")
@rounds.doc(**GUARDED)
@rounds.arguments(RoundQuerySchema, location="query")
@rounds.response(200, {"type": "string"}, content_type="application/gpx+xml")
def get_round_gpx(query: RoundQuery) -> Response:
    """Return the signs to be seen as waypoints and a route, for a phone or a receiver."""
    with looking(PERMISSION) as look:
        halts = gather_round(look.session, query, today=_today())
        return Response(round_gpx(halts), content_type="application/gpx+xml")


@rounds.get("/round.csv")
@rounds.doc(**GUARDED)
@rounds.arguments(RoundQuerySchema, location="query")
@rounds.response(200, {"type": "string"}, content_type="text/csv")
def get_round_csv(query: RoundQuery) -> Response:
    """Return the signs to be seen as a list, in French."""
    with looking(PERMISSION) as look:
        halts = gather_round(look.session, query, today=_today())
        return Response(round_csv(halts), content_type="text/csv")


def _today() -> date:
    return datetime.now(UTC).date()
