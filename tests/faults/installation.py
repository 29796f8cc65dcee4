"""A real installation in a folder, whose processes are killed, looked at from outside."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from tests.samples import sample_stop, write_samples
from tourapp.narration.sound import decode
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.settings import Settings

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
    UNION SELECT words_media FROM narration WHERE words_media IS NOT NULL
    UNION SELECT media FROM sentence
    UNION SELECT sound_media FROM recording WHERE withdrawn_at IS NULL
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

    def assert_whole(self) -> None:
        """Whatever is named is there, and whatever is there is what its name says."""
        named = set(self.ask(FILES))
        assert named <= self.present()
        for name in self.present():
            content = (self.media / name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == name.partition(".")[0]
        for name in named - set(self.ask(CAPTIONS)):
            assert decode((self.media / name).read_bytes()).duration_s > 0
        assert self.ask("PRAGMA integrity_check") == ["ok"]
