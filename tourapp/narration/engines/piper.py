"""Piper: a neural voice on this machine, from voice files that are brought here; in a process."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import file_digest, sha256
from importlib.metadata import version
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from tourapp.narration.engines import piper_child
from tourapp.narration.engines.protocol import (
    Capability,
    EngineError,
    RefusedTextError,
    Speech,
    Voice,
    joined,
    require_words,
)
from tourapp.narration.lexicon import Notation

_BREATH_S = 0.25
# "-P" keeps the script's folder out of its imports: the modules beside it bear packages' names.
_CHILD = (sys.executable, "-P", piper_child.__file__)

_LONGEST_END_S = 2.0

_Sound = tuple[NDArray[np.float32], int]
_Stamp = tuple[Path, int, int]


class PiperEngine:
    """The voices of a folder: `<name>.onnx` with `<name>.onnx.json` beside it."""

    name = "piper"
    notation: Notation = "piper"

    def __init__(
        self,
        folder: Path | None,
        *,
        command: Sequence[str] = _CHILD,
        timeout_s: float = 60.0,
    ) -> None:
        self._folder = folder
        self._command = command
        self._timeout_s = timeout_s
        self._child: _Child | None = None
        self._asking = Lock()

    @property
    def capability(self) -> Capability:
        """Tell what to expect; EngineError if a voice's files are broken."""
        languages = dict.fromkeys(map(_language, self._models()))
        return Capability(languages=tuple(languages), times_words=False, needs_network=False)

    def find_voice(self, lang: str) -> Voice | None:
        """Return the language's first voice by name, or None; EngineError if files are broken."""
        path = self._find_model(lang)
        if path is None:
            return None
        release = f"{version('piper-tts')}/{_fingerprint(path)}"
        return Voice(engine=self.name, name=path.stem, lang=lang, version=release)

    def speak(self, text: str, *, voice: Voice) -> Speech:
        """Say one sentence; what Piper takes for several is joined."""
        require_words(text)
        path = self._get_model(voice)
        with self._asking:
            answer = self._asked((str(path), voice.version, text), voice)
        parts = [Speech(samples, rate_hz).trimmed() for samples, rate_hz in answer]
        if not any(len(part.samples) for part in parts):
            message = f"Piper says nothing for {text!r}"
            raise RefusedTextError(message)
        return joined(parts, pause_s=_BREATH_S)

    def _asked(self, request: tuple[str, str, str], voice: Voice) -> list[_Sound]:
        """Have the child speak; one that fails to answer is ended, and the next is another."""
        self._child = self._child or _Child(self._command)
        try:
            answer = self._child.ask(request, timeout_s=self._timeout_s)
        except (EOFError, OSError) as error:
            self._child.end()
            self._child = None
            message = f"Piper's voice {voice.name} fails: {error or 'its process ended'}"
            raise EngineError(message) from error
        if isinstance(answer, str):
            message = f"Piper's voice {voice.name} fails: {answer}"
            raise EngineError(message)
        return answer

    def _models(self) -> list[Path]:
        return sorted(self._folder.glob("*.onnx")) if self._folder else []

    def _find_model(self, lang: str) -> Path | None:
        return next((path for path in self._models() if _language(path) == lang), None)

    def _get_model(self, voice: Voice) -> Path:
        path = self._find_model(voice.lang)
        if path is None or self.find_voice(voice.lang) != voice:
            message = f"Piper's voice {voice.name} is not in its folder as it was"
            raise EngineError(message)
        return path


class _Child:
    """The process that speaks; it ends when this is no longer needed, or its parent is gone."""

    def __init__(self, command: Sequence[str]) -> None:
        self._connection, theirs = Pipe()
        number = theirs.fileno()
        self._process = subprocess.Popen(  # noqa: S603 -- our own script, and no shell
            [*command, str(number)],
            pass_fds=[number],
            stdin=subprocess.DEVNULL,
        )
        theirs.close()
        self.end = finalize(self, _end, self._connection, self._process)

    def ask(self, request: tuple[str, str, str], *, timeout_s: float) -> list[_Sound] | str:
        """Return the sounds of a text, or why there are none; raise EOFError or OSError."""
        self._connection.send(request)
        if not self._connection.poll(timeout_s):
            message = f"no answer within {timeout_s:g} s"
            raise TimeoutError(message)
        answer: list[_Sound] | str = self._connection.recv()
        return answer


def _end(connection: Connection, process: subprocess.Popen[bytes]) -> None:
    # It reads the end of what it is asked, and ends; one that hangs does not.
    connection.close()
    try:
        process.wait(_LONGEST_END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _language(path: Path) -> str:
    """Return the two letters of the language of a voice; older files name it for eSpeak only."""
    with _reading(path):
        config = json.loads(_config_path(path).read_text(encoding="utf-8"))
        code = config["language"]["code"] if "language" in config else config["espeak"]["voice"]
        return re.split("[-_]", code)[0].lower()


def _fingerprint(path: Path) -> str:
    with _reading(path):
        files = (path, _config_path(path))
        stats = [file.stat() for file in files]
        stamps = zip(files, stats, strict=True)
        return _digest(tuple((file, stat.st_mtime_ns, stat.st_size) for file, stat in stamps))


@lru_cache(maxsize=32)
def _digest(stamps: tuple[_Stamp, ...]) -> str:
    """Return the digest of files, read again only when their time or size has changed."""
    whole = sha256()
    for path, _, _ in stamps:
        with path.open("rb") as file:
            whole.update(file_digest(file, "sha256").digest())
    return whole.hexdigest()[:12]


def _config_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        # Nothing tells in advance how a broken voice makes JSON, Piper or ONNX Runtime fail.
        message = f"Piper's voice {path.stem} cannot be read: {error}"
        raise EngineError(message) from error
