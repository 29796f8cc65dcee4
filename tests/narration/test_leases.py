import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.narration.workshop import (
    FINE,
    NOON,
    PLAIN,
    TEXT,
    Clock,
    Workshop,
    add_second_stop,
    open_workshop,
    raising,
)
from tourapp.narration.engines.protocol import UnreachableError
from tourapp.narration.services import claim_next
from tourapp.resources import Resources

TWO_SENTENCES = ["Écoutez.", "Regardez."]


@pytest.fixture
def workshop(resources: Resources, tmp_path: Path) -> Workshop:
    return open_workshop(resources, tmp_path)


@pytest.fixture
def pair(workshop: Workshop, tmp_path: Path) -> Workshop:
    return add_second_stop(workshop, tmp_path)


def test_a_provisional_sound_stays_whole_until_the_better_one_is(workshop: Workshop) -> None:
    workshop.voicing = FINE
    served = []
    workshop.gtts.meet = lambda _: served.append(workshop.served())
    workshop.renderer.render_due()
    plain, fine = (row.opus_media for row in workshop.rows()[::-1])
    assert served == [plain, plain]
    assert workshop.served() == fine
    heard = workshop.heard(workshop.first)
    assert heard
    assert not heard.provisional


def test_renderers_at_once_render_each_text_once(pair: Workshop) -> None:
    with ThreadPoolExecutor(4) as threads:
        ready = sum(threads.map(lambda _: pair.renderer.render_due(), range(4)))
    assert ready == 2
    assert sorted(pair.espeak.spoken) == sorted([*TWO_SENTENCES, "Marchez."])


@pytest.mark.parametrize("error", [None, UnreachableError("no network"), RuntimeError("a bug")])
def test_a_worker_that_lost_its_lease_records_nothing(
    workshop: Workshop, error: Exception | None
) -> None:
    def lose(text: str) -> None:
        workshop.clock.turn(workshop.lease_s)
        with workshop.resources.database.transaction() as session:
            claim_next(session, PLAIN, lease_s=600, now=workshop.clock())
        if error:
            raising(error)(text)

    workshop.espeak.meet = lose
    assert workshop.renderer.render_due() == 0
    [row] = workshop.rows()
    assert (row.state, row.failure, row.attempts) == ("rendering", None, 2)
    assert workshop.espeak.attempts == 1


def test_an_abandoned_rendering_goes_on_after_its_lease(workshop: Workshop) -> None:
    workshop.renderer.count_due()
    with workshop.resources.database.transaction() as session:
        claim_next(session, PLAIN, lease_s=60, now=workshop.clock())
    assert workshop.renderer.render_due() == 0
    workshop.clock.turn(60)
    assert workshop.renderer.render_due() == 1


def test_a_ctrl_c_gives_the_text_back_and_keeps_what_was_spoken(workshop: Workshop) -> None:
    workshop.espeak.meet = lambda text: (
        signal.raise_signal(signal.SIGINT) if text == TWO_SENTENCES[1] else None
    )
    with pytest.raises(KeyboardInterrupt):
        workshop.renderer.render_due()
    assert workshop.states() == ["wanted"]
    workshop.espeak.meet = lambda _: None
    assert workshop.renderer.render_due() == 1
    assert workshop.espeak.spoken == TWO_SENTENCES


class SlowClock(Clock):
    """A clock by which everything takes a quarter of a lease, and that watches the lease."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__()
        self.workshop = workshop
        self.lapsed = False

    def __call__(self) -> datetime:
        self.turn(self.workshop.lease_s / 4)
        ends_at = self.workshop.rows()[-1].lease_ends_at
        self.lapsed |= ends_at is not None and ends_at <= self.now
        return self.now


def test_a_text_of_kept_sentences_keeps_its_lease_to_the_end(workshop: Workshop) -> None:
    workshop.renderer.render_due()
    workshop.publish(text=TEXT, title="Un autre titre")
    workshop.clock = clock = SlowClock(workshop)
    assert workshop.renderer.render_due() == 1
    assert clock.now - NOON > timedelta(seconds=workshop.lease_s)
    assert not clock.lapsed


def give_back_while_speaking(workshop: Workshop) -> None:
    """Have a worker asked to end while it speaks a text's second sentence."""
    renderer = workshop.renderer
    workshop.espeak.meet = lambda text: renderer.give_back() if text == TWO_SENTENCES[1] else None
    assert renderer.render_due() == 0
    workshop.espeak.meet = lambda _: None


def test_a_worker_that_is_asked_to_end_gives_its_text_back_at_once(workshop: Workshop) -> None:
    give_back_while_speaking(workshop)
    [row] = workshop.rows()
    assert (row.state, row.attempts, row.lease) == ("wanted", 0, None)
    assert workshop.renderer.render_due() == 1
    assert workshop.espeak.spoken == TWO_SENTENCES


def test_a_worker_that_is_asked_to_end_takes_nothing_more(pair: Workshop) -> None:
    give_back_while_speaking(pair)
    assert "Marchez." not in pair.espeak.spoken


def test_a_worker_that_holds_nothing_ends_all_the_same(workshop: Workshop) -> None:
    renderer = workshop.renderer
    renderer.give_back()
    assert renderer.render_due() == 0
    assert workshop.states() == ["wanted"]
