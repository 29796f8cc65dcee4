"""A worker is killed again and again while it renders; one start later, everything is there."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.running import started, wait_until
from tests.samples import sample_stop, write_samples
from tourapp.narration.mastering import decode
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.settings import Settings

KILLS = int(os.environ.get("KILLS", "2"))
PUBLISHED = "FROM narration JOIN narrative ON published_revision_id = revision_id"
UNFINISHED = f"SELECT count(*) {PUBLISHED} WHERE state != 'ready'"
READY = f"SELECT count(*) {PUBLISHED} WHERE state = 'ready'"
HELD = """
    SELECT id FROM narration WHERE state = 'rendering'
    AND lease_ends_at > strftime('%Y-%m-%d %H:%M:%f', 'now')
"""
FILES = """
    SELECT opus_media FROM narration WHERE state = 'ready'
    UNION SELECT mp3_media FROM narration WHERE state = 'ready'
    UNION SELECT vtt_media FROM narration WHERE state = 'ready'
    UNION SELECT chapters_media FROM narration WHERE state = 'ready'
    UNION SELECT words_media FROM narration WHERE state = 'ready'
    UNION SELECT media FROM sentence
    UNION SELECT opus_media FROM mastered_sentence
    UNION SELECT mp3_media FROM mastered_sentence
"""
CAPTIONS = """
    SELECT vtt_media FROM narration
    UNION SELECT chapters_media FROM narration
    UNION SELECT words_media FROM narration
"""


class Installation:
    """A real installation in a folder, looked at from outside."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self.media = folder / "media"
        self.file = folder / "tourapp.sqlite"
        self.environ = environ
        self.resources = Resources.open(Settings.from_environ(environ))
        self.stops = folder / "stops"

    def publish(self, number: int, *, sentences: int = 3) -> None:
        """Publish a stop whose sentences nobody has spoken yet."""
        text = "\n\n".join(f"Phrase {number} {place}." for place in range(sentences))
        stop = replace(sample_stop(number, text=text), code=f"TRYX{number:02}")
        seed(self.resources, write_samples(self.stops, stop))

    def ask(self, question: str) -> list[str]:
        with closing(sqlite3.connect(self.file)) as connection:
            return [str(row[0]) for row in connection.execute(question)]

    def count(self, table: str) -> int:
        return int(self.ask(f"SELECT count(*) FROM {table}")[0])  # noqa: S608 -- our own names

    def is_finished(self) -> bool:
        return self.ask(UNFINISHED) == ["0"]

    def present(self) -> set[str]:
        """Return the files that bear a final name; those that are staged begin with a point."""
        return {path.name for path in self.media.iterdir() if not path.name.startswith(".")}

    def moments(self) -> list[Callable[[], object]]:
        """Return moments of a rendering, each told by what can be seen from outside."""
        spoken, files = self.count("sentence"), len(self.present())
        mastered = self.count("mastered_sentence")
        return [
            lambda: self.count("sentence") > spoken,
            lambda: self.count("mastered_sentence") >= mastered + 3,
            lambda: self.ask(HELD),
            lambda: self.count("mastered_sentence") > mastered,
            lambda: self.count("sentence") >= spoken + 3,
            # One sentence makes three files; the clip's own come after those of all three.
            *(lambda more=more: len(self.present()) > files + more for more in (1, 2, 4, 9, 11)),
        ]


@pytest.fixture
def installation(tmp_path: Path, sqlite_url: str) -> Iterator[Installation]:
    environ = {
        "TOURAPP_DATABASE_URL": sqlite_url,
        "TOURAPP_MEDIA_URL": (tmp_path / "media").as_uri(),
        "TOURAPP_QUEUE_URL": f"sqlite:///{tmp_path / 'queue.sqlite'}",
        "TOURAPP_SECRET_KEY": "a secret that is only good for tests",
        "TOURAPP_SPEECH_ENGINES": "espeak",
        "TOURAPP_RENDER_LEASE_S": "0.5",
    }
    opened = Installation(tmp_path, environ)
    yield opened
    opened.resources.close()


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
    named = set(installation.ask(FILES))
    assert named <= installation.present()
    for name in installation.present():
        content = (installation.media / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == name.partition(".")[0]
    for name in named - set(installation.ask(CAPTIONS)):
        assert decode((installation.media / name).read_bytes()).duration_s > 0
    assert installation.ask("PRAGMA integrity_check") == ["ok"]


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
