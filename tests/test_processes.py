import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.audience.counts import counted
from tests.faults.live import is_restored
from tests.running import Process, find_free_port, started, wait_until
from tests.samples import NARRATIVE, sample_stop, write_samples
from tests.staff.desk import invited
from tourapp.errors import UnavailableError
from tourapp.itineraries.commands import seed_itineraries
from tourapp.narration.services import Rendered, claim_next, record_ready
from tourapp.narration.voicing import Voicing
from tourapp.processes import check_port_is_free, load_application, run_together
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT, Settings
from tourapp.stops.services import add_revision, content_of, get_head, get_narrative, get_stop

CLIP = Rendered(
    voice="fr",
    duration_s=2.5,
    opus_media="a.opus",
    opus_bytes=10,
    mp3_media="a.mp3",
    mp3_bytes=20,
    vtt_media="a.vtt",
    words_media=None,
    chapters_media="b.vtt",
    cues=[],
    chapters=[],
)

# Scripts for children; each notes its process's id in the file that it is given.
NOTE = "import os, pathlib, signal, sys; pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))"
SLEEP = f"{NOTE}; signal.pause()"
ASK = f"{NOTE}; os.kill(os.getppid(), int(sys.argv[2])); signal.pause()"
DIE = f"{NOTE}; sys.exit(3)"
STUBBORN = f"signal.signal(signal.SIGTERM, signal.SIG_IGN); {ASK}"
LISTEN = """import pathlib, signal, socket, sys
listening = socket.create_server(("127.0.0.1", 0))
pathlib.Path(sys.argv[1]).write_text(str(listening.getsockname()[1]))
signal.pause()
"""
LEAVE = f"""import pathlib, subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {LISTEN!r}, sys.argv[1]])
while not pathlib.Path(sys.argv[1]).exists() or not pathlib.Path(sys.argv[1]).read_text():
    time.sleep(0.01)
"""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: processes are the same with any."""
    return sqlite_url


@pytest.fixture
def installation(environ: dict[str, str]) -> dict[str, str]:
    """Return the environment of an installation with a port of its own."""
    port = str(find_free_port())
    return environ | {"PORT": port, "TOURAPP_PUBLIC_URL": f"http://127.0.0.1:{port}"}


@pytest.fixture
def handlers() -> Iterator[None]:
    """Leave the test's own process with its ways of taking signals, and of finding modules."""
    names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {name: signal.getsignal(name) for name in names}
    places = sys.path[:]
    yield
    for name, handler in before.items():
        signal.signal(name, handler)
    sys.path[:] = places
    sys.modules.pop("wsgi", None)


@contextmanager
def opened(environ: dict[str, str]) -> Iterator[Resources]:
    resources = Resources.open(Settings.from_environ(environ))
    yield resources
    resources.close()


