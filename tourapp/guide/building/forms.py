"""What a guide writes into the builder's form, checked as files and the API are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from tourapp.errors import InvalidError
from tourapp.itineraries.content import (
    LONGEST,
    LONGEST_STAY_MIN,
    LONGEST_TARGET_MIN,
    MOST_HALTS,
    HaltContent,
    ItineraryContent,
)
from tourapp.itineraries.schemas import HaltSchema, NewItinerarySchema
from tourapp.web.numbers import read_number, read_whole

Row = dict[str, str]

TOLD = tuple(name for name in ItineraryContent.__dataclass_fields__ if name != "halts")
"""The fields that an itinerary has beside its halts, in the form as in the content."""

_HALT = (
    "stop",
    "spot_name",
    "latitude",
    "longitude",
    "stay_min",
    "variant",
    "transport",
    "note",
    "question",
)
_FAULTS = {
    "title": f"Donnez un titre, en {LONGEST['title']} caractères au plus.",
    "summary": f"Le résumé a {LONGEST['summary']} caractères au plus.",
    "theme": f"Le thème a {LONGEST['theme']} caractères au plus.",
    "audience": f"Le public se dit en {LONGEST['audience']} caractères au plus.",
    "lang": "Choisissez une des langues de la visite.",
    "difficulty": "Choisissez une difficulté.",
    "accessibility": f"L’accessibilité se dit en {LONGEST['accessibility']} caractères au plus.",
    "meeting": f"Le rendez-vous se dit en {LONGEST['meeting']} caractères au plus.",
    "target_min": (f"La durée visée est un nombre entier de minutes, de 1 à {LONGEST_TARGET_MIN}."),
}
_HALT_FAULTS = {
    "stay_min": f"le temps sur place est un nombre entier de minutes, de 0 à {LONGEST_STAY_MIN}.",
    "note": f"vos notes ont {LONGEST['note']} caractères au plus.",
    "question": f"la question a {LONGEST['question']} caractères au plus.",
}
_SPOT_FAULT = "Donnez un nom et une position comme «\u202f50,4435, 2,7888\u202f», en degrés."
_TOO_MANY = f"Un itinéraire a {MOST_HALTS} haltes au plus."


class FaultyFormError(InvalidError):
    """What was written into a form cannot be kept; `faults` tell why, by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(f"faulty fields: {', '.join(faults)}")
        self.faults = dict(faults)


def told_values(content: ItineraryContent) -> Row:
    """Return what an itinerary says beside its halts, as a form shows it."""
    told = asdict(content)
    return {name: "" if told[name] is None else str(told[name]) for name in TOLD}


def halt_rows(halts: Sequence[HaltContent]) -> list[Row]:
    """Return halts as a form shows them."""
    return [_row(halt) for halt in halts]


def sent_values(form: Mapping[str, str]) -> Row:
    """Return what was sent of an itinerary beside its halts, as it was written."""
    return {name: form.get(name, "") for name in TOLD}


def sent_rows(form: MultiDict[str, str]) -> list[Row]:
    """Return the halts that were sent, in their order. Raises InvalidError for half a halt."""
    columns = [form.getlist(f"halt_{name}") for name in _HALT]
    try:
        rows = list(zip(*columns, strict=True))
    except ValueError:
        message = "a halt lacks some of its fields"
        raise InvalidError(message) from None
    return [dict(zip(_HALT, row, strict=True)) for row in rows]


def read_itinerary(values: Row, rows: Sequence[Row]) -> ItineraryContent:
    """Return the itinerary that was written, or raise FaultyFormError."""
    target = values["target_min"].strip()
    written = values | {
        "title": values["title"].strip(),
        "target_min": read_whole(target) if target else None,
        "halts": [_halt(row) for row in rows],
    }
    try:
        return ItineraryContent(**NewItinerarySchema().load(written))
    except ValidationError as error:
        raise FaultyFormError(dict(_faults(error.messages_dict))) from None


def read_spot(form: Mapping[str, str], *, after: HaltContent | None) -> HaltContent:
    """Return the place that was written, or a break `after` a halt where no position was.

    Raises FaultyFormError.
    """
    name, position = form.get("place_name", "").strip(), form.get("place_position", "").strip()
    if not position and after is not None and after.spot is None:
        written: dict[str, Any] = {"stop": after.stop}
    else:
        written = {"spot": {"name": name} | _place(position, after)}
    try:
        halt: HaltContent = HaltSchema().load(written | {"note": name if "stop" in written else ""})
    except ValidationError:
        raise FaultyFormError({"place_name": _SPOT_FAULT}) from None
    return halt


def _place(position: str, after: HaltContent | None) -> dict[str, Any]:
    if not position and after is not None and after.spot is not None:
        return {"latitude": after.spot.latitude, "longitude": after.spot.longitude}
    latitude, _, longitude = _separated(position)
    return {"latitude": read_number(latitude), "longitude": read_number(longitude)}


def _separated(position: str) -> tuple[str, str, str]:
    # As a French map writes it (50,4435, 2,7888 or 50,4435 2,7888), or as a telephone copies it.
    for separator in (";", ", ", " "):
        if separator in position:
            return position.partition(separator)
    return position.partition(",")


def _row(halt: HaltContent) -> Row:
    spot = halt.spot
    return {
        "stop": halt.stop or "",
        "spot_name": "" if spot is None else spot.name,
        "latitude": "" if spot is None else str(spot.latitude),
        "longitude": "" if spot is None else str(spot.longitude),
        "stay_min": str(halt.stay_min),
        "variant": halt.variant,
        "transport": halt.transport,
        "note": halt.note,
        "question": halt.question,
    }


def _halt(row: Row) -> dict[str, Any]:
    place: dict[str, Any] = {"stop": row["stop"]}
    if not row["stop"]:
        told = {key: read_number(row[key]) for key in ("latitude", "longitude")}
        place = {"spot": {"name": row["spot_name"]} | told}
    rest = {name: row[name] for name in ("variant", "transport", "note", "question")}
    return place | rest | {"stay_min": read_whole(row["stay_min"])}


def _faults(messages: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in TOLD:
        if name in messages:
            yield name, _FAULTS[name]
    halts = messages.get("halts", {})
    if isinstance(halts, list):
        yield "haltes", _TOO_MANY
        return
    for index, found in halts.items():
        for name in found:
            told = _HALT_FAULTS.get(name, "ce lieu n’est pas complet.")
            yield f"{name}-{index + 1}", f"Halte {index + 1}\u202f: {told}"
