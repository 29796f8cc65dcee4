"""Says one text and exits: eSpeak NG crashes under threads, and repeats itself only when fresh.

Run as a script with the paths of the library and of its data, the voice's name, its speed in words
per minute and its pitch (0 to 99). The text comes on standard input. Standard output begins with a
line that tells the words, each as the character that it begins at, counted from 0, and its first
sample: `0:0 7:9210`. Raw samples (16 bit, mono, 22 050 Hz) follow. It imports nothing that is
installed, because a sentence costs the start of one process.
"""

import ctypes
import os
import sys
from collections.abc import Iterator
from itertools import count, takewhile

RATE_HZ = 22_050

_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_SPEED, _PITCH = 1, 3
_BY_CHARACTER = 1
_UTF8, _PHONEMES, _END_PAUSE = 1, 0x100, 0x1000

_LAST_EVENT, _WORD_EVENT = 0, 1


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


def main(path: str, data: str, voice: str, speed_wpm: str, pitch: str) -> None:
    """Read the text, say it, write the samples; exit with a sentence when that is impossible."""
    library = _opened(path, data)
    _require(library.espeak_SetVoiceByName(voice.encode()), f"eSpeak NG has no voice {voice}")
    library.espeak_SetParameter(_SPEED, int(speed_wpm), 0)
    library.espeak_SetParameter(_PITCH, int(pitch), 0)
    sys.stdout.buffer.write(_said(library, sys.stdin.buffer.read()))


def _opened(path: str, data: str) -> ctypes.CDLL:
    # eSpeak NG refuses a data path longer than 158 characters: from its folder, the path is short.
    folder, name = os.path.split(data)
    os.chdir(folder)
    library = ctypes.CDLL(path)
    rate_hz = library.espeak_Initialize(_SYNCHRONOUS, 0, name.encode(), _DO_NOT_EXIT)
    _require(rate_hz - RATE_HZ, f"eSpeak NG did not start: it offers {rate_hz} Hz")
    return library


def _said(library: ctypes.CDLL, text: bytes) -> bytes:
    sound = bytearray()
    words: list[str] = []

    def keep(
        samples: "ctypes._Pointer[ctypes.c_short]",
        length: int,
        events: "ctypes._Pointer[_Event]",
    ) -> int:
        if length:
            sound.extend(ctypes.string_at(samples, length * ctypes.sizeof(ctypes.c_short)))
        words.extend(f"{event.text_position - 1}:{event.sample}" for event in _words(events))
        return 0

    callback = _Callback(keep)
    library.espeak_SetSynthCallback(callback)
    size = ctypes.c_size_t(len(text) + 1)
    flags = _UTF8 | _PHONEMES | _END_PAUSE
    status = library.espeak_Synth(text, size, 0, _BY_CHARACTER, 0, flags, None, None)
    _require(status, "eSpeak NG could not say the text")
    return " ".join(words).encode() + b"\n" + bytes(sound)


def _words(events: "ctypes._Pointer[_Event]") -> Iterator[_Event]:
    told = takewhile(lambda event: event.type != _LAST_EVENT, map(events.__getitem__, count()))
    return (event for event in told if event.type == _WORD_EVENT)


def _require(status: int, otherwise: str) -> None:
    if status != 0:
        sys.exit(otherwise)


if __name__ == "__main__":
    main(*sys.argv[1:])
