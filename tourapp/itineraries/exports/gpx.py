"""GPX 1.1: halts as waypoints and as a route, measured paths as tracks."""

from collections.abc import Iterator

from gpxpy.gpx import (
    GPX,
    GPXRoute,
    GPXRoutePoint,
    GPXTrack,
    GPXTrackPoint,
    GPXTrackSegment,
    GPXWaypoint,
)

from tourapp.itineraries.outline import Outlined, PlacedHalt
from tourapp.web.addresses import Addresses
from tourapp.web.wellformed import well_formed

CREATOR = "Le bassin minier, en marchant"


def gpx(outlined: Outlined, *, addresses: Addresses) -> bytes:
    """Return an itinerary as GPX 1.1 (https://www.topografix.com/GPX/1/1/)."""
    itinerary = outlined.itinerary
    written = GPX()
    written.creator = CREATOR
    written.name = itinerary.title
    written.description = itinerary.summary
    written.link = addresses.itinerary_page(itinerary.slug, lang=itinerary.lang)
    written.waypoints = [_waypoint(place, addresses, itinerary.lang) for place in outlined.places]
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
    if place.published is not None:
        waypoint.description = place.published.revision.lede
    return waypoint


def _tracks(outlined: Outlined) -> Iterator[GPXTrack]:
    for place in outlined.places:
        if place.path:
            track = GPXTrack(name=place.title)
            points = [GPXTrackPoint(*point.place, elevation=point.height_m) for point in place.path]
            track.segments = [GPXTrackSegment(points)]
            yield track
