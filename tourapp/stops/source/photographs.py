"""Reading a photograph beside a stop's file: it must hold its pixels alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tourapp.errors import InvalidError
from tourapp.media import media_name
from tourapp.stops.content import Picture

Measure = Callable[[Path], tuple[int, int]]
"""Tells how large a photograph is, or raises InvalidError unless it holds its pixels alone."""

_ADVICE = "`tourapp pictures bare` writes one"


def measure_here(path: Path) -> tuple[int, int]:
    """Measure a photograph of our own, in this process; see `Measure`."""
    # The processes that read no files need not carry the decoders along.
    from tourapp.pictures.reading import measure_bare  # noqa: PLC0415

    return measure_bare(path.read_bytes())


def read_photograph(path: Path, said: dict[str, Any], *, measure: Measure) -> tuple[Picture, bytes]:
    """Return a photograph with its bytes, which are kept as they are. Raises InvalidError."""
    try:
        content = (path / said["file"]).read_bytes()
        width, height = measure(path / said["file"])
    except FileNotFoundError:
        message = f"expected a file {said['file']} beside this one"
        raise InvalidError(message) from None
    except InvalidError as error:
        message = f"{error}; {_ADVICE}"
        raise InvalidError(message) from error
    name = media_name(content, suffix="jpg")
    picture = Picture(media=name, bytes=len(content), width=width, height=height, **said)
    return picture, content
