"""Closures and positions as people write them into a form, checked as files are."""

from collections.abc import Mapping
from typing import Any

from tourapp.staff.forms import checked
from tourapp.stops.content import LANGUAGES, Closure, Position
from tourapp.stops.source.schemas import ClosureFileSchema, PositionFileSchema
from tourapp.web.numbers import read_number, read_whole

_CLOSURE_FAULTS = {
    "from": "Donnez le premier jour de la fermeture.",
    "until": "Le dernier jour ne peut pas être avant le premier.",
    "reason": "Dites pourquoi, en français au moins, en 240 caractères au plus.",
}
_POSITION_FAULTS = {
    "latitude": "La latitude va de −90 à 90 degrés, comme 50,4406.",
    "longitude": "La longitude va de −180 à 180 degrés, comme 2,7844.",
    "accuracy_m": "La précision est un nombre entier de mètres.",
    "source": "Dites d’où vient la position, en 300 caractères au plus.",
}


def read_closure(form: Mapping[str, str]) -> Closure:
    """Return the closure that was written, or raise FaultyFormError."""
    reasons = {lang: form.get(f"reason-{lang}", "").strip() for lang in LANGUAGES}
    written: dict[str, Any] = {
        "from": form.get("from", ""),
        "until": form.get("until") or None,
        "reason": {lang: reason for lang, reason in reasons.items() if reason},
    }
    closure: Closure = checked(ClosureFileSchema(), written, _CLOSURE_FAULTS)
    return closure


def read_position(form: Mapping[str, str], before: Position) -> Position:
    """Return the position that was written; the altitude stays. Raises FaultyFormError."""
    written = {
        "latitude": read_number(form.get("latitude", "")),
        "longitude": read_number(form.get("longitude", "")),
        "accuracy_m": read_whole(form.get("accuracy_m", "")),
        "source": form.get("source", "").strip(),
        "altitude_m": before.altitude_m,
        "altitude_source": before.altitude_source,
    }
    position: Position = checked(PositionFileSchema(), written, _POSITION_FAULTS)
    return position
