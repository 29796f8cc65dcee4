"""Reading a photograph beside a stop's file: it must hold its pixels alone."""

from pathlib import Path
from typing import Any

from tourapp.errors import InvalidError
from tourapp.media import media_name
from tourapp.stops.content import Picture

_ADVICE = "`tourapp pictures bare` writes one"


def read_photograph(path: Path, said: dict[str, Any]) -> tuple[Picture, bytes]:
    """Return a photograph with its bytes, which are kept as they are. Raises InvalidError."""
    # The processes that read no files need not carry the decoders along.
    from tourapp.pictures.reading import measure_bare  # noqa: PLC0415

    try:
        content = (path / said["file"]).read_bytes()
        width, height = measure_bare(content)
    except FileNotFoundError:
        message = f"expected a file {said['file']} beside this one"
        raise InvalidError(message) from None
    except InvalidError as error:
        message = f"{error}; {_ADVICE}"
        raise InvalidError(message) from error
    name = media_name(content, suffix="jpg")
    picture = Picture(media=name, bytes=len(content), width=width, height=height, **said)
    return picture, content
