"""Entries of the lexicon as people write them into a form."""

from collections.abc import Mapping

from tourapp.narration.editing import LONGEST_NAME
from tourapp.narration.lexicon import Entry, EntryError
from tourapp.narration.lexicon.entries import LONGEST, MOST_OPTIONAL
from tourapp.narration.models import LexiconEntry
from tourapp.staff.forms import FaultyFormError

HOW_SAID = ("said", "espeak", "piper", "note")
"""What of an entry may change once it is there."""

FIELDS = ("written", "lang", *HOW_SAID)

_FAULTS = {
    "lang": "Choisissez une langue.",
    "written": (
        f"Écrivez le mot comme dans les textes, en {LONGEST['written']} caractères au plus, avec"
        f" au plus {MOST_OPTIONAL} parties facultatives entre parenthèses, comme terril(s)."
    ),
    "said": (
        f"Écrivez comment il se dit, en {LONGEST['said']} caractères au plus\u202f:"
        " les nombres en lettres, sans crochets."
    ),
    "espeak": f"Des phonèmes sans crochets, en {LONGEST['espeak']} caractères au plus.",
    "piper": f"Des phonèmes sans crochets, en {LONGEST['piper']} caractères au plus.",
    "note": f"{LONGEST['note']} caractères au plus.",
}
TAKEN = "Une autre entrée du lexique dit déjà ce mot."
WHO = f"Donnez le nom de la personne, en {LONGEST_NAME} caractères au plus."


def read_entry(form: Mapping[str, str]) -> Entry:
    """Return the entry that was written, or raise FaultyFormError."""
    given = {name: form.get(name, "").strip() for name in FIELDS}
    entry = Entry(
        written=given["written"],
        lang=given["lang"],
        said=given["said"],
        note=given["note"],
        # No phonemes are none, not empty ones.
        espeak=given["espeak"] or None,
        piper=given["piper"] or None,
    )
    try:
        entry.check()
    except EntryError as error:
        raise FaultyFormError({error.part: _FAULTS[error.part]}) from None
    return entry


def fields_of(row: LexiconEntry) -> dict[str, str]:
    """Return an entry as its form shows it."""
    return {name: getattr(row, name) or "" for name in FIELDS} | {"tag": str(row.version)}
