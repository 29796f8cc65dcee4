"""Entries of the lexicon, and the places of a text where they stand."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import product
from typing import Literal

from tourapp.errors import InvalidError
from tourapp.narration.typography import folded
from tourapp.stops.content import LANGUAGES
from tourapp.web.characters import KEPT_TEXT

Notation = Literal["plain", "espeak", "piper"]
"""What phonemes an engine can be given inside [[ ]]: none, eSpeak NG's own, or IPA."""

LONGEST = {"written": 80, "said": 200, "espeak": 200, "piper": 200, "note": 600}
"""The most characters that each part of an entry may have."""

MOST_OPTIONAL = 3
"""The most optional parts of a written form: each doubles the forms that are looked for."""

_OPTIONAL = re.compile(r"\(([^()]+)\)")


class EntryError(InvalidError):
    """An entry of a lexicon is wrong in this part of it; `position` counts from 0."""

    def __init__(self, reason: str, *, part: str = "written", position: int = 0) -> None:
        super().__init__(reason)
        self.part = part
        self.position = position


@dataclass(frozen=True, slots=True)
class Entry:
    """How one written form is said in one language.

    What stands in parentheses may be missing: `terril(s)`. A form also stands for itself
    capitalised and in capitals, and a hyphen in it for a space. `said` is a respelling that every
    engine can read; `espeak` holds mnemonics of eSpeak NG and `piper` IPA, for what no respelling
    renders. `confirmed` tells whether an inhabitant agrees.
    """

    written: str
    lang: str
    said: str
    espeak: str | None = None
    piper: str | None = None
    note: str = ""
    confirmed: bool = True

    @property
    def forms(self) -> frozenset[str]:
        """The forms as they are looked for: folded, with a space for each hyphen."""
        return frozenset(_key(form) for form in _spelled_out(self.written))

    @property
    def capitals(self) -> frozenset[str]:
        """The forms capitalised and in capitals, as they are looked for."""
        spelled = _spelled_out(self.written)
        return frozenset(
            _key(form) for each in spelled for form in (_capitalised(each), each.upper())
        )

    @property
    def digest(self) -> str:
        """A digest that changes with anything that the entry says."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()

    def phonemes(self, notation: Notation) -> str | None:
        """Return the phonemes that the entry has in a notation."""
        return {"plain": None, "espeak": self.espeak, "piper": self.piper}[notation]

    def check(self) -> None:
        """Raise EntryError where the entry cannot be looked for, or not be said."""
        for part, fault in _faults(self):
            raise EntryError(fault, part=part)


class Lexicon:
    """Entries by language, and where they stand in a text.

    Raises EntryError where an entry cannot be said, or two of them claim the same form.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple(entries)
        self._forms: dict[str, dict[str, Entry]] = {}
        for position, entry in enumerate(self.entries):
            self._add(entry, position=position)
        for entry in self.entries:
            for form in sorted(entry.capitals):
                self._forms[entry.lang].setdefault(form, entry)
        self._patterns = {lang: _pattern(forms) for lang, forms in self._forms.items()}

    def standing(self, text: str, *, lang: str) -> dict[int, tuple[Entry, int]]:
        """Return the entries of a folded text: where each begins, and where its form ends.

        They are whole words and do not overlap. Of those that begin at one place the longest
        stands there, and it hides the others that begin within.
        """
        pattern = self._patterns.get(lang)
        matches = pattern.finditer(text) if pattern else ()
        forms = self._forms.get(lang, {})
        return {match.start(): (forms[spaced(match[0])], match.end()) for match in matches}

    def _add(self, entry: Entry, *, position: int) -> None:
        forms = self._forms.setdefault(entry.lang, {})
        try:
            entry.check()
        except EntryError as error:
            raise EntryError(str(error), part=error.part, position=position) from None
        for form in sorted(entry.forms):
            if forms.setdefault(form, entry) is not entry:
                reason = f"{form!r} stands twice for the language {entry.lang!r}"
                raise EntryError(reason, position=position)


def spaced(text: str) -> str:
    """Return a folded text with a space for each hyphen, as forms are compared."""
    return text.replace("-", " ")


def _faults(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.lang not in LANGUAGES:
        yield "lang", _fault(entry, "lang", expected=", ".join(LANGUAGES))
    for name, most in LONGEST.items():
        for expected in _unmet(name, getattr(entry, name), most=most):
            yield name, _fault(entry, name, expected=expected)


def _fault(entry: Entry, name: str, *, expected: str) -> str:
    return f"{name} of {entry.written!r}: expected {expected}, got {getattr(entry, name)!r}"


def _unmet(name: str, text: str | None, *, most: int) -> Iterator[str]:
    if text is None:
        return
    if len(text) > most or not re.fullmatch(KEPT_TEXT, text):
        yield f"at most {most} plain characters"
    if name != "note" and not _has_letters(text):
        yield "a text with letters"
    if name == "written":
        yield from _unmet_by_forms(text)
    elif name != "note":
        yield from _unmet_by_sounds(name, text)


def _unmet_by_forms(written: str) -> Iterator[str]:
    optional = _OPTIONAL.findall(written)
    if len(optional) > MOST_OPTIONAL or set(_OPTIONAL.sub("", written)) & set("()"):
        yield f"at most {MOST_OPTIONAL} optional parts, each in parentheses"
    elif not all(_has_letters(form) and form == form.strip() for form in _spelled_out(written)):
        yield "letters and no blank around them, with and without each optional part"


def _unmet_by_sounds(name: str, text: str) -> Iterator[str]:
    if set(text) & set("[]"):
        yield "no square bracket"
    if name == "said" and any(character.isnumeric() for character in text):
        yield "numbers in words"


def _has_letters(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _spelled_out(written: str) -> list[str]:
    parts = enumerate(_OPTIONAL.split(written))
    choices = [("", part) if at % 2 else (part,) for at, part in parts]
    return ["".join(chosen) for chosen in product(*choices)]


def _capitalised(form: str) -> str:
    return form[:1].upper() + form[1:]


def _key(form: str) -> str:
    return spaced(folded(form))


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    words = "|".join(re.escape(form).replace(r"\ ", "[ -]") for form in longest_first)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")
