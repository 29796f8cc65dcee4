"""KML 2.2: halts as places, ways as lines."""

from typing import Any
from xml.etree import ElementTree as ET

from tourapp.itineraries.drawings.content import NAMESPACE
from tourapp.itineraries.exports.lines import line_to
from tourapp.itineraries.exports.told import told_halt, told_itinerary, told_way
from tourapp.itineraries.outline import Outlined, PlacedHalt
from tourapp.itineraries.route import Point
from tourapp.web.addresses import Addresses
from tourapp.web.wellformed import well_formed

_NAMESPACE = "http://www.opengis.net/kml/2.2"


def kml(outlined: Outlined, *, addresses: Addresses) -> bytes:
    """Return an itinerary as KML 2.2 (OGC 07-147r2)."""
    itinerary = outlined.itinerary
    root = ET.Element("kml", {"xmlns": _NAMESPACE, "xmlns:tour": NAMESPACE})
    document = ET.SubElement(root, "Document")
    _say(document, "name", itinerary.title)
    _say(document, "description", itinerary.summary)
    _tell(document, "itinerary", told_itinerary(itinerary))
    for place in outlined.places:
        _add_halt(document, place, addresses=addresses, lang=itinerary.lang)
    for before, place in zip(outlined.places, outlined.places[1:], strict=False):
        _add_way(document, before, place)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _add_halt(document: ET.Element, place: PlacedHalt, *, addresses: Addresses, lang: str) -> None:
    mark = ET.SubElement(document, "Placemark")
    _say(mark, "name", f"{place.halt.position}. {place.title}")
    if place.halt.stop is not None:
        page = addresses.stop_page(place.halt.stop.slug, lang=lang, variant=place.variant)
        _say(mark, "description", page)
    _tell(mark, "halt", told_halt(place))
    _say(ET.SubElement(mark, "Point"), "coordinates", _written([place.point]))


def _add_way(document: ET.Element, before: PlacedHalt, place: PlacedHalt) -> None:
    mark = ET.SubElement(document, "Placemark")
    _say(mark, "name", f"{before.title} – {place.title}")
    _tell(mark, "way", told_way(place))
    _say(ET.SubElement(mark, "LineString"), "coordinates", _written(line_to(before, place)))


def _say(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = well_formed(text)


def _tell(parent: ET.Element, name: str, told: dict[str, Any]) -> None:
    written = {key: well_formed(str(value)) for key, value in told.items()}
    ET.SubElement(ET.SubElement(parent, "ExtendedData"), f"tour:{name}", written)


def _written(points: list[Point]) -> str:
    return " ".join(
        ",".join(map(str, (point.longitude, point.latitude, point.height_m)[: _count(point)]))
        for point in points
    )


def _count(point: Point) -> int:
    return 2 if point.height_m is None else 3
