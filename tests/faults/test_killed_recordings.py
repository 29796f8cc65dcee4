"""Killed while a recording is sent, nothing is half kept; while it is mastered, nothing is lost."""

import http.client
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.changing import hired
from tests.faults.installation import HELD, READY, Installation
from tests.faults.live import kill, open_lines, serving
from tests.narration.readings import Reader, file_of, script_of
from tests.running import started, wait_until
from tests.samples import NARRATIVE
from tourapp.app import create_app

KILLS = int(os.environ.get("KILLS", "2"))
RECORDED = "SELECT count(*) FROM narration WHERE recording_id IS NOT NULL AND state = 'ready'"
BEGUN = f"{HELD} AND recording_id IS NOT NULL"
RECORDINGS = "/api/v1/stops/arret-2/narrations/fr/recordings"


@pytest.fixture(scope="session")
def sound() -> bytes:
    """Return somebody's reading, as long as the server takes some moments to hear."""
    speech, _ = Reader("fr+f3", 1.2).read(script_of(NARRATIVE.text) * 4)
    return file_of(speech)


def record(installation: Installation, number: int, sound: bytes) -> None:
    """Give a recording of a stop, none of which has the bytes of another."""
    file = installation.media.parent / f"{number}.wav"
    file.write_bytes(sound[: len(sound) - 2000 * number])
    head = bytearray(file.read_bytes())
    head[4:8] = (len(head) - 8).to_bytes(4, "little")
    file.write_bytes(head)
    slug = "terril" if number == 1 else f"arret-{number}"
    with started(
        installation.environ, "narrations", "record", slug, str(file), "--speaker", "Jeanne D."
    ) as command:
        assert command.wait() == 0


def moments(installation: Installation) -> list[Callable[[], object]]:
    """Return moments of a recording's rendering, each told by what can be seen from outside."""
    mastered = installation.count("mastered_sentence")
    files = len(installation.present())
    return [
        lambda: installation.ask(BEGUN),
        # Three sentences of an engine's first: three rows, and nine files, and five of its clip.
        lambda: installation.count("mastered_sentence") > mastered + 3,
        *(lambda more=more: len(installation.present()) > files + more for more in (14, 15, 17)),
    ]


def test_a_recording_is_heard_however_often_the_worker_is_killed(
    installation: Installation, sound: bytes
) -> None:
    for number in range(1, KILLS + 1):
        installation.publish(number)
        record(installation, number, sound)
        moment = moments(installation)[(number - 1) % 5]
        with started(installation.environ, "worker") as worker:
            wait_until(moment)
            worker.kill()
            worker.wait()
    with started(installation.environ, "worker"):
        wait_until(lambda: installation.ask(RECORDED) == [str(KILLS)])
        wait_until(installation.is_finished)
    assert installation.ask(READY) == [str(2 * KILLS)]
    installation.assert_whole()


@pytest.fixture
def scratch(tmp_path: Path, installation: Installation) -> Iterator[Path]:
    """Return where the installation's processes write what is temporary."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    installation.environ["TMPDIR"] = str(folder)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("share", [0.5, 1.0], ids=["half sent", "all sent"])
def test_a_server_that_is_killed_keeps_nothing_of_what_was_being_sent(
    installation: Installation, scratch: Path, sound: bytes, share: float
) -> None:
    installation.publish(2)
    token = hired(
        installation.resources, create_app(installation.resources).test_client(), "publication"
    ).token
    before = installation.present()
    with serving(installation.environ) as (server, worker, port):
        kill(worker)
        with open_lines(port, 1) as [line]:
            bearer = {"Authorization": f"Bearer {token}"}
            tag = line.ask(RECORDINGS, headers=bearer)[1]["Etag"]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.putrequest("POST", f"{RECORDINGS}?speaker=Jeanne")
        for name, value in {"If-Match": tag, "Content-Length": str(len(sound)), **bearer}.items():
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(sound[: int(len(sound) * share)])
        kill(server)
        with suppress(OSError):
            connection.close()
    assert installation.count("recording") == 0
    assert installation.present() == before
    assert list(scratch.iterdir()) == []
