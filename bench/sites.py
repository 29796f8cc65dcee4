"""Installations to measure: the four stops, spoken; and as many as one wishes, without sound."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

from tourapp.accounts.services import operator
from tourapp.app import create_app, create_restorer
from tourapp.migrating import upgrade
from tourapp.narration.lexicon.file import read_lexicon_file
from tourapp.narration.rendering import open_renderer
from tourapp.narration.voicing import Voicing
from tourapp.publishing.seeding import import_stops, store_media
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT, Settings
from tourapp.stops.content import Place, StopContent, Variant
from tourapp.stops.source.reading import read_stops

SILENT = Voicing(engines=())
ROW = 100
FRENCH: tuple[str, Variant] = ("fr", "standard")

# The first stops of the project: what every bench was measured with.
FOUR = 4


def environ(folder: Path, *, port: int) -> dict[str, str]:
    """Return the environment of an installation that keeps everything in a folder."""
    return {
        "PORT": str(port),
        "TOURAPP_DATABASE_URL": f"sqlite:///{folder / 'tourapp.sqlite'}",
        "TOURAPP_MEDIA_URL": (folder / "media").as_uri(),
        "TOURAPP_QUEUE_URL": f"sqlite:///{folder / 'queue.sqlite'}",
        "TOURAPP_SECRET_KEY": "a secret that is only good for measuring",
        "TOURAPP_SPEECH_ENGINES": "espeak",
        "TOURAPP_PUBLIC_URL": "https://visite.example.fr",
        "TOURAPP_LOG_LEVEL": "WARNING",
    }


def make_site(settings: Settings, *, stops: int) -> None:
    """Publish so many stops and prepare every document.

    Four are the real ones, with their languages and sounds; more of them are told in French alone.
    """
    logging.getLogger("tourapp.web.logs").setLevel(logging.WARNING)
    with closing(Resources.open(settings)) as resources:
        upgrade(resources.database, root=PROJECT_ROOT)
        four = tuple(
            stop for stop in read_stops(PROJECT_ROOT / "stops") if stop.place.number <= FOUR
        )
        store_media(resources.media, four)
        spoken = stops == FOUR
        with resources.database.transaction() as session:
            import_stops(
                session,
                four if spoken else _many(four, stops),
                lexicon=read_lexicon_file(PROJECT_ROOT / "stops"),
                is_seed=True,
                by=operator("bench", now=datetime.now(UTC)),
                voicing=Voicing.of(settings) if spoken else SILENT,
            )
        if spoken:
            open_renderer(resources).render_due()
        restorer = create_restorer(create_app(resources), resources)
        while restorer.restore_next():
            """Every topic in turn."""


@contextmanager
def started(environ: dict[str, str], *command: str) -> Iterator[int]:
    """Run a module of this project as a server, and tell its process id once it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env=os.environ | environ,
        cwd=PROJECT_ROOT,
    )
    try:
        _wait_for(f"http://127.0.0.1:{environ['PORT']}/")
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            with urlopen(url):
                return
        except OSError:
            time.sleep(0.1)
    message = f"{url} does not answer"
    raise RuntimeError(message)


def _many(four: tuple[StopContent, ...], stops: int) -> list[StopContent]:
    return [
        replace(
            four[number % len(four)],
            slug=f"arret-{number}",
            code=f"{number:06}",
            place=_place(four[number % len(four)].place, number),
            narratives={FRENCH: four[number % len(four)].narratives[FRENCH]},
        )
        for number in range(1, stops + 1)
    ]


def _place(place: Place, number: int) -> Place:
    """Return a place of its own, some two kilometres from the next ones."""
    row, column = divmod(number, ROW)
    position = replace(place.position, latitude=50 + row / 50, longitude=2 + column / 50)
    return replace(place, number=number, position=position)
