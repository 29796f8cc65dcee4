"""The name and the number of a copy, as people write them into a form."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from tourapp.publishing.shelving.schemas import NEW_COPY
from tourapp.web.numbers import read_whole

COPY_FAULTS = {
    "slug": "L’adresse a des lettres minuscules sans accent, des chiffres et des tirets seuls.",
    "number": "Le numéro est un nombre entier, de 1 à 99\u202f999.",
}
TAKEN = {
    "slug": "Un autre arrêt porte cette adresse, ou l’a portée.",
    "number": "Un autre arrêt porte ce numéro, ou un panneau le montre.",
}


def read_copy(form: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what was written, and what is wrong with it, by field."""
    written = {
        "slug": form.get("slug", "").strip(),
        "number": read_whole(form.get("number", "")),
    }
    try:
        loaded: dict[str, Any] = NEW_COPY.load(written)
    except ValidationError as error:
        return {}, {name: COPY_FAULTS[name] for name in COPY_FAULTS if name in error.messages_dict}
    return loaded, {}
