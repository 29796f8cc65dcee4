"""Asking a server as fast as it answers, by wrk, and what that costs its processes."""

import json
import os
import random
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

CONNECTIONS = 16

# So many requests, each with an id of its own, whatever they ask for: else the asking itself, which
# takes of the same cores, would be dearer for many addresses than for few.
REQUESTS = 20_000

# All requests are formatted before the first is sent: what is measured is the server.
_SCRIPT = """
local requests, at = {}, 0
function init()
  for path in io.lines("%(paths)s") do
    local id = string.format("%%08d", #requests)
    requests[#requests + 1] = wrk.format("GET", path, {%(headers)s, ["X-Request-Id"] = id})
  end
end
function request() at = at %% #requests + 1; return requests[at] end
function done(summary, latency)
  io.write(string.format('\\nJSON{"requests":%%d,"duration_us":%%d,"errors":%%d,"p50_us":%%d,"p99_us":%%d}\\n',
    summary.requests, summary.duration,
    summary.errors.status + summary.errors.read + summary.errors.connect + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
"""


@dataclass(frozen=True)
class Round:
    """What one round showed."""

    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_us: float


def ask(
    url: str,
    paths: Sequence[str],
    *,
    headers: Mapping[str, str],
    server: int,
    folder: Path,
    duration_s: int,
) -> Round:
    """Ask for these paths, equally often in a mixed order; measure the server and its children."""
    script = _written(folder, paths, headers)
    before = cpu_seconds(server)
    output = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{duration_s}s", "-s", str(script), url],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    spent = cpu_seconds(server) - before
    found = json.loads(output.partition("JSON")[2])
    if found["errors"]:
        message = f"{url} answered {found['errors']} requests with errors"
        raise RuntimeError(message)
    return Round(
        per_second=found["requests"] / found["duration_us"] * 1e6,
        p50_ms=found["p50_us"] / 1e3,
        p99_ms=found["p99_us"] / 1e3,
        cpu_us=spent / found["requests"] * 1e6,
    )


def cpu_seconds(parent: int) -> float:
    """Return what a process and its children have spent."""
    ticks = sum(sum(map(int, _fields(pid)[11:13])) for pid in (parent, *children(parent)))
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_mb(parent: int) -> list[float]:
    """Return the resident memory of each child."""
    pages = (int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in children(parent))
    return [count * os.sysconf("SC_PAGE_SIZE") / 1e6 for count in pages]


def children(parent: int) -> list[int]:
    """Return the ids of a process's children."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(pid) for pid in found.split()]


def _fields(pid: int) -> list[str]:
    # The name in brackets may hold spaces.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _written(folder: Path, paths: Sequence[str], headers: Mapping[str, str]) -> Path:
    mixed = list(islice(cycle(paths), REQUESTS))
    random.Random(1119).shuffle(mixed)  # noqa: S311 -- an order, not a secret
    listed = folder / "paths.txt"
    listed.write_text("\n".join(mixed) + "\n")
    told = ", ".join(f'["{name}"] = [[{value}]]' for name, value in headers.items())
    script = folder / "load.lua"
    script.write_text(_SCRIPT % {"paths": listed, "headers": told})
    return script
