"""Speaks with Piper's voices, in a process of its own that may crash or hang alone.

Run as a script with the number of an open connection. Requests come as (path, release, text), and
answers go as a list of (samples, rate) or, where there is no sound, the reason as a text. It ends
with the process that it answers, and imports nothing of the product.
"""

import sys
from contextlib import suppress
from functools import lru_cache
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from piper import PiperVoice

    Sounds = list[tuple[NDArray[np.float32], int]]


def main(number: str) -> None:
    """Answer one request after the other, until nobody can ask any more."""
    connection = Connection(int(number))
    with suppress(EOFError, BrokenPipeError):
        while True:
            connection.send(_answer(*connection.recv()))


def _answer(path: str, release: str, text: str) -> "Sounds | str":
    try:
        return _spoken(path, release, text)
    except Exception as error:  # noqa: BLE001 -- Piper and ONNX Runtime share no class of errors
        return str(error) or repr(error)


def _spoken(path: str, release: str, text: str) -> "Sounds":
    chunks = _loaded(path, release).synthesize(text)
    return [(chunk.audio_float_array, chunk.sample_rate) for chunk in chunks]


@lru_cache(maxsize=2)
def _loaded(path: str, _release: str) -> "PiperVoice":
    # ONNX Runtime takes 20 MB and a tenth of a second, which only speaking is worth.
    from piper import PiperVoice  # noqa: PLC0415

    return PiperVoice.load(path)


if __name__ == "__main__":
    main(sys.argv[1])
