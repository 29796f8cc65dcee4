"""Published stops through the edge, against bare Flask and bare WSGI on the same server.

Run by `make bench`; wants wrk and, for the ranges of a sound, nginx.
"""

import json
import os
import random
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from getpass import getuser
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

from bench.load import REQUESTS, Round, ask, memory_mb
from bench.report import write_section
from bench.sites import environ, make_site, started
from tourapp.settings import Settings

MANY = int(os.environ.get("BENCH_STOPS", "10000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
PROCESSES = 2
ROUND_S = int(os.environ.get("BENCH_ROUND_S", "3"))

PHONE = {
    "Accept": "text/html,application/xhtml+xml",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "fr-FR,fr;q=0.9,en;q=0.8",
    "Host": "visite.example.fr",
    "User-Agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130.0.0.0 Mobile Safari/537.36",
}
FOUR = ("terril-11-19", "facade-louvre-lens", "toit-saint-vaast", "residence-chenelet")


@dataclass
class Target:
    """Something to ask for, from one server, and what its rounds showed."""

    name: str
    server: int
    url: str
    paths: Sequence[str]
    headers: Mapping[str, str] = field(default_factory=lambda: PHONE)
    rounds: list[Round] = field(default_factory=list)
    first: Round | None = None

    def median(self, figure: str) -> float:
        """Return the median of one figure of the rounds."""
        return float(median(getattr(each, figure) for each in self.rounds))


def main() -> None:
    """Measure, print, write."""
    if shutil.which("wrk") is None:
        print("wrk is not installed (Debian: apt-get install wrk): serving is not measured")
        return
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        targets, many = _targets(folder, stack)
        for target in targets:
            _warm(target, folder)
        for _ in range(ROUNDS):
            for target in targets:
                target.rounds.append(_asked(target, folder))
        write_section("Serving", _report(targets, memory_mb(many)))


def _warm(target: Target, folder: Path) -> None:
    """Ask until every process has answered nearly every path; the first round is told apart.

    Each request goes to any process: asked for three times a process, one path in 64 is left out.
    """
    target.first = _asked(target, folder)
    answered = target.first.per_second * ROUND_S
    while answered < 3 * PROCESSES * len(target.paths):
        answered += _asked(target, folder).per_second * ROUND_S


def _asked(target: Target, folder: Path) -> Round:
    return ask(
        target.url,
        target.paths,
        headers=target.headers,
        server=target.server,
        folder=folder,
        duration_s=ROUND_S,
    )


def _targets(folder: Path, stack: ExitStack) -> tuple[list[Target], int]:
    flask = _serve(stack, folder, "bench.served", "flask")
    wsgi = _serve(stack, folder, "bench.served", "wsgi")
    for name, stops in (("four", 4), ("many", MANY)):
        (folder / name).mkdir()
        make_site(Settings.from_environ(environ(folder / name, port=1)), stops=stops)
    four = _serve(stack, folder / "four", "tourapp", "serve")
    many = _serve(stack, folder / "many", "tourapp", "serve")
    slugs = [f"arret-{number}" for number in range(1, MANY + 1)]
    clip = _clip(four[1])
    ranged = PHONE | {"Accept-Encoding": "identity", "Range": "bytes=65536-196607"}
    targets = [
        Target("bare WSGI, a constant", *wsgi, ["/"]),
        Target("bare Flask, a constant", *flask, ["/"]),
        Target("page, 4 stops", *four, _pages(FOUR)),
        Target("JSON, 4 stops", *four, _documents(FOUR)),
        Target("304, 4 stops", *four, _pages(FOUR[:1]), PHONE | {"If-None-Match": _tag(four[1])}),
        Target(f"page, {MANY} stops", *many, _pages(slugs)),
        Target(f"JSON, {MANY} stops", *many, _documents(slugs)),
        Target(f"page, {MANY} stops by Zipf", *many, _by_zipf(_pages(slugs))),
        Target(f"JSON, {MANY} stops by Zipf", *many, _by_zipf(_documents(slugs))),
        Target("sound, 128 kB of it", *four, [clip], ranged),
    ]
    if shutil.which("nginx"):
        nginx = stack.enter_context(_nginx(folder, folder / "four" / "media"))
        targets.append(Target("sound, by nginx", *nginx, [clip], ranged))
    return targets, many[0]


def _serve(stack: ExitStack, folder: Path, *command: str) -> tuple[int, str]:
    port = _free_port()
    server = stack.enter_context(started(environ(folder, port=port), *command))
    return server, f"http://127.0.0.1:{port}"


@contextmanager
def _nginx(folder: Path, media: Path) -> Iterator[tuple[int, str]]:
    """Run nginx as it would serve the media folder, with as many processes."""
    port = _free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"user {getuser()}; worker_processes 2; daemon off; pid {folder}/nginx.pid;"
        " error_log stderr crit; events { worker_connections 256; }"
        f" http {{ access_log off; sendfile on; server {{ listen 127.0.0.1:{port};"
        f" location /media/ {{ alias {media}/; }} location / {{ return 200; }} }} }}",
    )
    process = subprocess.Popen(["nginx", "-p", folder, "-c", configuration])
    try:
        for _ in range(100):
            with socket.socket() as caller:
                if caller.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield process.pid, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _pages(slugs: Sequence[str]) -> list[str]:
    return [f"/fr/arrets/{slug}" for slug in slugs]


def _documents(slugs: Sequence[str]) -> list[str]:
    return [f"/api/v1/stops/{slug}" for slug in slugs]


def _by_zipf(paths: Sequence[str]) -> list[str]:
    """Draw paths as people ask for pages of a site: the n-th best known for 1/n of the first.

    Breslau and others, "Web caching and Zipf-like distributions", INFOCOM 1999.
    """
    weights = [1 / rank for rank in range(1, len(paths) + 1)]
    return random.Random(1119).choices(paths, weights, k=REQUESTS)  # noqa: S311 -- no secret


def _tag(url: str) -> str:
    with urlopen(Request(url + _pages(FOUR)[0], headers=PHONE)) as answer:
        return str(answer.headers["ETag"])


def _clip(url: str) -> str:
    with urlopen(f"{url}/api/v1/stops/{FOUR[0]}/narrations/fr") as answer:
        address = json.load(answer)["files"][0]["url"]
    return "/media/" + str(address).rpartition("/")[2]


def _report(targets: Sequence[Target], memory: Sequence[float]) -> str:
    by_name = {target.name: target for target in targets}
    flask = by_name["bare Flask, a constant"].median("per_second")
    rows = "\n".join(_row(target, flask) for target in targets)
    flat = {
        kind: by_name[f"{kind}, {MANY} stops"].median("per_second")
        / by_name[f"{kind}, 4 stops"].median("per_second")
        for kind in ("page", "JSON")
    }
    ratios = {
        kind: by_name[f"{kind}, 4 stops"].median("per_second") / flask for kind in ("page", "JSON")
    }
    first = {kind: by_name[f"{kind}, {MANY} stops"].first for kind in ("page", "JSON")}
    new = ", ".join(f"{kind} {each.per_second:,.0f}" for kind, each in first.items() if each)
    nginx = by_name.get("sound, by nginx")
    sound = by_name["sound, 128 kB of it"].median("per_second")
    against = f"{sound / nginx.median('per_second'):.2f}" if nginx else "not measured"
    weights = ", ".join(f"{mb:.0f} MB" for mb in memory)
    return f"""
Two server processes, four threads each; wrk with one thread and 16 connections on the same
machine; {ROUNDS} interleaved rounds of {ROUND_S} s, medians. Headers, negotiation of language and
encoding (brotli) and counting are on; {MANY} stops are asked for in a mixed order. Each process
has answered before nearly all that it is asked for.

| what | requests/s | to bare Flask | p50 ms | p99 ms | server CPU µs/request |
|---|---:|---:|---:|---:|---:|
{rows}

- {MANY} stops against 4: page {_judged(flat["page"], 0.9)}, JSON {_judged(flat["JSON"], 0.9)}.
- The first {ROUND_S} s, when each is asked for anew, in requests per second: {new}.
- Against bare Flask: page {_judged(ratios["page"], 2.0)}, JSON {_judged(ratios["JSON"], 2.0)}.
- Sound by ranges against nginx: {against}.
- Memory of each server process at {MANY} stops, after all this: {weights} (budget: under 150 MB).
"""


def _judged(ratio: float, least: float) -> str:
    return f"{ratio:.2f} (at least {least}: {'kept' if ratio >= least else 'MISSED'})"


def _row(target: Target, flask: float) -> str:
    per_second = target.median("per_second")
    return (
        f"| {target.name} | {per_second:,.0f} | {per_second / flask:.2f} |"
        f" {target.median('p50_ms'):.2f} | {target.median('p99_ms'):.2f} |"
        f" {target.median('cpu_us'):.0f} |"
    )


if __name__ == "__main__":
    main()
