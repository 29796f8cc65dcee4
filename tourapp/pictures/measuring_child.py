"""Measures the photographs that lie in the folders of stops, within limits, and exits.

Run as a script, with the folder of all of them. Tells on standard output, as JSON, of each file how
large it is, or in a sentence why it is none that is kept.
"""

import json
import sys
from pathlib import Path

from tourapp.errors import InvalidError
from tourapp.pictures.bounds import bound_this_process
from tourapp.pictures.reading import measure_bare


def main(folder: Path) -> None:
    """Measure and tell."""
    bound_this_process()
    found = sorted(folder.glob("*/*.jpg"))
    json.dump({str(path.relative_to(folder)): measured(path) for path in found}, sys.stdout)


def measured(path: Path) -> tuple[int, int] | str:
    """Return the size of a photograph, or what is wrong with it."""
    try:
        return measure_bare(path.read_bytes())
    except InvalidError as error:
        return str(error)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
