"""A file of one of three kinds, read by what it begins with."""

from xml.etree import ElementTree as ET

from tourapp.itineraries.drawings.content import (
    LONGEST_FILE_BYTES,
    Drawing,
    UnreadableDrawingError,
)
from tourapp.itineraries.drawings.geojson import read_geojson
from tourapp.itineraries.drawings.xml import read_xml


def read_drawing(file: bytes) -> Drawing:
    """Return what a GPX, KML or GeoJSON file holds, or raise UnreadableDrawingError.

    XML is read as it streams by, without a tree; JSON is counted before it is read. So the memory
    that a file takes is bounded, whatever it holds.
    """
    if len(file) > LONGEST_FILE_BYTES:
        message = f"expected at most {LONGEST_FILE_BYTES // 1_000_000} MB, got {len(file)} bytes"
        raise UnreadableDrawingError(message, fault="too_large")
    read = read_geojson if file.lstrip()[:1] == b"{" else read_xml
    try:
        return read(file)
    except (
        ValueError,
        TypeError,
        AttributeError,
        LookupError,
        RecursionError,
        ET.ParseError,
    ) as error:
        message = f"expected GPX, KML or GeoJSON, got something else: {error}"
        raise UnreadableDrawingError(message, fault="other_kind") from None
