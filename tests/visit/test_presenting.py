import pytest

from tests.samples import CODES, DRAWING
from tests.visit.visits import NOON, SOUND, make_heard, make_neighbour, make_visited
from tourapp.media import media_name
from tourapp.stops.models import Narrative
from tourapp.visit.presenting import listed_stop, shown_stop
from tourapp.visit.shown import ShownNeighbour, ShownStop
from tourapp.visit.visited import Visited

HOST = "https://visite.example.fr"


def shown(visited: Visited, lang: str = "fr") -> ShownStop:
    return shown_stop(visited, requested_lang=lang, public_url=HOST, today=NOON.date())


def test_a_page_names_files_without_a_host() -> None:
    stop = shown(make_visited(heard=make_heard()))
    assert stop.drawing.url == f"/media/{media_name(DRAWING, suffix='svg')}"
    assert stop.narration is not None
    assert stop.narration.vtt_url == f"/media/{SOUND}.vtt"
    assert [file["url"] for file in stop.narration.files] == [
        f"/media/{SOUND}.opus",
        f"/media/{SOUND}.mp3",
    ]


def test_a_page_shows_what_its_sign_says() -> None:
    sign = shown(make_visited()).sign
    assert sign is not None
    assert (sign.code, sign.url) == (CODES[0], f"HTTPS://VISITE.EXAMPLE.FR/Q/{CODES[0]}")


def test_a_page_may_have_neither_sound_nor_sign_nor_neighbours() -> None:
    stop = shown(make_visited(code=None))
    assert (stop.narration, stop.sign, stop.previous, stop.next) == (None, None, None, None)
    assert stop.nearby == []


def test_the_sentences_of_a_narrative_bear_the_moments_of_its_sound() -> None:
    revision = make_visited().revision
    revision.text = "Le terril est noir. Il pousse."
    html = shown(make_visited(revision=revision, heard=make_heard())).narrative_html
    assert html == '<p><span data-start="0">Le terril est noir.</span> Il pousse.</p>\n'


def test_neighbours_stay_in_the_language_asked() -> None:
    stop = shown(make_visited(next=make_neighbour("arret-2")), lang="en")
    assert (stop.lang, stop.requested_lang) == ("fr", "en")
    assert stop.next == ShownNeighbour(
        number=1,
        title="Montée du terril",
        lang="fr",
        url="/en/arrets/arret-2",
        distance_m=1200,
        direction_deg=90,
    )


@pytest.mark.parametrize("note", ["provisional", "older_than_text"])
def test_a_listener_is_told_of_a_sound_that_is_not_the_best(note: str) -> None:
    narration = shown(make_visited(heard=make_heard(**{note: True}))).narration
    assert narration is not None
    assert getattr(narration, note) is True


def test_a_narrative_is_shown_as_html_that_runs_nothing() -> None:
    revision = make_visited().revision
    revision.text = "Le *terril* <script>alert(1)</script>[ici](javascript:alert(1))"
    html = shown(make_visited(revision=revision)).narrative_html
    assert "<em>terril</em>" in html
    assert "<script" not in html
    assert "href" not in html


def test_a_list_leads_to_a_stop_in_its_own_language_whatever_that_of_the_text() -> None:
    english = make_visited(narrative=Narrative(lang="en", variant="standard"), heard=make_heard())
    listed = listed_stop(english, lang="nl", today=NOON.date())
    assert (listed.lang, listed.url) == ("en", "/nl/arrets/terril")
    assert listed.duration_s == 10.5


def test_a_list_tells_no_length_of_a_sound_that_is_not_there() -> None:
    assert listed_stop(make_visited(), lang="fr", today=NOON.date()).duration_s is None