def script(text: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", f"import signal; {text}", *map(str, arguments)]


def is_running(noted: Path) -> bool:
    """Tell whether the process that noted its id is there; one that came to no note is not."""
    try:
        os.kill(int(noted.read_text()), 0)
    except (FileNotFoundError, ValueError, ProcessLookupError):
        return False
    return True


def is_open(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def lines_until(process: Process, beginning: str) -> Iterator[str]:
    """Yield what a process tells, up to a line that begins so."""
    assert process.stdout
    yield from takewhile(lambda line: not line.startswith(beginning), process.stdout)


def fetch(environ: dict[str, str], path: str) -> str:
    asked = Request(f"http://127.0.0.1:{environ['PORT']}{path}", headers={"User-Agent": "Phone"})
    with urlopen(asked) as answer:  # noqa: S310 -- our own server
        return str(answer.read().decode())


def is_up(environ: dict[str, str]) -> bool:
    try:
        return "ok" in fetch(environ, "/livez")
    except OSError:
        return False


def have_everything_spoken(environ: dict[str, str]) -> None:
    """Import all that the project tells, and write its narrations as if they had been rendered."""
    with opened(environ) as resources:
        seed(resources, PROJECT_ROOT / "stops")
        seed_itineraries(resources, PROJECT_ROOT / "itineraries")
        voicing, now = Voicing.of(resources.settings), datetime.now(UTC)
        with resources.database.transaction() as session:
            while claim := claim_next(session, voicing, lease_s=60, now=now):
                record_ready(session, claim, CLIP, now=now)


def visits(environ: dict[str, str]) -> dict[tuple[str, str, str], int]:
    with opened(environ) as resources:
        return counted(resources.database)


def correct(environ: dict[str, str]) -> None:
    """Write another title, as staff would."""
    with opened(environ) as resources, resources.database.transaction() as session:
        narrative = get_narrative(session, get_stop(session, "terril-11-19"), lang="fr")
        head = get_head(session, narrative)
        content = replace(content_of(head), title="Les deux terrils")
        add_revision(session, narrative, content, origin="staff", now=head.created_at)


def add_silent_stop(environ: dict[str, str], folder: Path) -> None:
    with opened(environ) as resources:
        stop = sample_stop(99, text="Écoutez.")
        stop.narratives["en", "standard"] = replace(NARRATIVE, text="Listen.")
        seed(resources, write_samples(folder / "stops", stop))


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_and_counts_as_success(tmp_path: Path, name: signal.Signals) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert run_together([script(SLEEP, one), script(ASK, two, name.value)]) == 0
    assert not is_running(one)
    assert not is_running(two)


@pytest.mark.usefixtures("handlers")
def test_one_that_ends_ends_the_others_and_counts_as_a_failure(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert run_together([script(SLEEP, one), script(DIE, two)]) == 1
    assert not is_running(one)


@pytest.mark.usefixtures("handlers")
def test_one_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    one = tmp_path / "one"
    assert run_together([script(STUBBORN, one, signal.SIGTERM.value)], longest_end_s=0.1) == 0
    assert not is_running(one)


@pytest.mark.usefixtures("handlers")
def test_what_one_leaves_behind_ends_with_it(tmp_path: Path) -> None:
    port = tmp_path / "port"
    assert run_together([script(LEAVE, port)]) == 1
    wait_until(lambda: not is_open(int(port.read_text())))


@pytest.mark.usefixtures("handlers")
def test_a_server_process_hears_signals_while_it_loads(tmp_path: Path) -> None:
    (tmp_path / "wsgi.py").write_text(
        "import signal; app = lambda: signal.getsignal(signal.SIGTERM)"
    )
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    assert load_application(tmp_path)() is signal.SIG_DFL


@pytest.mark.parametrize(("family", "host"), [("AF_INET", "127.0.0.1"), ("AF_INET6", "::1")])
def test_a_port_in_use_is_told_before_anything_is_done(
    settings: Settings, family: str, host: str
) -> None:
    with socket.socket(getattr(socket, family)) as taken:
        taken.bind((host, 0))
        taken.listen()
        busy = replace(settings, host=host, port=taken.getsockname()[1])
        with pytest.raises(UnavailableError, match="choose another PORT"):
            check_port_is_free(busy)
    check_port_is_free(busy)


def test_a_host_that_is_not_ours_is_told(settings: Settings) -> None:
    with pytest.raises(UnavailableError, match=r"cannot listen on 192\.0\.2\.1:8000"):
        check_port_is_free(replace(settings, host="192.0.2.1"))


def test_run_speaks_what_is_silent_tells_what_staff_changed_and_ends_with_ctrl_c(
    installation: dict[str, str], tmp_path: Path
) -> None:
    have_everything_spoken(installation)
    correct(installation)
    add_silent_stop(installation, tmp_path)
    with started(installation, "run") as run:
        wait_until(lambda: is_up(installation))
        assert "terril" in fetch(installation, "/").lower()
        run.send_signal(signal.SIGINT)
        told, _ = run.communicate(timeout=15)
    assert run.returncode == 0
    assert "created" not in told
    assert "kept      terril-11-19/fr.md: changed in the database" in told
    assert "Speech    narratives spoken now: 1" in told
    assert "to be spoken in the background: 1" in told
    assert "tourapp people invite --role administration" in told
    assert f"Serving   http://127.0.0.1:{installation['PORT']}" in told
    assert not is_up(installation)


def test_the_worker_prepares_what_is_published_and_no_visit_is_lost(
    installation: dict[str, str],
) -> None:
    have_everything_spoken(installation)
    with started(installation, "run") as run, opened(installation) as resources:
        wait_until(lambda: is_restored(resources))
        wait_until(lambda: is_up(installation))
        for _ in range(3):
            fetch(installation, "/Q/7K2M9Q")
        run.terminate()
        assert run.wait(15) == 0
    assert visits(installation) == {("sign", "7K2M9Q", "fr"): 3}


def test_run_again_speaks_nothing_and_can_be_ended_while_it_starts(
    installation: dict[str, str],
) -> None:
    have_everything_spoken(installation)
    with opened(installation) as resources:
        invited(resources, "administration")
    with started(installation, "run") as run:
        told = list(lines_until(run, "Serving"))
        run.terminate()
        assert run.wait(15) == 0
    assert "Speech    narratives spoken now: 0\n" in told
    assert not any("nobody administers" in line for line in told)
    assert not any("created" in line for line in told)
