import logging
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.narration.workshop import open_workshop
from tourapp.narration.engines.espeak import EspeakEngine
from tourapp.narration.engines.protocol import Speech, Voice
from tourapp.narration.nudging import Nudger
from tourapp.narration.queries import count_silent
from tourapp.narration.rendering import open_renderer
from tourapp.narration.tasks import register_tasks
from tourapp.resources import Resources


@pytest.fixture
def one(resources: Resources, tmp_path: Path) -> Resources:
    """Publish one short text."""
    return open_workshop(resources, tmp_path).resources


def count(resources: Resources) -> int:
    with resources.database.reading() as session:
        return count_silent(session)


def test_a_nudge_has_a_worker_speak_what_is_silent(one: Resources) -> None:
    Nudger(one)()
    assert count(one) == 1
    one.queue.execute(one.queue.dequeue())
    assert count(one) == 0


def test_a_sweep_is_due_every_minute(resources: Resources) -> None:
    register_tasks(resources)
    [sweep] = resources.queue.read_periodic(datetime(2026, 6, 21, 12, 34, tzinfo=UTC))
    assert sweep.name == "sweep_narrations_every_minute"


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "sqlite:////proc/none.sqlite"])
def test_without_its_queue_nothing_is_lost_but_a_minute(
    one: Resources, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = replace(one.settings, queue_url=url)
    Nudger(replace(one, settings=nowhere))()
    assert "narrations wait for the next sweep" in caplog.text
    assert open_renderer(one).count_due() == 1


def test_the_worker_speaks_as_the_settings_say(
    one: Resources, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    both = replace(one, settings=replace(one.settings, speech_engines=("gtts", "espeak")))
    assert open_renderer(both).count_due() == 2
    assert open_renderer(one).count_due() == 1


def test_an_interrupted_sweep_gives_back_what_it_holds(
    one: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak = EspeakEngine.speak

    def interrupted(engine: EspeakEngine, text: str, *, voice: Voice) -> Speech:
        one.queue.notify_interrupted_tasks()
        return speak(engine, text, voice=voice)

    register_tasks(one)()
    monkeypatch.setattr(EspeakEngine, "speak", interrupted)
    one.queue.execute(one.queue.dequeue())
    assert count(one) == 1
    assert open_renderer(one).count_due() == 1


def test_an_interrupted_task_of_another_kind_gives_back_nothing(one: Resources) -> None:
    register_tasks(one)
    one.queue.task(name="other")(one.queue.notify_interrupted_tasks)()
    one.queue.execute(one.queue.dequeue())
    assert open_renderer(one).count_due() == 1
