"""The audience over HTTP: what players tell, and the sums that staff read."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, request
from flask_smorest.pagination import PaginationParameters

from tourapp.accounts.guards import GUARDED, looking
from tourapp.attendance.queries import AudienceQuery, add_up
from tourapp.attendance.schemas import AudienceQuerySchema, AudienceSchema, PlaySchema, sums_sheet
from tourapp.audience.people import is_visitor
from tourapp.audience.tally import Tally
from tourapp.stops.services import get_stop_once_called
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current, current_day, current_resources
from tourapp.web.posts import refuse_elsewhere

audience = ApiBlueprint(
    "audience",
    __name__,
    url_prefix="/api/v1",
    description="How often signs, pages and sounds are opened, and nothing about by whom",
)

_USUAL_DAYS = 30
_MOST_ROWS = 1000


@audience.post("/plays")
@audience.arguments(PlaySchema)
@audience.response(204)
def post_play(play: dict[str, Any]) -> Response:
    """Count a sound that begins or that was heard to its end; only a page of this site tells."""
    refuse_elsewhere()
    with current_resources().database.reading() as session:
        stop = get_stop_once_called(session, play["stop"])
    if is_visitor(request.environ):
        page = Addresses().stop_page(stop.slug, lang=play["lang"])
        tally = current(Tally)
        tally.add(tally.number(play["kind"], page, lang=play["lang"]))
    return Response(status=HTTPStatus.NO_CONTENT)


@audience.get("/audience")
@audience.doc(**GUARDED)
@audience.arguments(AudienceQuerySchema, location="query")
@audience.response(200, AudienceSchema(many=True))
@audience.paginate(page_size=100, max_page_size=_MOST_ROWS)
def get_audience(
    asked: dict[str, Any],
    pagination_parameters: PaginationParameters,
) -> list[dict[str, Any]]:
    """Add up scans, pages and plays by what is asked for, in days of the visitors' zone."""
    return _sums(_query(asked), pagination_parameters)


@audience.get("/audience.csv")
@audience.doc(**GUARDED)
@audience.arguments(AudienceQuerySchema, location="query")
@audience.response(200, {"type": "string"}, content_type="text/csv; charset=utf-8")
@audience.paginate(page_size=_MOST_ROWS, max_page_size=_MOST_ROWS)
def get_audience_sheet(
    asked: dict[str, Any],
    pagination_parameters: PaginationParameters,
) -> Response:
    """Add up as above, as a sheet with a line for each sum; no cell is a formula."""
    query = _query(asked)
    sums = _sums(query, pagination_parameters)
    sheet = Response(sums_sheet(sums, query.by), content_type="text/csv; charset=utf-8")
    sheet.headers["Content-Disposition"] = "attachment; filename=audience.csv"
    return sheet


def _sums(query: AudienceQuery, pages: PaginationParameters) -> list[dict[str, Any]]:
    zone = ZoneInfo(current_resources().settings.time_zone)
    with looking("audience:read") as look:
        sums = add_up(
            look.session, query, zone=zone, offset=pages.first_item, limit=pages.page_size
        )
    pages.item_count = sums.count
    return sums.shown


def _query(asked: dict[str, Any]) -> AudienceQuery:
    last: date = asked.get("last") or current_day()
    first: date = asked.get("first") or last - timedelta(days=_USUAL_DAYS - 1)
    return AudienceQuery(first=first, last=last, by=tuple(asked["by"]))
