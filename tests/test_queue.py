from pathlib import Path

import pytest

from tests.installations import environment
from tests.running import started, wait_until
from tests.samples import sample_stop, write_samples
from tourapp.errors import UnavailableError
from tourapp.narration.queries import count_silent
from tourapp.narration.tasks import register_tasks
from tourapp.publishing.commands import seed
from tourapp.queue import open_queue, queue_outages
from tourapp.resources import Resources
from tourapp.settings import Settings


@pytest.fixture(params=["sqlite", "memory", "redis"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty queue of each kind."""
    if request.param == "redis":
        of_redis: str = request.getfixturevalue("redis_url")
        return of_redis
    return {"sqlite": f"sqlite:///{tmp_path}/new/queue.sqlite", "memory": "memory://"}[
        request.param
    ]


@pytest.fixture(params=["sqlite", "redis"])
def shared(request: pytest.FixtureRequest, tmp_path: Path, sqlite_url: str) -> dict[str, str]:
    """Return the environment of an installation whose queue processes share."""
    queues = {"sqlite": lambda: f"sqlite:///{tmp_path / 'queue.sqlite'}"}
    queues["redis"] = lambda: str(request.getfixturevalue("redis_url"))
    return environment(tmp_path, database_url=sqlite_url, queue_url=queues[request.param]())


def is_silent(resources: Resources) -> bool:
    with resources.database.reading() as session:
        return count_silent(session) > 0


def test_a_task_waits_in_the_queue_until_it_is_done(url: str) -> None:
    queue, done = open_queue(url), list[str]()
    queue.task(name="note")(done.append)("once")
    assert queue.pending_count() == 1
    queue.execute(queue.dequeue())
    assert (done, queue.pending_count()) == (["once"], 0)
    queue.storage.close()


def test_a_task_outlives_the_process_that_left_it(tmp_path: Path) -> None:
    left = open_queue(f"sqlite:///{tmp_path}/queue.sqlite")
    left.task(name="note")(lambda: None)()
    left.storage.close()
    assert open_queue(f"sqlite:///{tmp_path}/queue.sqlite").pending_count() == 1


def test_a_worker_does_at_once_what_another_process_asks_for(
    shared: dict[str, str], tmp_path: Path
) -> None:
    resources = Resources.open(Settings.from_environ(shared))
    seed(resources, write_samples(tmp_path / "stops"))
    with started(shared, "worker"):
        wait_until(lambda: not is_silent(resources))
        seed(resources, write_samples(tmp_path / "stops", sample_stop(2)))
        assert is_silent(resources)
        register_tasks(resources)()
        wait_until(lambda: not is_silent(resources), within_s=20)
    resources.close()


def test_a_queue_that_is_away_is_unavailable() -> None:
    queue = open_queue("redis://127.0.0.1:1/0")
    with pytest.raises(UnavailableError, match="the queue does not answer"), queue_outages():
        queue.task(name="note")(lambda: None)()


def test_a_file_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="the queue does not answer"):
        open_queue(f"sqlite:///{tmp_path}")
