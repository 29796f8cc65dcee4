"""Each sentence of a narrative finds the moment at which it is said; not a letter is changed."""

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tourapp.narration.lexicon import Lexicon
from tourapp.narration.script import shown_sentences, spoken_sentences
from tourapp.narration.transcript import transcript_html
from tourapp.settings import PROJECT_ROOT
from tourapp.stops.markup import narrative_html
from tourapp.stops.source.reading import read_stops

PASSAGES = (
    *("Un mot. ", "*Deux. Trois* ", "**quatre** ", "`cinq` ", "[six. Sept](https://a.fr/?b&c) "),
    *("\n\n", "  \n", "- ", "> ", "# ", "8\u202fm ! ", "« Neuf. » ", "M. X & <Y> ", "[^1] "),
)
AUTHORED = st.lists(st.sampled_from(PASSAGES), max_size=12).map("".join)


def cues_of(text: str, lang: str = "fr") -> list[dict[str, Any]]:
    """Return a cue a second, as a clip of that text has them."""
    spoken = spoken_sentences(text, lang=lang, lexicon=Lexicon())
    return [{"text": said.shown, "start_s": float(at)} for at, said in enumerate(spoken)]


def marked(html: str) -> dict[float, str]:
    """Return what is marked with each moment, as a reader sees it."""
    texts: dict[float, str] = {}
    for start, inner in re.findall(r'<span data-start="([\d.]+)">(.*?)</span>', html, re.DOTALL):
        texts[float(start)] = texts.get(float(start), "") + unescape(inner)
    return texts


def letters(text: str) -> str:
    return "".join(text.split())


def unmarked(html: str) -> str:
    return re.sub(r'<span data-start="[\d.]+">|</span>', "", html)


def test_a_sentence_bears_the_moment_at_which_it_is_said() -> None:
    cues = [{"text": "Un.", "start_s": 0.0}, {"text": "Deux.", "start_s": 1.25}]
    html = transcript_html("Un. *Deux.*", lang="fr", cues=cues)
    assert html == (
        '<p><span data-start="0">Un.</span> <em><span data-start="1.25">Deux.</span></em></p>\n'
    )


def test_a_sentence_that_was_corrected_since_bears_none() -> None:
    cues = cues_of("Un. Deux. Trois.")
    html = transcript_html("Un. Deux et demi. Trois.", lang="fr", cues=cues)
    assert marked(html) == {0: "Un.", 2: "Trois."}


def test_the_mark_of_a_note_moves_nothing() -> None:
    text = "Un.[^1] Deux [ici]. Trois."
    html = transcript_html(text, lang="fr", cues=cues_of(text))
    assert [letters(each) for each in marked(html).values()] == ["Un.[^1]", "Deux[ici].", "Trois."]


@pytest.mark.parametrize("text", ["", "Rien n’est dit."])
def test_without_a_sound_a_narrative_is_as_it_is(text: str) -> None:
    assert transcript_html(text, lang="fr", cues=[]) == narrative_html(text)


@pytest.mark.parametrize("stop", read_stops(PROJECT_ROOT / "stops"), ids=lambda stop: stop.slug)
def test_every_sentence_of_the_projects_stops_is_found(stop: Any) -> None:  # noqa: ANN401 -- a value that names the test
    for (lang, _), content in stop.narratives.items():
        cues = cues_of(content.text, lang)
        found = marked(transcript_html(content.text, lang=lang, cues=cues))
        assert {at: letters(text) for at, text in found.items()} == {
            cue["start_s"]: letters(cue["text"]) for cue in cues
        }


@settings(deadline=None)
@given(AUTHORED)
def test_every_cue_finds_its_sentence_and_no_letter_is_changed(text: str) -> None:
    cues = cues_of(text)
    html = transcript_html(text, lang="fr", cues=cues)
    assert unmarked(html) == narrative_html(text)
    assert set(marked(html)) == {cue["start_s"] for cue in cues}


@given(AUTHORED)
def test_what_is_shown_is_what_is_said_or_more(text: str) -> None:
    shown = iter(shown_sentences(text, lang="fr"))
    assert all(cue["text"] in shown for cue in cues_of(text))
