import re
from html import unescape

import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from tourapp.narration.cues import (
    Cue,
    Word,
    paragraph_cues,
    sentence_cue,
    to_webvtt,
    words_to_webvtt,
)
from tourapp.narration.engines.protocol import TimedWord
from tourapp.narration.lexicon import Entry, Lexicon
from tourapp.narration.script import SpokenSentence, spoken_sentences

LEXICON = Lexicon([Entry(written="Loos-en-Gohelle", lang="fr", said="Losse en Goelle")])

moments_s = st.integers(0, 40_000_000).map(lambda milliseconds: milliseconds / 1000)
texts = st.text(min_size=1).filter(lambda text: text.split())
cues = st.builds(Cue, start_s=moments_s, end_s=moments_s, text=texts)


def test_cues_are_written_as_webvtt() -> None:
    first = Cue(0.3, 7.2634, "Vous êtes au pied du terril.")
    second = Cue(7.66, 3_671.5, "Écoutez.")
    assert to_webvtt([first, second]) == (
        "WEBVTT\n"
        "\n"
        "00:00:00.300 --> 00:00:07.263\n"
        "Vous êtes au pied du terril.\n"
        "\n"
        "00:00:07.660 --> 01:01:11.500\n"
        "Écoutez.\n"
    )


def test_marks_that_mean_something_in_webvtt_are_escaped() -> None:
    written = to_webvtt([Cue(0, 1, "R&D <b>00:01 --> 00:02</b>")])
    assert written.endswith("R&amp;D &lt;b&gt;00:01 --&gt; 00:02&lt;/b&gt;\n")


def test_line_breaks_in_a_text_do_not_end_the_cue() -> None:
    written = to_webvtt([Cue(0, 1, "un\n\ndeux\r\ntrois")])
    assert written.endswith("\nun deux trois\n")


def test_spaces_that_do_not_break_are_kept() -> None:
    assert "32\u202f000\u00a0habitants" in to_webvtt([Cue(0, 1, "32\u202f000\u00a0habitants")])


def test_a_clip_without_cues_is_still_a_document() -> None:
    assert to_webvtt([]) == "WEBVTT\n"


@settings(deadline=None)
@given(st.lists(cues, max_size=5))
def test_whatever_the_texts_a_reader_finds_the_same_cues(given: list[Cue]) -> None:
    read = webvtt.from_string(to_webvtt(given)).captions
    assert [cue.start_in_seconds for cue in read] == [int(cue.start_s) for cue in given]
    assert [unescape(cue.raw_text).split() for cue in read] == [cue.text.split() for cue in given]


def script(narrative: str) -> tuple[SpokenSentence, ...]:
    return spoken_sentences(narrative, lang="fr", lexicon=LEXICON)


def second_by_second(sentence: SpokenSentence) -> list[TimedWord]:
    """Time the spoken words as if each took a second."""
    places = [match.span() for match in re.finditer(r"\S+", sentence.text)]
    return [TimedWord(*place, start_s=at, end_s=at + 1) for at, place in enumerate(places)]


def timed(narrative: str) -> Cue:
    [sentence] = script(narrative)
    return sentence_cue(sentence, second_by_second(sentence), span_s=(0, 60))


@pytest.mark.parametrize(
    ("narrative", "shown"),
    [
        ("Voyez le terril.", ["Voyez", "le", "terril."]),
        ("Il a 37 m de haut.", ["Il", "a", "37 m", "de", "haut."]),
        ("Il a 37\u202fm de haut.", ["Il", "a", "37\u202fm", "de", "haut."]),
        ("À Loos-en-Gohelle, 32 000 kWh.", ["À", "Loos-en-Gohelle,", "32 000 kWh."]),
        ("De 1990-2012 à 61 kWh/m².an ici.", ["De", "1990-2012", "à", "61 kWh/m².an", "ici."]),
        ("« Oui ! » — dit M. Caron…", ["« Oui ! » —", "dit", "M.", "Caron…"]),
        ("Un E\u0301cole vue.", ["Un", "E\u0301cole", "vue."]),
    ],
)
def test_words_are_those_that_are_read(narrative: str, shown: list[str]) -> None:
    assert [word.text for word in timed(narrative).words] == shown


