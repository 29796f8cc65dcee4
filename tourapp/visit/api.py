"""Published stops over HTTP."""

from typing import Any

from flask_smorest.pagination import PaginationParameters

from tourapp.stops.queries import StopQuery, count_published_stops
from tourapp.visit.documents import geojson_document, stop_document, summary_document
from tourapp.visit.schemas import (
    FeatureCollectionSchema,
    LanguageQuerySchema,
    StopQuerySchema,
    StopSchema,
    StopSummarySchema,
)
from tourapp.visit.services import get_visited, list_visited
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current_day, current_resources

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
    """List the stops by number, or the nearest first."""
    resources = current_resources()
    settings = resources.settings
    with resources.database.reading() as session:
        pagination_parameters.item_count = count = count_published_stops(session, query)
        visited = list_visited(
            session,
            query,
            engines=settings.engines,
            offset=min(pagination_parameters.first_item, count),
            limit=pagination_parameters.page_size,
        )
        addresses = Addresses(settings.public_url)
        today = current_day()
        return [summary_document(each, addresses=addresses, today=today) for each in visited]


@stops.get("/stops/<slug>")
@stops.etag
@stops.arguments(LanguageQuerySchema, location="query")
@stops.response(200, StopSchema)
def get_stop(query: dict[str, str], slug: str) -> dict[str, Any]:
    """Return a stop: its narrative, its sound, its place, its sign."""
    resources = current_resources()
    settings = resources.settings
    with resources.database.reading() as session:
        visited = get_visited(session, slug, lang=query["lang"], engines=settings.engines)
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
