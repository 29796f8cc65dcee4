import hashlib
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient

HOST = "https://visite.example.fr"


def read(visitor: FlaskClient, path: str) -> dict[str, Any]:
    document: dict[str, Any] = visitor.get(f"/api/v1/stops/{path}").get_json(force=True)
    return document


def test_a_narration_tells_its_voice_and_what_to_know_of_it(visitor: FlaskClient) -> None:
    narration = read(visitor, "terril/narrations/fr")
    assert narration.pop("rendered_at").endswith("+00:00")
    assert narration.pop("duration_s") > 1
    assert narration.pop("files")
    assert narration.pop("cues")
    assert narration.pop("chapters")
    assert narration == {
        "lang": "fr",
        "voice": "fr",
        "engine": "espeak",
        "credit": None,
        "provisional": False,
        "older_than_text": False,
    }


def test_its_files_are_what_they_say(visitor: FlaskClient) -> None:
    opus, mp3 = read(visitor, "terril/narrations/fr")["files"]
    assert (opus["type"], mp3["type"]) == ("audio/ogg; codecs=opus", "audio/mpeg")
    sent = visitor.get(opus["url"]).data
    assert len(sent) == opus["bytes"]
    assert hashlib.sha256(sent).hexdigest() == opus["sha256"]
    assert opus["url"] == f"{HOST}/media/{opus['sha256']}.opus"


def test_its_cues_are_the_sentences_in_order(visitor: FlaskClient) -> None:
    narration = read(visitor, "terril/narrations/fr")
    cues = narration["cues"]["items"]
    assert [cue["text"] for cue in cues] == [
        "Le terril est noir.",
        "Il pousse ici 21 espèces rares.",
    ]
    assert all(before["end_s"] <= after["start_s"] for before, after in pairwise(cues))
    assert 0 <= cues[0]["start_s"] < cues[-1]["end_s"] <= narration["duration_s"]


def test_its_cues_are_captions_too(visitor: FlaskClient) -> None:
    answer = visitor.get(read(visitor, "terril/narrations/fr")["cues"]["vtt"])
    assert answer.text.startswith("WEBVTT")
    assert "Le terril est noir." in answer.text


def test_its_words_tell_their_times_within_their_sentence(visitor: FlaskClient) -> None:
    cues = read(visitor, "terril/narrations/fr")["cues"]
    first = cues["items"][0]
    assert [word["text"] for word in first["words"]] == ["Le", "terril", "est", "noir."]
    assert first["words"][0]["start_s"] == first["start_s"]
    assert "<00:00:00." in visitor.get(cues["words_vtt"]).text


def test_its_chapters_are_the_paragraphs(visitor: FlaskClient) -> None:
    chapters = read(visitor, "terril/narrations/fr")["chapters"]
    assert [chapter["text"] for chapter in chapters["items"]] == [
        "Le terril est noir.",
        "Il pousse ici 21 espèces rares.",
    ]
    assert visitor.get(chapters["vtt"]).text.count("-->") == len(chapters["items"])


def test_each_language_has_its_own(visitor: FlaskClient) -> None:
    english = read(visitor, "arret-2/narrations/en")
    assert (english["lang"], english["voice"]) == ("en", "en")
    assert english["cues"]["items"][0]["text"] == "The hill is black."


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("terril/narrations/en", "no published narrative of 'terril' in 'en'; there are: fr"),
        ("arret-2/narrations/nl", "no published narrative of 'arret-2' in 'nl'; there are: fr, en"),
        ("terril/narrations/xx", "no published narrative of 'terril' in 'xx'; there are: fr"),
        ("terril/narrations/FR", "no published narrative of 'terril' in 'FR'; there are: fr"),
        ("nowhere/narrations/fr", "no published stop 'nowhere'"),
        (
            "arret-4/narrations/fr",
            "the sound of 'arret-4' in 'fr' is still being made; its text is published",
        ),
    ],
)
def test_what_cannot_be_heard_is_told_with_the_reason(
    visitor: FlaskClient, path: str, detail: str
) -> None:
    problem = read(visitor, path)
    assert (problem["status"], problem["detail"]) == (404, detail)
