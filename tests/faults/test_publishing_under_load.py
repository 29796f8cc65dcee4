"""While four processes are asked from all sides, nobody is answered what was true before."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from threading import Event, Thread

from flask import Flask

from tests.changing import hired
from tests.faults.live import Line, Office, is_restored, open_lines, serving
from tests.running import let_pass, wait_until
from tests.samples import CODES
from tourapp.resources import Resources

PUBLISHES = int(os.environ.get("PUBLISHES", "5"))
LINES = 12

SHOWING = (
    "/fr/arrets/arret-2",
    "/api/v1/stops/arret-2",
    "/api/v1/stops",
    "/api/v1/stops.geojson",
    "/",
    "/fr/arrets/terril",
    "/fr/arrets/arret-3",
    f"/Q/{CODES[1]}",
)

PROMISED_S = {"sqlite": 0.0, "postgresql": 0.25}


@contextmanager
def crowd(port: int) -> Iterator[None]:
    """Ask for everything without pause, from two sides."""
    ended = Event()

    def ask() -> None:
        with open_lines(port, 1) as [line]:
            for address in cycle(SHOWING):
                if ended.is_set():
                    break
                assert line.ask(address)[0] == 200

    threads = [Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def outdated(lines: list[Line], title: str) -> list[str]:
    """Return every address that does not show a title, over every connection."""
    return [address for line in lines for address in SHOWING if title not in line.ask(address)[2]]


def test_nobody_is_answered_what_was_true_before(
    app: Flask, seeded: Resources, environ: dict[str, str]
) -> None:
    token = hired(seeded, app.test_client(), "publication").token
    promised_s = PROMISED_S[seeded.database.engine.dialect.name]
    environ |= {"TOURAPP_PROCESSES": "4"}
    with serving(environ) as (_, _, port), crowd(port), open_lines(port, LINES) as lines:
        office = Office(lines[0], token)
        for number in range(PUBLISHES):
            # Everything is prepared, and every process holds it in memory.
            wait_until(lambda: is_restored(seeded))
            outdated(lines, "")
            office.publish(f"Titre numéro {number};")
            let_pass(promised_s)
            assert outdated(lines, f"Titre numéro {number};") == []
