"""A worker is killed again and again while it renders; one start later, everything is there."""

import os

from tests.faults.installation import READY, Installation
from tests.running import started, wait_until

KILLS = int(os.environ.get("KILLS", "2"))


def kill_while_it_renders(installation: Installation, number: int) -> None:
    installation.publish(number + 1)
    moments = installation.moments()
    with started(installation.environ, "worker") as worker:
        wait_until(moments[number % len(moments)])
        worker.kill()
        worker.wait()


def finish(installation: Installation) -> None:
    with started(installation.environ, "worker"):
        wait_until(installation.is_finished)


def test_killing_the_worker_leaves_nothing_missing_and_nothing_halfway(
    installation: Installation,
) -> None:
    for number in range(KILLS):
        kill_while_it_renders(installation, number)
    finish(installation)

    assert installation.ask(READY) == [str(KILLS)]
    installation.assert_whole()


def test_a_worker_that_is_told_to_end_gives_back_what_it_holds(
    installation: Installation,
) -> None:
    installation.environ["TOURAPP_RENDER_LEASE_S"] = "3600"
    installation.publish(1, sentences=40)
    with started(installation.environ, "worker") as worker:
        wait_until(lambda: installation.count("sentence") > 0)
        worker.terminate()
        worker.wait()
    assert installation.ask("SELECT state || attempts FROM narration") == ["wanted0"]
