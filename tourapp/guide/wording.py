"""How the guides' pages name things, in French."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tourapp.visit.figures import to_the_minute

FIELD_NAMES = {
    "title": "Titre",
    "summary": "Résumé",
    "theme": "Thème",
    "audience": "Pour qui",
    "lang": "Langue",
    "difficulty": "Difficulté",
    "accessibility": "Accessibilité",
    "meeting": "Rendez-vous",
    "target_min": "Durée visée, en minutes",
}
_LANGUAGES = {"fr": "français", "en": "anglais", "nl": "néerlandais", "de": "allemand"}
_DIFFICULTIES: dict[str, str] = {
    "easy": "facile",
    "moderate": "moyen",
    "hard": "difficile",
}
_TRANSPORTS: dict[str, str] = {"walk": "à pied", "bicycle": "à vélo", "bus": "en car"}
_VARIANTS = {"standard": "récit complet", "facile": "facile à lire"}
_PACES: dict[str, str] = {
    "adult": "un groupe d’adultes",
    "school": "une classe",
    "reduced": "un groupe qui se repose souvent",
}
_VISIBILITIES: dict[str, str] = {
    "private": "privé",
    "unlisted": "par lien",
    "published": "publié",
}
_WALK_STATES = {
    "planned": "prévue",
    "at": "en cours",
    "between": "en cours",
    "over": "terminée",
}
_CHOSEN: dict[str, str] = {
    **_LANGUAGES,
    **_DIFFICULTIES,
    **_TRANSPORTS,
    **_VARIANTS,
    **_PACES,
    **_VISIBILITIES,
}


def chosen_name(value: str) -> str:
    """Name what was chosen from a list; a text that was written is its own name."""
    return _CHOSEN.get(value, value)


def hours(minutes: float) -> str:
    """Write how long something takes to the minute, « 1 h 05 min »."""
    return to_the_minute(round(minutes))


def filters() -> dict[str, Callable[..., Any]]:
    """Return the filters of the guides' templates."""
    return {
        "chosen_name": chosen_name,
        "hours": hours,
        "seconds": lambda count: timedelta(seconds=count),
        "walk_state": _WALK_STATES.__getitem__,
    }
