"""Itineraries over HTTP, in the forms that other programs read; whoever may see one may take it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Response

from tourapp.accounts.guards import WELCOMING, welcoming
from tourapp.itineraries.api import WRITE
from tourapp.itineraries.exports.files import FILE_FORMS, FileForm, written_as
from tourapp.itineraries.outline import outline
from tourapp.itineraries.queries import get_itinerary
from tourapp.itineraries.schemas import StartQuerySchema
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current_resources

itinerary_files = ApiBlueprint(
    "itinerary_files",
    __name__,
    url_prefix="/api/v1/itineraries",
    description="Itineraries for other programs",
)

# Only a calendar tells when an itinerary is walked.
_NO_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)

_FILE = {"type": "string", "format": "binary"}


@itinerary_files.get("/<slug>.gpx")
@itinerary_files.doc(**WELCOMING)
@itinerary_files.response(200, _FILE, content_type="application/gpx+xml")
def get_gpx(slug: str) -> Response:
    """Return an itinerary as GPX 1.1: waypoints, a route, and the paths that are known."""
    return _file(slug, "gpx")


@itinerary_files.get("/<slug>.kml")
@itinerary_files.doc(**WELCOMING)
@itinerary_files.response(200, _FILE, content_type="application/vnd.google-earth.kml+xml")
def get_kml(slug: str) -> Response:
    """Return an itinerary as KML 2.2."""
    return _file(slug, "kml")


@itinerary_files.get("/<slug>.csv")
@itinerary_files.doc(**WELCOMING)
@itinerary_files.response(200, _FILE, content_type="text/csv; charset=utf-8")
def get_csv(slug: str) -> Response:
    """Return an itinerary as a table: a line a halt, with its times."""
    return _file(slug, "csv")


@itinerary_files.get("/<slug>.geojson")
@itinerary_files.doc(**WELCOMING)
@itinerary_files.response(200, {"type": "object"}, content_type="application/geo+json")
def get_geojson(slug: str) -> Response:
    """Return an itinerary as GeoJSON: halts as points, ways as lines."""
    return _file(slug, "geojson", disposition="inline")


@itinerary_files.get("/<slug>.geotrek.json")
@itinerary_files.doc(**WELCOMING)
@itinerary_files.response(200, {"type": "object"}, content_type="application/json")
def get_geotrek(slug: str) -> Response:
    """Return an itinerary in the shape that Geotrek gives a trek."""
    return _file(slug, "geotrek.json", disposition="inline")


@itinerary_files.get("/<slug>.ics")
@itinerary_files.doc(**WELCOMING)
@itinerary_files.arguments(StartQuerySchema, location="query")
@itinerary_files.response(200, _FILE, content_type="text/calendar; charset=utf-8")
def get_ics(query: dict[str, datetime], slug: str) -> Response:
    """Return an itinerary that is walked at `start` as iCalendar."""
    return _file(slug, "ics", starts_at=query["start"])


def _file(
    slug: str,
    form: FileForm,
    *,
    disposition: str = "attachment",
    starts_at: datetime = _NO_MOMENT,
) -> Response:
    settings = current_resources().settings
    with welcoming(WRITE) as (session, viewer):
        outlined = outline(session, get_itinerary(session, slug, viewer=viewer))
    written = written_as(
        form,
        outlined,
        addresses=Addresses(settings.public_url),
        starts_at=starts_at,
        zone=ZoneInfo(settings.time_zone),
    )
    headers = {"Content-Disposition": f'{disposition}; filename="{slug}.{form}"'}
    return Response(written, headers=headers, content_type=FILE_FORMS[form])
