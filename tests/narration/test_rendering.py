import io
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from sqlalchemy import func, select

from tests.narration.workshop import PLAIN, TEXT, Workshop, add_second_stop, open_workshop
from tourapp.narration.models import MasteredSentence
from tourapp.narration.sound import decode
from tourapp.resources import Resources

TWO_SENTENCES = ["Écoutez.", "Regardez."]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: the same sound comes out with any."""
    return sqlite_url


@pytest.fixture
def workshop(resources: Resources, tmp_path: Path) -> Workshop:
    return open_workshop(resources, tmp_path)


def test_a_published_text_becomes_sound_that_decodes(workshop: Workshop) -> None:
    assert workshop.renderer.render_due() == 1
    [row] = workshop.rows()
    for name in (str(row.opus_media), str(row.mp3_media)):
        sound = decode(workshop.resources.media.read(name))
        assert sound.duration_s == pytest.approx(row.duration_s, abs=0.1)
    assert row.opus_bytes == workshop.resources.media.find_size(str(row.opus_media))
    assert (row.state, row.voice, row.rendered_at) == ("ready", "espeak-fr", workshop.clock.now)


def test_the_cues_show_the_text_as_it_is_written(workshop: Workshop) -> None:
    workshop.publish(text="Voyez *21* plantes.\n\nÉcoutez.")
    workshop.renderer.render_due()
    [row] = workshop.rows()
    assert row.cues
    texts = [cue["text"] for cue in row.cues]
    assert texts == ["Voyez 21 plantes.", "Écoutez."]
    first, second = row.cues
    assert 0 < first["start_s"] < first["end_s"] < second["start_s"] < second["end_s"]
    assert workshop.resources.media.read(str(row.vtt_media)).decode().count("-->") == 2


def test_engines_are_given_what_is_said(workshop: Workshop) -> None:
    workshop.publish(text="Voyez 21 plantes.")
    workshop.renderer.render_due()
    assert workshop.espeak.spoken == ["Voyez vingt et une plantes."]


def test_what_is_ready_is_not_rendered_again(workshop: Workshop) -> None:
    workshop.renderer.render_due()
    assert workshop.renderer.count_due() == 0
    assert workshop.renderer.render_due() == 0


def test_correcting_one_sentence_speaks_one_sentence(workshop: Workshop) -> None:
    workshop.renderer.render_due()
    workshop.espeak.spoken.clear()
    workshop.publish(text="Écoutez.\n\nSentez.")
    assert workshop.renderer.render_due() == 1
    assert workshop.espeak.spoken == ["Sentez."]


def test_a_sentence_that_several_stops_share_is_spoken_once(
    workshop: Workshop, tmp_path: Path
) -> None:
    add_second_stop(workshop, tmp_path, text=TEXT)
    assert workshop.renderer.render_due() == 2
    assert workshop.espeak.spoken == TWO_SENTENCES


def count_mastered(workshop: Workshop) -> int:
    with workshop.resources.database.reading() as session:
        return session.scalar(select(func.count()).select_from(MasteredSentence)) or 0


def test_correcting_one_sentence_of_twenty_speaks_and_masters_one(workshop: Workshop) -> None:
    sentences = [f"Voyez le numéro {number}." for number in range(20)]
    workshop.publish(text=" ".join(sentences))
    workshop.renderer.render_due()
    assert (len(workshop.espeak.spoken), count_mastered(workshop)) == (20, 20)
    sentences[7] = "Sentez la différence."
    workshop.publish(text=" ".join(sentences))
    workshop.renderer.render_due()
    assert workshop.espeak.spoken[20:] == ["Sentez la différence."]
    assert count_mastered(workshop) == 21


def test_a_clip_of_kept_sentences_is_the_clip_of_new_ones(workshop: Workshop) -> None:
    workshop.renderer.render_due()
    workshop.publish(text=TEXT)
    workshop.renderer.render_due()
    first, second = workshop.rows()
    assert (first.opus_media, first.mp3_media) == (second.opus_media, second.mp3_media)
    assert (first.cues, first.words_media) == (second.cues, second.words_media)


def test_each_word_is_heard_when_its_cue_says(workshop: Workshop) -> None:
    workshop.publish(text="Voyez, puis écoutez.\n\nMarchez.")
    workshop.renderer.render_due()
    [row] = workshop.rows()
    sound = decode(workshop.resources.media.read(str(row.mp3_media)))
    first, second = row.cues or []
    assert [word["text"] for word in first["words"]] == ["Voyez,", "puis", "écoutez."]
    for word in (first["words"][0], first["words"][1], second["words"][0]):
        at = round(word["start_s"] * sound.rate_hz)
        tenth = sound.rate_hz // 10
        assert np.abs(sound.samples[at - tenth : at - tenth // 4]).max() < 0.02
        assert np.abs(sound.samples[at : at + tenth]).max() > 0.1


def test_words_stand_in_order_within_their_sentences(workshop: Workshop) -> None:
    workshop.publish(text="Voyez *21* plantes, dont 3 rares.\n\nÉcoutez.")
    workshop.renderer.render_due()
    [row] = workshop.rows()
    for cue in row.cues or []:
        moments_s = [moment for word in cue["words"] for moment in (word["start_s"], word["end_s"])]
        assert moments_s == sorted(moments_s)
        assert cue["start_s"] == moments_s[0]
        assert moments_s[-1] <= cue["end_s"]
        assert " ".join(word["text"] for word in cue["words"]) == cue["text"]


def test_a_voice_that_times_no_words_leaves_them_out(workshop: Workshop) -> None:
    workshop.voicing = replace(PLAIN, engines=("gtts",))
    workshop.renderer.render_due()
    [row] = workshop.rows()
    assert [cue["words"] for cue in row.cues or []] == [[], []]
    assert row.words_media is None


def test_a_chapter_is_a_paragraph(workshop: Workshop) -> None:
    workshop.publish(text="Voyez. Écoutez.\n\nMarchez.")
    workshop.renderer.render_due()
    [row] = workshop.rows()
    cues, chapters = row.cues or [], row.chapters or []
    assert [chapter["text"] for chapter in chapters] == ["Voyez.", "Marchez."]
    assert chapters[0]["end_s"] == chapters[1]["start_s"] == cues[2]["start_s"]
    assert workshop.resources.media.read(str(row.chapters_media)).count(b"-->") == 2


def test_a_clip_tells_what_it_is_and_shows_the_stops_drawing(workshop: Workshop) -> None:
    workshop.renderer.render_due()
    [row] = workshop.rows()
    with av.open(io.BytesIO(workshop.resources.media.read(str(row.mp3_media)))) as file:
        assert file.metadata["title"].startswith("1. ")
        assert (file.metadata["language"], file.metadata["license"]) == ("fr", "CC BY 4.0")
        assert file.streams.video[0].width == 320
