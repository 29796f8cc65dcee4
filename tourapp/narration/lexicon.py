"""The pronunciation lexicon: how local names are said, whatever the rules would make of them."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, Literal

from tourapp.errors import InvalidError
from tourapp.narration.typography import folded

Notation = Literal["plain", "espeak", "piper"]
"""What phonemes an engine can be given inside [[ ]]: none, eSpeak NG's own, or IPA."""


class EntryError(InvalidError):
    """An entry of a lexicon is wrong; `position` counts from 0."""

    def __init__(self, reason: str, *, position: int) -> None:
        super().__init__(reason)
        self.position = position


@dataclass(frozen=True, slots=True)
class Entry:
    """How one written form is said in one language.

    The form also stands for itself capitalised and in capitals, and a hyphen in it for a space.
    `said` is a respelling that every engine can read; `espeak` holds mnemonics of eSpeak NG and
    `piper` IPA, for what no respelling renders. `confirmed` tells whether an inhabitant agrees.
    """

    written: str
    lang: str
    said: str
    espeak: str | None = None
    piper: str | None = None
    note: str = ""
    confirmed: bool = True

    def phonemes(self, notation: Notation) -> str | None:
        """Return the phonemes that the entry has in a notation."""
        return {"plain": None, "espeak": self.espeak, "piper": self.piper}[notation]


class Lexicon:
    """Entries by language; of the forms that stand as whole words, the longest is found.

    Raises EntryError where an entry cannot be said, or two of them claim the same form.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple(entries)
        self._forms: dict[str, dict[str, Entry]] = {}
        for position, entry in enumerate(self.entries):
            self._add(entry, position=position)
        for entry in self.entries:
            for form in (_capitalised(entry.written), entry.written.upper()):
                self._forms[entry.lang].setdefault(_key(form), entry)
        self._patterns = {lang: _pattern(forms) for lang, forms in self._forms.items()}

    @classmethod
    def from_toml(cls, text: str) -> "Lexicon":
        """Read `[[entry]]` tables, or raise InvalidError with the line and what was expected."""
        lines = _entry_lines(text)
        try:
            tables = _tables(text)
            return cls(_entry(table, position=position) for position, table in enumerate(tables))
        except EntryError as error:
            message = f"line {lines[error.position]}: {error}"
            raise InvalidError(message) from None

    @property
    def digest(self) -> str:
        """A SHA-256 in hexadecimal of all that can be heard of the entries, in any order."""
        rows = sorted(json.dumps(_heard(entry)) for entry in self.entries)
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()

    def find(self, text: str, *, at: int, lang: str) -> tuple[Entry, int] | None:
        """Return the entry that begins at a place of a folded text, and where its form ends."""
        pattern = self._patterns.get(lang)
        match = pattern.match(text, at) if pattern else None
        return (self._forms[lang][_key(match[0])], match.end()) if match else None

    def _add(self, entry: Entry, *, position: int) -> None:
        reason = _fault(entry)
        forms = self._forms.setdefault(entry.lang, {})
        if forms.setdefault(_key(entry.written), entry) is not entry:
            reason = f"{entry.written!r} stands twice for the language {entry.lang!r}"
        if reason:
            raise EntryError(reason, position=position)


def _heard(entry: Entry) -> list[str | None]:
    return [entry.written, entry.lang, entry.said, entry.espeak, entry.piper]


def _fault(entry: Entry) -> str | None:
    for name in ("written", "lang", "said", "espeak", "piper"):
        text = getattr(entry, name)
        if text is not None and not any(character.isalpha() for character in text):
            return f"{name} of {entry.written!r}: expected a text with letters, got {text!r}"
        if name != "written" and set(text or "") & set("[]"):
            return f"{name} of {entry.written!r}: expected no square bracket, got {text!r}"
    if any(character.isnumeric() for character in entry.said):
        return f"said of {entry.written!r}: expected numbers in words, got {entry.said!r}"
    return None


def _capitalised(form: str) -> str:
    return form[:1].upper() + form[1:]


def _key(form: str) -> str:
    return folded(form).replace("-", " ")


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    words = "|".join(re.escape(form).replace(r"\ ", "[ -]") for form in longest_first)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def _entry_lines(text: str) -> list[int]:
    headers = enumerate(text.splitlines(), start=1)
    return [number for number, line in headers if re.match(r"\s*\[\[\s*entry\s*\]\]", line)]


def _tables(text: str) -> list[Mapping[str, Any]]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"the lexicon is not TOML: {error}"
        raise InvalidError(message) from None
    tables = document.pop("entry", [])
    in_tables = isinstance(tables, list) and len(tables) == len(_entry_lines(text))
    if document or not in_tables:
        message = f"line 1: expected [[entry]] tables only, got {', '.join(document) or 'entry'}"
        raise InvalidError(message)
    return [dict(table) for table in tables]


def _entry(table: Mapping[str, Any], *, position: int) -> Entry:
    known = {field.name for field in fields(Entry)}
    required = {field.name for field in fields(Entry) if field.default is MISSING}
    faults = [f"unknown key {key!r}" for key in table if key not in known]
    faults += [f"expected the key {key!r}" for key in sorted(required - set(table))]
    faults += [fault for key, value in table.items() if (fault := _type_fault(key, value))]
    if faults:
        raise EntryError("; ".join(faults), position=position)
    return Entry(**table)


def _type_fault(key: str, value: object) -> str | None:
    expected, name = (bool, "true or false") if key == "confirmed" else (str, "a text")
    return None if isinstance(value, expected) else f"{key}: expected {name}, got {value!r}"
