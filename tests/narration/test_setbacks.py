"""What goes wrong while sound is made, and what becomes of it; on SQLite alone.

What a narration's row goes through is shown on both kinds of databases by the services' tests.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from tests.narration.workshop import (
    FINE,
    PLAIN,
    TEXT,
    Workshop,
    add_second_stop,
    open_workshop,
    raising,
)
from tourapp.narration.engines.protocol import (
    EngineError,
    RefusedTextError,
    ThrottledError,
    UnreachableError,
)
from tourapp.narration.models import MasteredSentence, Sentence
from tourapp.narration.sound import decode
from tourapp.resources import Resources
from tourapp.stops.services import get_stop

NO_NETWORK = UnreachableError("no network")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def workshop(resources: Resources, tmp_path: Path) -> Workshop:
    return open_workshop(resources, tmp_path)


@pytest.fixture
def pair(workshop: Workshop, tmp_path: Path) -> Workshop:
    return add_second_stop(workshop, tmp_path)


def refusing(text: str, error: Exception) -> Callable[[str], None]:
    """Return a way to meet texts: this one with an error."""
    return lambda met: raising(error)(met) if met == text else None


def names(workshop: Workshop, *columns: InstrumentedAttribute[str]) -> list[str]:
    with workshop.resources.database.reading() as session:
        return [name for column in columns for name in session.scalars(select(column))]


def lose(path: Path) -> None:
    path.unlink()


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


MASTERED = (MasteredSentence.opus_media, MasteredSentence.mp3_media)


@pytest.mark.parametrize("harm", [lose, damage])
@pytest.mark.parametrize("column", MASTERED)
def test_a_mastered_sentence_that_is_lost_or_damaged_is_mastered_again_unspoken(
    workshop: Workshop,
    tmp_path: Path,
    harm: Callable[[Path], None],
    column: InstrumentedAttribute[str],
) -> None:
    workshop.renderer.render_due()
    first = names(workshop, column)[0]
    sound = (tmp_path / "media" / first).read_bytes()
    harm(tmp_path / "media" / first)
    workshop.publish(text=TEXT, title="Un autre titre")
    assert workshop.renderer.render_due() == 1
    assert workshop.espeak.spoken == ["Écoutez.", "Regardez."]
    assert (tmp_path / "media" / first).read_bytes() == sound


@pytest.mark.parametrize("harm", [lose, damage])
def test_a_sentence_of_which_nothing_whole_is_left_is_spoken_again(
    workshop: Workshop, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    workshop.renderer.render_due()
    workshop.espeak.spoken.clear()
    for name in (names(workshop, Sentence.media)[0], *names(workshop, *MASTERED)):
        harm(tmp_path / "media" / name)
    workshop.publish(text=TEXT, title="Un autre titre")
    assert workshop.renderer.render_due() == 1
    assert len(workshop.espeak.spoken) == 1
    for name in names(workshop, Sentence.media, *MASTERED):
        assert decode((tmp_path / "media" / name).read_bytes())


def test_a_stop_whose_drawing_is_lost_is_heard_all_the_same(
    workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    with workshop.resources.database.transaction() as session:
        get_stop(session, "terril").drawing_media = f"{'0' * 64}.svg"
    assert workshop.renderer.render_due() == 1
    assert "has no cover" in caplog.text


def test_a_dead_engine_costs_one_attempt_and_the_others_go_on(pair: Workshop) -> None:
    pair.voicing = FINE
    pair.gtts.meet = raising(NO_NETWORK)
    assert pair.renderer.render_due() == 2
    assert (pair.gtts.attempts, pair.renderer.count_due()) == (1, 0)
    pair.clock.turn(29)
    assert pair.renderer.render_due() == 0
    assert pair.gtts.attempts == 1


def test_a_dead_engine_speaks_everything_once_it_answers(pair: Workshop) -> None:
    pair.voicing = FINE
    pair.gtts.meet = raising(NO_NETWORK)
    pair.renderer.render_due()
    pair.gtts.meet = lambda _: None
    pair.clock.turn(30)
    assert pair.renderer.render_due() == 2
    assert set(pair.states()) == {"ready"}


def test_an_engine_that_speaks_again_is_asked_at_once_for_all_it_left(pair: Workshop) -> None:
    pair.voicing = FINE
    pair.gtts.meet = raising(ThrottledError("not today", retry_after_s=86_400))
    pair.renderer.render_due()
    pair.gtts.meet = lambda _: None
    pair.publish(text="Sentez.")
    assert pair.renderer.render_due() == 3
    assert [row.state for row in pair.rows() if row.engine == "gtts"] == [
        "failed",
        "ready",
        "ready",
    ]


def test_an_engine_that_stays_dead_is_asked_less_and_less(workshop: Workshop) -> None:
    workshop.espeak.meet = raising(NO_NETWORK)
    for wait_s in (30, 60, 120, 240, 480, 960, 1920, 3600, 3600):
        workshop.renderer.render_due()
        workshop.clock.turn(wait_s - 1)
        assert workshop.renderer.count_due() == 0
        workshop.clock.turn(1)
    assert workshop.espeak.attempts == 9


@pytest.mark.parametrize(("asked_s", "kept_s"), [(90, 90), (7200, 7200), (float("inf"), 86_400)])
def test_a_throttled_engine_waits_as_long_as_it_is_asked_to(
    pair: Workshop, asked_s: float, kept_s: float
) -> None:
    pair.espeak.meet = raising(ThrottledError("fewer, please", retry_after_s=asked_s))
    pair.renderer.render_due()
    pair.clock.turn(kept_s - 1)
    assert pair.renderer.count_due() == 0
    pair.clock.turn(1)
    assert pair.renderer.count_due() == 2


def test_a_throttled_engine_that_names_no_time_waits_as_a_dead_one(pair: Workshop) -> None:
    pair.espeak.meet = raising(ThrottledError("fewer, please", retry_after_s=None))
    pair.renderer.render_due()
    pair.clock.turn(30)
    assert pair.renderer.count_due() == 2


@pytest.mark.parametrize("error", [RefusedTextError("never"), RuntimeError("a bug"), ValueError()])
def test_what_goes_wrong_with_one_text_does_not_stop_the_others(
    pair: Workshop, error: Exception
) -> None:
    pair.espeak.meet = refusing("Écoutez.", error)
    assert pair.renderer.render_due() == 1
    failed, ready = pair.rows()
    assert (failed.state, ready.state) == ("failed", "ready")
    assert failed.failure == (str(error) or "ValueError()")


def test_a_text_that_makes_its_engine_fail_does_not_keep_the_others_waiting(
    pair: Workshop,
) -> None:
    pair.espeak.meet = refusing("Écoutez.", EngineError("eSpeak NG crashed"))
    assert pair.renderer.render_due() == 0
    pair.clock.turn(30)
    assert pair.renderer.render_due() == 1
    assert pair.states() == ["failed", "ready"]


def test_a_text_without_a_word_to_say_fails_and_says_so(workshop: Workshop) -> None:
    workshop.publish(text="…")
    assert workshop.renderer.render_due() == 0
    [failed] = workshop.rows()
    assert "at least one sentence" in str(failed.failure)


def test_a_language_without_a_voice_fails_and_says_so(workshop: Workshop) -> None:
    workshop.espeak.voices = {}
    assert workshop.renderer.render_due() == 0
    [failed] = workshop.rows()
    assert failed.failure == "espeak has no voice for 'fr'"


def test_another_recipe_wants_every_sound_again_and_serves_the_old_meanwhile(
    workshop: Workshop,
) -> None:
    workshop.renderer.render_due()
    old = workshop.served()
    workshop.voicing = replace(PLAIN, version=102)
    assert workshop.renderer.count_due() == 1
    assert old
    assert workshop.served() == old
    workshop.renderer.render_due()
    assert workshop.states() == ["ready"]


def test_a_long_rendering_keeps_its_lease_sentence_by_sentence(workshop: Workshop) -> None:
    workshop.espeak.meet = lambda _: workshop.clock.turn(workshop.lease_s - 1)
    assert workshop.renderer.render_due() == 1


def test_the_french_of_each_stop_is_spoken_first_and_no_more_than_that(pair: Workshop) -> None:
    pair.voicing = FINE
    told = []
    assert pair.renderer.render_silent(most_s=60, after_each=lambda: told.append("clip")) == 2
    assert (told, pair.gtts.attempts) == (["clip"] * 2, 0)
    assert pair.renderer.count_silent() == 0
    assert pair.renderer.render_silent(most_s=60) == 0


def test_speaking_before_serving_ends_in_time_however_many_stops_there_are(pair: Workshop) -> None:
    def late(_: str) -> None:
        pair.clock.turn(61)

    pair.espeak.meet = late
    pair.lease_s = 600
    assert pair.renderer.render_silent(most_s=60) == 1
    assert pair.renderer.count_silent() == 1
