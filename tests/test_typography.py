"""French is set as French is: thin spaces that hold, curved apostrophes, one sign for « … »."""

import re
from html import unescape
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tourapp.settings import PROJECT_ROOT
from tourapp.web.translating import FOLDER

TEMPLATES = sorted(
    path
    for folder in ("visit", "partials", "staff", "guide")
    for path in (PROJECT_ROOT / "templates" / folder).rglob("*.html")
)
MARKS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)
FAULTS = re.compile(
    r".{0,20}(?:«[^\u202f]|[^\u202f]»|[\w)\u2019»][ \u00a0]?[;:?!](?=\s|$)|\w'\w|\.\.\.).{0,20}"
)


def faults(text: str) -> list[str]:
    return FAULTS.findall(unescape(text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_pages_are_set_as_french_is(path: Path) -> None:
    assert faults(MARKS.sub("", path.read_text())) == []


def test_sentences_to_translate_are_set_as_french_is() -> None:
    with (FOLDER / "en.po").open("rb") as file:
        catalogue = read_po(file)
    said = [message.id for message in catalogue if message.id]
    forms = [form for each in said for form in ([each] if isinstance(each, str) else each)]
    assert [fault for form in forms for fault in faults(form)] == []


@pytest.mark.parametrize("text", ["Où ?", "Où\u00a0?", "« oui »", "l'arrêt", "Patience...", "Là:"])
def test_a_fault_is_found(text: str) -> None:
    assert faults(text)
