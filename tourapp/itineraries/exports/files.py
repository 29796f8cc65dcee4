"""An itinerary as a file, in each of the forms that other programs read."""

import json
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from tourapp.errors import ConflictError
from tourapp.itineraries.exports.geojson import geojson, geotrek
from tourapp.itineraries.exports.kml import kml
from tourapp.itineraries.exports.table import csv_table
from tourapp.itineraries.outline import Outlined
from tourapp.web.addresses import Addresses

FileForm = Literal["gpx", "kml", "geojson", "geotrek.json", "csv", "ics"]

FILE_FORMS: dict[FileForm, str] = {
    "gpx": "application/gpx+xml",
    "kml": "application/vnd.google-earth.kml+xml",
    "geojson": "application/geo+json",
    "geotrek.json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
"""Every form, with its content type."""


def written_as(
    form: FileForm,
    outlined: Outlined,
    *,
    addresses: Addresses,
    starts_at: datetime,
    zone: ZoneInfo,
) -> bytes:
    """Return an itinerary in a form; a calendar's is walked at `starts_at`.

    Raises ConflictError for one without halts: there is nothing to write.
    """
    if not outlined.places:
        message = f"itinerary {outlined.itinerary.slug!r} has no halts yet"
        raise ConflictError(message)
    # Their libraries weigh something, and are seldom asked for.
    match form:
        case "gpx":
            from tourapp.itineraries.exports.gpx import gpx  # noqa: PLC0415

            return gpx(outlined, addresses=addresses)
        case "ics":
            from tourapp.itineraries.exports.ics import ics  # noqa: PLC0415

            return ics(outlined, starts_at=starts_at, zone=zone, addresses=addresses)
        case "kml":
            return kml(outlined, addresses=addresses)
        case "csv":
            return csv_table(outlined)
        case "geojson":
            return _json(geojson(outlined, addresses=addresses))
    return _json(geotrek(outlined, addresses=addresses))


def _json(document: dict[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()
