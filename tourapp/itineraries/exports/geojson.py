"""GeoJSON after RFC 7946, and the shape that Geotrek gives a trek."""

from collections.abc import Sequence
from typing import Any

from tourapp.itineraries.exports.lines import line_to
from tourapp.itineraries.exports.told import told_halt, told_itinerary, told_way
from tourapp.itineraries.outline import Outlined, PlacedHalt
from tourapp.itineraries.route import Point
from tourapp.web.addresses import Addresses

# Geotrek counts difficulties from the easiest on (https://geotrek.readthedocs.io).
_GEOTREK_DIFFICULTIES = {"easy": 1, "moderate": 2, "hard": 3}


def geojson(outlined: Outlined, *, addresses: Addresses) -> dict[str, Any]:
    """Return halts as points and ways as lines; longitude first, then latitude."""
    places = outlined.places
    halts = [_halt(place, addresses, outlined.itinerary.lang) for place in places]
    ways = [_way(outlined, number) for number in range(1, len(places))]
    return {
        "type": "FeatureCollection",
        "itinerary": told_itinerary(outlined.itinerary),
        "features": [*halts, *ways],
    }


def geotrek(outlined: Outlined, *, addresses: Addresses) -> dict[str, Any]:
    """Return an itinerary with the fields of a trek of Geotrek's API, version 2."""
    itinerary, plan = outlined.itinerary, outlined.plan
    whole = [
        point
        for before, place in zip(outlined.places, outlined.places[1:], strict=False)
        for point in line_to(before, place)
    ]
    first, last = outlined.places[0], outlined.places[-1]
    return {
        "uuid": itinerary.slug,
        "url": addresses.itinerary_page(itinerary.slug, lang=itinerary.lang),
        "name": {itinerary.lang: itinerary.title},
        "description_teaser": {itinerary.lang: itinerary.summary},
        "themes": [itinerary.theme] if itinerary.theme else [],
        "accessibilities": [itinerary.accessibility] if itinerary.accessibility else [],
        "difficulty": _GEOTREK_DIFFICULTIES[itinerary.difficulty],
        "departure": {itinerary.lang: first.title},
        "arrival": {itinerary.lang: last.title},
        "duration": round(plan.total_s / 3600, 2),
        "length_2d": float(plan.distance_m),
        "ascent": plan.ascent_m,
        "descent": plan.descent_m,
        # A line has two points, at least (RFC 7946, 3.1.4).
        "geometry": _line(whole) if whole else None,
        "points_reference": {
            "type": "MultiPoint",
            "coordinates": [_written(place.point) for place in outlined.places],
        },
    }


def _halt(place: PlacedHalt, addresses: Addresses, lang: str) -> dict[str, Any]:
    stop = place.halt.stop
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": _written(place.point)},
        "properties": told_halt(place)
        | {
            "position": place.halt.position,
            "title": place.title,
            "url": stop and addresses.stop_page(stop.slug, lang=lang, variant=place.variant),
        },
    }


def _way(outlined: Outlined, number: int) -> dict[str, Any]:
    place, stage = outlined.places[number], outlined.plan.stages[number]
    line = line_to(outlined.places[number - 1], place)
    return {
        "type": "Feature",
        "geometry": _line(line),
        "properties": told_way(place)
        | {
            "to_position": place.halt.position,
            "transport": place.halt.transport,
            "distance_m": stage.way and stage.way.distance_m,
            "duration_s": stage.way_s,
            "is_estimate": stage.is_estimate,
        },
    }


def _line(points: Sequence[Point]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [_written(point) for point in points]}


def _written(point: Point) -> list[float]:
    place = [point.longitude, point.latitude]
    return place if point.height_m is None else [*place, point.height_m]
