"""CSV after RFC 4180: a line a halt, with its times."""

import csv
from io import StringIO

from tourapp.itineraries.outline import Outlined

_HEADINGS = (
    "position",
    "title",
    "stop",
    "latitude",
    "longitude",
    "transport",
    "distance_m",
    "way_s",
    "arrives_s",
    "stay_min",
    "leaves_s",
)

# A spreadsheet would compute a text that begins with one of these (OWASP, CSV injection).
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_table(outlined: Outlined) -> bytes:
    """Return an itinerary as a table that any spreadsheet opens, accents included."""
    written = StringIO()
    table = csv.writer(written)
    table.writerow(_HEADINGS)
    for place, stage in zip(outlined.places, outlined.plan.stages, strict=True):
        halt = place.halt
        table.writerow(
            (
                halt.position,
                _harmless(place.title),
                "" if halt.stop is None else halt.stop.slug,
                place.point.latitude,
                place.point.longitude,
                halt.transport,
                "" if stage.way is None else stage.way.distance_m,
                stage.way_s,
                stage.arrives_s,
                halt.stay_min,
                stage.leaves_s,
            ),
        )
    return written.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULAS) else text
