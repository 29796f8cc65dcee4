"""Piper: a neural voice on this machine, from voice files that are brought here."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from piper import PiperVoice

_BREATH_S = 0.25

_Stamp = tuple[Path, int, int]


class PiperEngine:
    """The voices of a folder: `<name>.onnx` with `<name>.onnx.json` beside it."""

    name = "piper"
    notation: Notation = "piper"

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._loaded: dict[Voice, PiperVoice] = {}

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
        model = self._model(voice)
        try:
            chunks = list(model.synthesize(text))
        except Exception as error:
            # Piper and ONNX Runtime share no base class of errors.
            message = f"Piper's voice {voice.name} fails: {error}"
            raise EngineError(message) from error
        parts = [Speech(chunk.audio_float_array, chunk.sample_rate).trimmed() for chunk in chunks]
        if not any(len(part.samples) for part in parts):
            message = f"Piper says nothing for {text!r}"
            raise RefusedTextError(message)
        return joined(parts, pause_s=_BREATH_S)

    def _models(self) -> list[Path]:
        return sorted(self._folder.glob("*.onnx")) if self._folder else []

    def _find_model(self, lang: str) -> Path | None:
        return next((path for path in self._models() if _language(path) == lang), None)

    def _model(self, voice: Voice) -> "PiperVoice":
        if voice not in self._loaded:
            path = self._find_model(voice.lang)
            if path is None or self.find_voice(voice.lang) != voice:
                message = f"Piper's voice {voice.name} is not in its folder as it was"
                raise EngineError(message)
            self._loaded[voice] = _load(path)
        return self._loaded[voice]


def _load(path: Path) -> "PiperVoice":
    with _reading(path):
        # ONNX Runtime takes 20 MB and a tenth of a second, which only speaking is worth.
        from piper import PiperVoice  # noqa: PLC0415

        return PiperVoice.load(path)


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
