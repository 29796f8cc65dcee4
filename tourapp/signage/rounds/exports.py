"""A check round as a list for a table, as GPX for a phone, and as GeoJSON for a map."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Any

from gpxpy.gpx import GPX, GPXRoute, GPXRoutePoint, GPXWaypoint

from tourapp.signage.models import Sign
from tourapp.signage.rounds.services import Halt
from tourapp.web.wellformed import well_formed

NAME = "Tournée des panneaux"

_COLUMNS = (
    "ordre", "panneau", "arrêt", "nom", "emplacement", "support", "état", "raisons",
    "signalements", "note", "dernier contrôle", "latitude", "longitude", "distance (m)",
)  # fmt: skip

STATE_NAMES = {
    "planned": "prévu",
    "printed": "imprimé",
    "installed": "posé",
    "damaged": "abîmé",
    "removed": "déposé",
}

REASON_NAMES = {
    "damaged": "abîmé",
    "reported": "signalé",
    "silent": "muet",
    "unchecked": "à contrôler",
}

_OWN = ("code", "place", "support", "note", "state", "checked_at")

# A table would compute what begins so; a visitor's note is no formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def round_csv(halts: Sequence[Halt]) -> bytes:
    """Return the round as a list that French spreadsheets open: UTF-8 with a mark, semicolons."""
    table = StringIO()
    writer = csv.writer(table, delimiter=";", lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for number, halt in enumerate(halts, 1):
        writer.writerow(map(_harmless, _row(number, halt)))
    return table.getvalue().encode("utf-8-sig")


def round_gpx(halts: Sequence[Halt]) -> bytes:
    """Return the round as GPX 1.1: a waypoint for each sign, and a route past them."""
    gpx = GPX()
    gpx.creator, gpx.name = "tourapp", NAME
    route = GPXRoute(name=NAME)
    for number, halt in enumerate(halts, 1):
        latitude, longitude = halt.sign.point
        name = f"{number}. {halt.sign.code}"
        told = described(halt)
        gpx.waypoints.append(GPXWaypoint(latitude, longitude, name=name, description=told))
        route.points.append(GPXRoutePoint(latitude, longitude, name=name))
    gpx.routes.append(route)
    return well_formed(gpx.to_xml(version="1.1")).encode()


def round_document(halts: Sequence[Halt]) -> dict[str, Any]:
    """Return what `RoundSchema` describes, a FeatureCollection in walking order."""
    features = [_feature(number, halt) for number, halt in enumerate(halts, 1)]
    return {"type": "FeatureCollection", "features": features}


def described(halt: Halt) -> str:
    """Return on one line what to know of a sign before one stands there."""
    sign = halt.sign
    where = ", ".join(filter(None, (sign.place, sign.support)))
    parts = (where or sign.stop.slug, _reasons(halt), *halt.notes, sign.note)
    return " – ".join(filter(None, parts))


def _row(number: int, halt: Halt) -> tuple[object, ...]:
    sign = halt.sign
    latitude, longitude = sign.point
    return (
        number,
        sign.code,
        sign.stop.number,
        sign.stop.slug,
        sign.place,
        sign.support,
        STATE_NAMES[sign.state],
        _reasons(halt),
        " / ".join(halt.notes),
        sign.note,
        _last_check(sign),
        f"{latitude:.6f}",
        f"{longitude:.6f}",
        halt.distance_m,
    )


def _feature(number: int, halt: Halt) -> dict[str, Any]:
    sign = halt.sign
    latitude, longitude = sign.point
    own = {name: getattr(sign, name) for name in _OWN}
    return {
        "type": "Feature",
        "id": sign.code,
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": own
        | {
            "order": number,
            "stop": sign.stop.slug,
            "reasons": halt.reasons,
            "reports": halt.notes,
            "silence": halt.silence,
            "distance_m": halt.distance_m,
        },
    }


def _reasons(halt: Halt) -> str:
    return ", ".join(REASON_NAMES[reason] for reason in halt.reasons)


def _last_check(sign: Sign) -> str:
    return "" if sign.checked_at is None else f"{sign.checked_at.date():%d/%m/%Y}"


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
