"""Decodes one photograph that somebody gave, within limits, and exits.

Run as a script, with how wide it may become and the number of the open file to write to; what was
given is the standard input, a file too. Writes a JPEG of its pixels alone, and tells on standard
output, as JSON, how large it is. A picture that is refused makes it exit with a sentence.
"""

import json
import sys

from tourapp.errors import InvalidError
from tourapp.pictures.bounds import bound_this_process
from tourapp.pictures.reading import read_photograph

_JPEG = {"quality": 90, "optimize": True, "progressive": True}


def main(widest_px: int, written: int) -> None:
    """Decode, write and tell."""
    bound_this_process()
    try:
        picture = read_photograph(sys.stdin.buffer, widest_px=widest_px)
        with open(written, "wb", closefd=False) as file:
            picture.save(file, "JPEG", **_JPEG)
    except InvalidError as error:
        sys.exit(str(error))
    except (OSError, MemoryError):
        sys.exit("the picture is too large in one direction")
    json.dump({"width": picture.width, "height": picture.height}, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
