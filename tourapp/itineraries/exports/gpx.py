"""GPX 1.1: halts as waypoints and as a route, known paths as tracks."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from gpxpy.gpx import (
    GPX,
    GPXRoute,
    GPXRoutePoint,
    GPXTrack,
    GPXTrackPoint,
    GPXTrackSegment,
    GPXWaypoint,
)

from tourapp.itineraries.drawings.content import NAMESPACE
from tourapp.itineraries.exports.told import told_halt, told_itinerary
from tourapp.itineraries.outline import Outlined, PlacedHalt
from tourapp.itineraries.paths import DrawnPath
from tourapp.web.addresses import Addresses
from tourapp.web.wellformed import well_formed

CREATOR = "Le bassin minier, en marchant"

_ESCAPED = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def gpx(outlined: Outlined, *, addresses: Addresses) -> bytes:
    """Return an itinerary as GPX 1.1 (https://www.topografix.com/GPX/1/1/)."""
    itinerary = outlined.itinerary
    written = GPX()
    written.creator = CREATOR
    written.name = itinerary.title
    written.description = itinerary.summary
    written.link = addresses.itinerary_page(itinerary.slug, lang=itinerary.lang)
    written.waypoints = [_waypoint(place, addresses, itinerary.lang) for place in outlined.places]
    written.nsmap["tour"] = NAMESPACE
    written.metadata_extensions = [_extension("itinerary", told_itinerary(itinerary))]
    route = GPXRoute(name=itinerary.title)
    route.points = [
        GPXRoutePoint(place.point.latitude, place.point.longitude, name=place.title)
        for place in outlined.places
    ]
    written.routes = [route]
    written.tracks = list(_tracks(outlined))
    return well_formed(written.to_xml(version="1.1")).encode()


def _waypoint(place: PlacedHalt, addresses: Addresses, lang: str) -> GPXWaypoint:
    waypoint = GPXWaypoint(
        place.point.latitude,
        place.point.longitude,
        name=f"{place.halt.position}. {place.title}",
    )
    if place.halt.stop is not None:
        page = addresses.stop_page(place.halt.stop.slug, lang=lang, variant=place.variant)
        waypoint.link = page  # type: ignore[assignment] # gpxpy types it by its default
    waypoint.extensions = [_extension("halt", told_halt(place))]
    if place.published is not None:
        waypoint.description = place.published.revision.lede
    return waypoint


def _tracks(outlined: Outlined) -> Iterator[GPXTrack]:
    for place in outlined.places:
        if place.source is not None:
            path = DrawnPath(place.path, place.source)
            track = numbered_track(place.halt.position, path, name=place.title)
            track.type = place.origin  # type: ignore[assignment] # gpxpy types it by its default
            yield track


def numbered_track(number: int, path: DrawnPath, *, name: str) -> GPXTrack:
    """Return a path as a track that bears the number of the halt to which it leads."""
    track = GPXTrack(name=name, number=number)
    track.source = path.source
    points = [GPXTrackPoint(*point.place, elevation=point.height_m) for point in path.points]
    track.segments = [GPXTrackSegment(points)]
    return track


def _extension(name: str, told: dict[str, Any]) -> Element:
    # gpxpy writes what stands in extensions as it is.
    written = {key: escape(str(value), _ESCAPED) for key, value in told.items()}
    return Element(f"{{{NAMESPACE}}}{name}", written)
