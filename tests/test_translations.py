"""The catalogues are whole, and true to the sentences of the code."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from tourapp.settings import PROJECT_ROOT
from tourapp.stops.content import LANGUAGES
from tourapp.web.translating import FOLDER

MAPPINGS = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
TEMPLATES = [
    path
    for folder in ("visit", "partials")
    for path in sorted((PROJECT_ROOT / "templates" / folder).glob("*.html"))
]
JINJA = re.compile(
    r"\{%-? set \w+ -?%\}.*?\{%-? endset -?%\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL
)
TAG = re.compile(r"<[^>]*>|&\w+;|&#\d+;")
SAID_BY_ATTRIBUTE = re.compile(r"\b(?:alt|aria-label|label|placeholder|title)=\"([^\"]*)\"")
LETTER = re.compile(r"[^\W\d_]")
PLACEHOLDER = re.compile(r"%\(\w+\)\w|%%|&#?\w+;|<[^>]*>")
SPACES = {"&nbsp;", "&#8239;"}


@pytest.fixture(scope="module", params=LANGUAGES[1:])
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    with (FOLDER / f"{request.param}.po").open("rb") as file:
        return read_po(file, locale=request.param)


@pytest.fixture(scope="module")
def sentences() -> set[str | tuple[str, ...]]:
    """Return what the code and the templates say."""
    keywords = DEFAULT_KEYWORDS | {"lazy_gettext": None}
    method_map = [(mapping["pattern"], mapping["method"]) for mapping in MAPPINGS]
    return {
        message
        for folder in ("tourapp", "templates")
        for _, _, message, _, _ in extract_from_dir(
            PROJECT_ROOT / folder, method_map, keywords=keywords
        )
    }


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def forms(said: str | Iterable[str] | None) -> list[str]:
    return [said] if isinstance(said, str) else list(said or [])


def placeholders(said: str) -> set[str]:
    return set(PLACEHOLDER.findall(said)) - SPACES


def test_there_are_sentences(sentences: set[str | tuple[str, ...]]) -> None:
    assert "Les arrêts" in sentences


def test_every_sentence_has_its_translation_and_no_translation_is_left_over(
    catalogue: Catalog, sentences: set[str | tuple[str, ...]]
) -> None:
    known = {message.id for message in messages(catalogue)}
    assert (sentences - known, known - sentences) == (set(), set()), "run make translations"
    assert not catalogue.obsolete
    empty = [message.id for message in messages(catalogue) if not all(forms(message.string))]
    assert empty == []
    assert [message.id for message in messages(catalogue) if message.fuzzy] == []


def test_a_translation_has_the_marks_and_placeholders_of_its_sentence(catalogue: Catalog) -> None:
    differing = [
        message.id
        for message in messages(catalogue)
        for said in forms(message.string)
        if placeholders(said) != placeholders(forms(message.id)[-1])
    ]
    assert differing == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_says_nothing_that_cannot_be_translated(path: Path) -> None:
    markup = JINJA.sub("", path.read_text("utf-8"))
    told = [TAG.sub("", markup), *SAID_BY_ATTRIBUTE.findall(markup)]
    assert [text.strip() for text in told if LETTER.search(text)] == []
