"""What a guide writes of a walk, checked as the API checks it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import ValidationError

from tourapp.guide.building.forms import FaultyFormError
from tourapp.guide.moments import local_moment
from tourapp.itineraries.walks.content import LONGEST, MOST_PARTICIPANTS
from tourapp.itineraries.walks.models import Walk
from tourapp.itineraries.walks.schemas import WalkChangesSchema
from tourapp.web.numbers import read_whole

Row = dict[str, str]

_WRITTEN = ("group_name", "participants", "lang", "meeting", "pace", "day", "time")
_FAULTS = {
    "group_name": f"Le nom du groupe a {LONGEST['group_name']} caractères au plus.",
    "participants": f"Donnez un nombre entier de participants, de 1 à {MOST_PARTICIPANTS}.",
    "lang": "Choisissez une des langues de la visite.",
    "meeting": f"Le rendez-vous se dit en {LONGEST['meeting']} caractères au plus.",
    "pace": "Choisissez un pas.",
    "day": "Donnez le jour et l’heure du départ.",
}


def sent_plan(form: Mapping[str, str]) -> Row:
    """Return what was sent of a walk, as it was written."""
    return {name: form.get(name, "").strip() for name in _WRITTEN}


def plan_row(walk: Walk, *, zone: ZoneInfo) -> Row:
    """Return a walk as its form shows it."""
    starts_at = walk.starts_at.astimezone(zone)
    return {
        "group_name": walk.group_name,
        "participants": str(walk.participants),
        "lang": walk.lang,
        "meeting": walk.meeting,
        "pace": walk.pace,
        "day": f"{starts_at:%Y-%m-%d}",
        "time": f"{starts_at:%H:%M}",
    }


def read_plan(row: Row, *, zone: ZoneInfo) -> dict[str, Any]:
    """Return the plan that was written, by the place's clock, or raise FaultyFormError."""
    written = {
        "group_name": row["group_name"],
        "participants": read_whole(row["participants"]),
        "lang": row["lang"],
        "meeting": row["meeting"],
        "pace": row["pace"],
        "starts_at": _moment(row, zone),
    }
    try:
        plan: dict[str, Any] = WalkChangesSchema().load(written)
    except ValidationError as error:
        named = {"starts_at": "day"}
        faults = [named.get(str(name), str(name)) for name in error.messages_dict]
        raise FaultyFormError({name: _FAULTS[name] for name in faults}) from None
    return plan


def told_moment(written: str, *, now: datetime) -> datetime:
    """Return when a phone says that something came true; now, where it does not say."""
    try:
        told = datetime.fromisoformat(written)
    except ValueError:
        return now
    return now if told.tzinfo is None else told


def _moment(row: Row, zone: ZoneInfo) -> str:
    moment = local_moment(f"{row['day']}T{row['time']}", zone=zone)
    return "" if moment is None else moment.isoformat()
