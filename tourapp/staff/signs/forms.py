"""What people write of a sign, checked as the API checks it."""

from collections.abc import Mapping
from typing import Any

from tourapp.signage.models import Sign
from tourapp.signage.register.schemas import LONGEST, SignCheckSchema, SignPartsSchema
from tourapp.staff.forms import checked
from tourapp.web.numbers import read_number, read_whole

_FAULTS = {
    "state": "Choisissez un état de la liste.",
    "place": f"{LONGEST['place']} caractères au plus.",
    "support": f"{LONGEST['support']} caractères au plus.",
    "note": f"{LONGEST['note']} caractères au plus.",
    "lat": "La latitude va de −90 à 90 degrés, comme 50,4406.",
    "lon": "La longitude va de −180 à 180 degrés, comme 2,7844.",
    "accuracy_m": "La précision est un nombre entier de mètres, au moins 1.",
}
_WORDS = ("place", "support", "note")
_PLACE = ("lat", "lon", "accuracy_m")


def read_description(form: Mapping[str, str]) -> dict[str, Any]:
    """Return what was said of a sign; an empty position is its stop's. Raises FaultyFormError."""
    written: dict[str, Any] = {name: _words(form, name) for name in _WORDS}
    lat, lon, accuracy_m = (form.get(name, "").strip() for name in _PLACE)
    written["position"] = None
    if lat or lon or accuracy_m:
        written["position"] = {
            "lat": read_number(lat),
            "lon": read_number(lon),
            "accuracy_m": read_whole(accuracy_m),
        }
    described: dict[str, Any] = checked(SignPartsSchema(), written, _FAULTS)
    return described


def read_check(form: Mapping[str, str]) -> dict[str, Any]:
    """Return what somebody found who stood before a sign, or raise FaultyFormError."""
    written = {"state": form.get("state", ""), "note": _words(form, "found")}
    found: dict[str, Any] = checked(SignCheckSchema(), written, _FAULTS)
    return found


def fields_of(sign: Sign) -> dict[str, str]:
    """Return what is said of a sign, as its forms show it."""
    words = {name: getattr(sign, name) for name in _WORDS}
    return words | {
        "lat": _degrees(sign.latitude),
        "lon": _degrees(sign.longitude),
        "accuracy_m": "" if sign.accuracy_m is None else str(sign.accuracy_m),
        "found": sign.note,
        "state": sign.state,
    }


def _words(form: Mapping[str, str], name: str) -> str:
    return form.get(name, "").strip()


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value}".replace(".", ",")
