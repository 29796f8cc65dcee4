"""Decisions about what was noticed, and answers to it, as people write them into forms."""

from collections.abc import Mapping
from typing import Any

from tourapp.observations.schemas import ObservationChangesSchema
from tourapp.observations.services import LONGEST_ANSWER
from tourapp.staff.forms import checked

_FAULTS = {
    "state": "Choisissez ce qu’il faut en faire.",
    "reason": "Dites pourquoi elle est mise de côté.",
    "masked": "Chaque ligne est un passage à masquer, vingt au plus.",
}
_ANSWER_FAULTS = {
    "outcome": "Choisissez où cela en est.",
    "text": f"Écrivez une phrase, en {LONGEST_ANSWER} caractères au plus.",
}
UNKNOWN_PASSAGE = "Un passage n’est pas dans la remarque\u202f: recopiez-le comme il y est écrit."


def read_decision(form: Mapping[str, str]) -> dict[str, Any]:
    """Return what is to become of some words, or raise FaultyFormError."""
    written: dict[str, Any] = {"state": form.get("state", "")}
    if "masked" in form:
        written["masked"] = [line.strip() for line in form["masked"].splitlines() if line.strip()]
    if written["state"] == "set_aside":
        written["reason"] = form.get("reason", "")
    changes: dict[str, Any] = checked(ObservationChangesSchema(), written, _FAULTS)
    return changes


def read_answer(form: Mapping[str, str]) -> dict[str, Any]:
    """Return what became of some words, or raise FaultyFormError."""
    written = {"answer": {name: form.get(name, "") for name in ("outcome", "text")}}
    changes: dict[str, Any] = checked(ObservationChangesSchema(), written, _ANSWER_FAULTS)
    return changes
