from pathlib import Path

import pytest

from tests.narration.workshop import TEXT, Workshop, add_second_stop, open_workshop
from tourapp.narration.mastering import decode
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
