from html import unescape

import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from tourapp.narration.cues import Cue, to_webvtt

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
