"""Somebody who reads aloud: another voice of eSpeak NG's, at a pace and with pauses of its own."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from tourapp.narration.engines.espeak import EspeakEngine
from tourapp.narration.engines.protocol import Speech, Voice
from tourapp.narration.lexicon import Lexicon
from tourapp.narration.script import SpokenSentence, spoken_sentences
from tourapp.narration.sound import through

if TYPE_CHECKING:
    from av.audio.stream import AudioStream

RATE_HZ = 22_050
BEFORE_S = 1.2
NOISE = 0.004

Pauses = Sequence[float]


@dataclass(frozen=True)
class Reader:
    """A voice of eSpeak NG's, such as "fr+f3", and how fast it reads: 1 as the narrations do."""

    voice: str
    pace: float
    pauses_s: Pauses = (0.35, 1.1, 0.6)

    def read(self, sentences: Sequence[SpokenSentence]) -> tuple[Speech, list[tuple[float, float]]]:
        """Return a recording in a room that is not still, and where each sentence is in it."""
        spans_s, parts, position_s = [], [still(BEFORE_S)], BEFORE_S
        for sentence, pause_s in zip(sentences, cycle(self.pauses_s), strict=False):
            said = self.say(sentence.text)
            spans_s.append((position_s, position_s + said.duration_s))
            parts += said.samples, still(pause_s)
            position_s += said.duration_s + pause_s
        samples = np.concatenate(parts)
        noise = np.random.default_rng(7).normal(0, NOISE, len(samples))
        return Speech((samples + noise).astype(np.float32), RATE_HZ), spans_s

    def say(self, text: str) -> Speech:
        voice = Voice(engine="espeak", name=self.voice, lang=self.voice[:2], version="")
        return through(EspeakEngine().speak(text, voice=voice), ("atempo", str(self.pace)))


def still(length_s: float) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    return np.zeros(round(length_s * RATE_HZ), np.float32)


def script_of(text: str, *, lang: str = "fr") -> tuple[SpokenSentence, ...]:
    return spoken_sentences(text, lang=lang, lexicon=Lexicon(), notation="espeak")


def file_of(
    speech: Speech, container: str = "wav", codec: str = "pcm_s16le", *, rate_hz: int = 48_000
) -> bytes:
    """Return a recording as a recorder writes it."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as written:
        stream = cast("AudioStream", written.add_stream(codec, rate=rate_hz, layout="mono"))
        for frame in _frames(speech, stream.format.name, stream.frame_size or 1024, rate_hz):
            written.mux(stream.encode(frame))
        written.mux(stream.encode(None))
    return file.getvalue()


def _frames(speech: Speech, form: str, size: int, rate_hz: int) -> Iterator[AudioFrame]:
    whole = AudioFrame.from_ndarray(speech.samples.reshape(1, -1), format="flt", layout="mono")
    whole.sample_rate = speech.rate_hz
    resampler = AudioResampler(format=form, layout="mono", rate=rate_hz, frame_size=size)
    yield from resampler.resample(whole)
    yield from resampler.resample(None)