def test_words_said_for_one_that_is_shown_are_one() -> None:
    words = timed("Il a 37 m de haut.").words
    assert words[2] == Word(start_s=2, end_s=4, text="37 m")
    assert words[3].start_s == 4


def test_words_do_not_leave_their_sentence() -> None:
    [sentence] = script("Voyez le terril.")
    cue = sentence_cue(sentence, second_by_second(sentence), span_s=(10, 12.5))
    assert [(word.start_s, word.end_s) for word in cue.words] == [(10, 11), (11, 12), (12, 12.5)]


def test_a_mark_that_is_timed_is_no_word() -> None:
    [sentence] = script("Oui et non.")
    marked = SpokenSentence(
        text=f"- {sentence.text}",
        shown=sentence.shown,
        start=0,
        end=11,
        paragraph=0,
        pause_after_s=0.4,
        origins=((0, 0), (0, 0), *sentence.origins),
    )
    words = sentence_cue(marked, second_by_second(marked), span_s=(0, 9)).words
    assert [(word.text, word.start_s) for word in words] == [("Oui", 1), ("et", 2), ("non.", 3)]


def test_an_engine_that_times_no_words_leaves_sentences() -> None:
    [sentence] = script("Voyez le terril.")
    cue = sentence_cue(sentence, [], span_s=(0, 2))
    assert (cue.text, cue.words) == ("Voyez le terril.", ())
    assert words_to_webvtt([cue]) == to_webvtt([cue])


def test_each_word_but_the_first_tells_its_time() -> None:
    assert words_to_webvtt([timed("R&D : 37 m de haut.")]) == (
        "WEBVTT\n"
        "\n"
        "00:00:00.000 --> 00:01:00.000\n"
        "R&amp;D : <00:00:03.000>37 m <00:00:05.000>de <00:00:06.000>haut.\n"
    )


def test_times_inside_a_sentence_only_grow() -> None:
    words = (Word(0, 1, "un"), Word(1, 1, "deux"), Word(1, 2, "trois"))
    written = words_to_webvtt([Cue(0, 1, "un deux trois", words)])
    assert written.endswith("\nun deux trois\n")


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Le", "37", "m", "1990", "M.", "—", "«", "»", "kWh/m²", "?", "É", "Loos-en-Gohelle"]
        )
    )
)
def test_whatever_is_said_its_words_are_all_that_is_read(tokens: list[str]) -> None:
    for sentence in script(" ".join(["Oui", *tokens])):
        cue = sentence_cue(sentence, second_by_second(sentence), span_s=(0, 600))
        assert " ".join(word.text for word in cue.words) == sentence.shown
        starts_s = [word.start_s for word in cue.words]
        assert starts_s == sorted(starts_s)


def test_a_paragraph_lasts_until_the_next_one_begins() -> None:
    narrative = "## Le terril\n\nVoyez. Écoutez.\n\nMarchez."
    spans_s = [(0.3, 1), (2, 3), (3.5, 4), (5, 6)]
    sentences = script(narrative)
    cues = [
        sentence_cue(sentence, [], span_s=span_s)
        for sentence, span_s in zip(sentences, spans_s, strict=True)
    ]
    assert paragraph_cues(sentences, cues) == [
        Cue(0.3, 2, "Le terril"),
        Cue(2, 5, "Voyez."),
        Cue(5, 6, "Marchez."),
    ]


@pytest.mark.parametrize(
    ("narrative", "title"),
    [
        (
            "Vous êtes au pied du terril, à l'endroit même où les wagons arrivaient.",
            "Vous êtes au pied du terril, à l'endroit même où les wagons…",
        ),
        ("A" * 70, "A" * 60 + "…"),
    ],
)
def test_a_long_sentence_is_cut_short_in_the_name_of_its_paragraph(
    narrative: str, title: str
) -> None:
    sentences = script(narrative)
    cues = [sentence_cue(sentence, [], span_s=(0, 5)) for sentence in sentences]
    assert [cue.text for cue in paragraph_cues(sentences, cues)] == [title]
