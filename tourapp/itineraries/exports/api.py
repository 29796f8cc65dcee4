"""Itineraries over HTTP, in the forms that other programs read; whoever may see one may take it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Response, jsonify

from tourapp.accounts.guards import welcoming
from tourapp.itineraries.api import WELCOMING, WRITE
from tourapp.itineraries.exports.geojson import geojson, geotrek
from tourapp.itineraries.exports.kml import kml
from tourapp.itineraries.exports.table import csv_table
from tourapp.itineraries.outline import Outlined, outline
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

_FILE = {"type": "string", "format": "binary"}


@itinerary_files.get("/<slug>.gpx")
@itinerary_files.doc(**WELCOMING)
@itinerary_files.response(200, _FILE, content_type="application/gpx+xml")
def get_gpx(slug: str) -> Response:
    """Return an itinerary as GPX 1.1: waypoints, a route, and the paths that are known."""
    from tourapp.itineraries.exports.gpx import gpx  # noqa: PLC0415 -- seldom asked for

    return _file(gpx(_outlined(slug), addresses=_addresses()), slug, "gpx")


@itinerary_files.get("/<slug>.kml")
@itinerary_files.doc(**WELCOMING)
@itinerary_files.response(200, _FILE, content_type="application/vnd.google-earth.kml+xml")
def get_kml(slug: str) -> Response:
    """Return an itinerary as KML 2.2."""
    return _file(kml(_outlined(slug), addresses=_addresses()), slug, "kml")


@itinerary_files.get("/<slug>.csv")
@itinerary_files.doc(**WELCOMING)
@itinerary_files.response(200, _FILE, content_type="text/csv; charset=utf-8")
def get_csv(slug: str) -> Response:
    """Return an itinerary as a table: a line a halt, with its times."""
    return _file(csv_table(_outlined(slug)), slug, "csv")


@itinerary_files.get("/<slug>.geojson")
@itinerary_files.doc(**WELCOMING)
@itinerary_files.response(200, {"type": "object"}, content_type="application/geo+json")
def get_geojson(slug: str) -> Response:
    """Return an itinerary as GeoJSON: halts as points, ways as lines."""
    return jsonify(geojson(_outlined(slug), addresses=_addresses()))


@itinerary_files.get("/<slug>.geotrek.json")
@itinerary_files.doc(**WELCOMING)
@itinerary_files.response(200, {"type": "object"}, content_type="application/json")
def get_geotrek(slug: str) -> Response:
    """Return an itinerary in the shape that Geotrek gives a trek."""
    return jsonify(geotrek(_outlined(slug), addresses=_addresses()))


@itinerary_files.get("/<slug>.ics")
@itinerary_files.doc(**WELCOMING)
@itinerary_files.arguments(StartQuerySchema, location="query")
@itinerary_files.response(200, _FILE, content_type="text/calendar; charset=utf-8")
def get_ics(query: dict[str, datetime], slug: str) -> Response:
    """Return an itinerary that is walked at `start` as iCalendar."""
    from tourapp.itineraries.exports.ics import ics  # noqa: PLC0415 -- as above

    zone = ZoneInfo(current_resources().settings.time_zone)
    written = ics(_outlined(slug), starts_at=query["start"], zone=zone, addresses=_addresses())
    return _file(written, slug, "ics")


def _outlined(slug: str) -> Outlined:
    with welcoming(WRITE) as (session, viewer):
        return outline(session, get_itinerary(session, slug, viewer=viewer))


def _addresses() -> Addresses:
    return Addresses(current_resources().settings.public_url)


def _file(written: bytes, slug: str, suffix: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{slug}.{suffix}"'}
    return Response(written, headers=disposition)
