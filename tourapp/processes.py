"""The processes of an installation: the server, the worker, and a parent of both."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from ctypes import CDLL
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tourapp.app import create_app, create_keeper
from tourapp.errors import UnavailableError
from tourapp.resources import Resources
from tourapp.settings import Settings
from tourapp.web.context import nudge_of

THREADS_PER_PROCESS = 4
LONGEST_END_S = 10
POLL_S = 0.2

# mallopt(3): how many pools of memory the C library keeps for threads that ask at once.
_M_ARENA_MAX = -8

Child = subprocess.Popen[bytes]
Load = Callable[[Path], Callable[..., Any]]


def load_application(root: Path) -> Callable[..., Any]:
    """Load `wsgi.py`, in a process of the server."""
    # It begins with the server's own way with signals: asked to end while it loads, it would not
    # hear. The server sets its signals after that.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_DFL)
    sys.path.insert(0, str(root))
    application: Callable[..., Any] = import_module("wsgi").app
    return application


def serve(settings: Settings, *, load: Load = load_application) -> None:
    """Serve what `load` returns in each process, until a signal ends it.

    Raises UnavailableError where another program listens already.
    """
    check_port_is_free(settings)
    _share_memory()
    Granian(
        "wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.processes,
        blocking_threads=THREADS_PER_PROCESS,
        respawn_failed_workers=True,
        workers_kill_timeout=LONGEST_END_S // 2,
        log_level=LogLevels.error,
    ).serve(target_loader=partial(load, settings.root), wrap_loader=False)


def _share_memory() -> None:
    """Have threads share two pools of memory: one for each would keep a tenth more, mostly free."""
    # Another C library than GNU's has no such call, and no need of it.
    with suppress(AttributeError):
        CDLL(None).mallopt(_M_ARENA_MAX, 2)


def work(resources: Resources) -> None:
    """Do the queue's tasks until a signal ends it; begin with whatever is wanted already."""
    # A server's processes begin in this module, print nothing, and send nothing.
    from tourapp.accounts.posting.postman import Postman  # noqa: PLC0415
    from tourapp.signage.plates.printer import Printer  # noqa: PLC0415

    # The worker asks its own application for the documents that it prepares: these are no visits.
    logging.getLogger("tourapp.web.logs").setLevel(logging.WARNING)
    application = create_app(resources)
    nudge_of(application)()
    keeper = create_keeper(application, resources)
    consumer = resources.queue.create_consumer(workers=1, max_delay=1.0)
    printer, postman = Printer(resources), Postman(resources)
    with _beside(keeper.keep), _beside(printer.keep), _beside(postman.keep):
        consumer.run()


@contextmanager
def _beside(keep: Callable[[threading.Event], None]) -> Iterator[None]:
    """Have a thread do something until the end."""
    ended = threading.Event()
    thread = threading.Thread(target=keep, args=[ended])
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def check_port_is_free(settings: Settings) -> None:
    """Raise UnavailableError where another program listens already."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            message = f"cannot listen on {where} ({error.strerror}); choose another PORT"
            raise UnavailableError(message) from None


def run_together(
    commands: Sequence[Sequence[str]],
    *,
    once_started: Callable[[], object] = lambda: None,
    longest_end_s: float = LONGEST_END_S,
) -> int:
    """Run commands side by side until a signal, or the first that ends, ends them all.

    Returns 0 after a Ctrl-C, a SIGTERM or the end of the terminal, and 1 after one that ended by
    itself. One that does not end within `longest_end_s` seconds is killed with all that it started.
    """
    asked_to_end = _told_by_signals()
    # Each in a session of its own: a Ctrl-C reaches the parent alone, which then ends them.
    children = [
        subprocess.Popen(command, start_new_session=True)  # noqa: S603 -- our own commands
        for command in commands
    ]
    once_started()
    while not (ended := _find_ended(children)) and not asked_to_end.wait(POLL_S):
        pass
    _end(children, longest_end_s=longest_end_s)
    # A supervisor may have asked the children too: then they do not end by themselves.
    return 1 if ended and not asked_to_end.is_set() else 0


def _told_by_signals() -> threading.Event:
    asked_to_end = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: asked_to_end.set())
    return asked_to_end


def _find_ended(children: Sequence[Child]) -> Child | None:
    return next((child for child in children if child.poll() is not None), None)


def _end(children: Sequence[Child], *, longest_end_s: float) -> None:
    for child in children:
        child.terminate()
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(longest_end_s)
        # What it started itself, or the child as a whole where it did not listen.
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
