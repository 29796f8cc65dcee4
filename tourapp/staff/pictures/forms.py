"""What is said of a photograph, as people write it into a form."""

from collections.abc import Mapping
from typing import Any

from tourapp.staff.forms import FaultyFormError, checked
from tourapp.stops.content import LANGUAGES, Picture
from tourapp.stops.source.schemas import PictureWordsSchema
from tourapp.web.numbers import read_whole

_FAULTS = {
    "alt": "Dites ce que montre l’image, en français au moins, en 600 caractères au plus.",
    "caption": "La légende se donne en français au moins, en 300 caractères au plus.",
    "credit": "Dites qui a pris la photographie, en 200 caractères au plus.",
    "licence": "Dites sous quelle licence elle est montrée, en 120 caractères au plus.",
    "focus": "Le point important se dit par deux nombres entiers, de 0 à 100.",
}
_FIELDS = {"alt": "alt-fr", "caption": "caption-fr", "focus": "focus-x"}


def read_words(form: Mapping[str, str]) -> dict[str, Any]:
    """Return what was written of a photograph, or raise FaultyFormError."""
    caption = _texts(form, "caption")
    written = {
        "alt": _texts(form, "alt"),
        "credit": form.get("credit", "").strip(),
        "licence": form.get("licence", "").strip(),
        "focus": [read_whole(form.get(f"focus-{axis}", "50")) for axis in ("x", "y")],
    } | ({"caption": caption} if caption else {})
    try:
        words: dict[str, Any] = checked(PictureWordsSchema(), written, _FAULTS)
    except FaultyFormError as error:
        told = {_FIELDS.get(name, name): fault for name, fault in error.faults.items()}
        raise FaultyFormError(told) from None
    return words


def values_of(picture: Picture) -> dict[str, str | int]:
    """Return what the fields of a photograph's form hold."""
    texts = {
        f"{name}-{lang}": text
        for name, told in (("alt", picture.alt), ("caption", picture.caption))
        for lang, text in told.items()
    }
    x, y = picture.focus
    said = {"credit": picture.credit, "licence": picture.licence}
    return texts | said | {"focus-x": x, "focus-y": y}


def _texts(form: Mapping[str, str], name: str) -> dict[str, str]:
    texts = {lang: form.get(f"{name}-{lang}", "").strip() for lang in LANGUAGES}
    return {lang: text for lang, text in texts.items() if text}
