"""Published stops over HTTP."""

from typing import Any

from flask_smorest.pagination import PaginationParameters

from tourapp.stops.finding import Finder
from tourapp.stops.queries import StopQuery
from tourapp.visit.documents import geojson_document, stop_document, summary_document
from tourapp.visit.schemas import (
    FeatureCollectionSchema,
    LanguageQuerySchema,
    StopQuerySchema,
    StopSchema,
    StopSummarySchema,
    TellingQuerySchema,
)
from tourapp.visit.services import Slice, get_visited, list_page, list_visited
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current, current_day, current_resources

stops = ApiBlueprint("stops", __name__, url_prefix="/api/v1", description="Published stops")


@stops.get("/stops")
@stops.etag
@stops.arguments(StopQuerySchema, location="query")
@stops.response(200, StopSummarySchema(many=True))
@stops.paginate(page_size=20, max_page_size=100)
def list_stops(
    query: StopQuery,
    pagination_parameters: PaginationParameters,
) -> list[dict[str, Any]]:
    """List the stops by number, the nearest first, or those that say some words best first."""
    resources = current_resources()
    settings = resources.settings
    page = Slice(pagination_parameters.first_item, pagination_parameters.page_size)
    with resources.database.reading() as session:
        listed = list_page(
            session, query, finder=current(Finder), engines=settings.engines, page=page
        )
        pagination_parameters.item_count = listed.count
        addresses = Addresses(settings.public_url)
        today = current_day()
        return [summary_document(each, addresses=addresses, today=today) for each in listed.stops]


@stops.get("/stops/<slug>")
@stops.etag
@stops.arguments(TellingQuerySchema, location="query")
@stops.response(200, StopSchema)
def get_stop(query: dict[str, Any], slug: str) -> dict[str, Any]:
    """Return a stop: its narrative, its sound, its place, its sign."""
    resources = current_resources()
    settings = resources.settings
    with resources.database.reading() as session:
        visited = get_visited(session, slug, **query, engines=settings.engines)
        addresses = Addresses(settings.public_url)
        return stop_document(visited, addresses=addresses, today=current_day())


@stops.get("/stops.geojson")
@stops.etag
@stops.arguments(LanguageQuerySchema, location="query")
@stops.response(200, FeatureCollectionSchema, content_type="application/geo+json")
def get_geojson(query: dict[str, str]) -> dict[str, Any]:
    """Return every published stop as a point of a GeoJSON map."""
    resources = current_resources()
    settings = resources.settings
    with resources.database.reading() as session:
        visited = list_visited(session, StopQuery(lang=query["lang"]), engines=settings.engines)
        addresses = Addresses(settings.public_url)
        return geojson_document(visited, addresses=addresses, today=current_day())
