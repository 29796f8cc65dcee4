"""An editor who saves without end, in a process of their own: each save is two rows and a file.

Started as `python tests/upkeep/editor.py` with an installation's settings in the environment; a
line is told with the first save.
"""

import os
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tourapp.accounts.services import operator, record
from tourapp.resources import Resources
from tourapp.settings import Settings
from tourapp.stops.services import get_stop

EDIT = "tests.edit"


def edit() -> None:
    """Save until killed."""
    resources = Resources.open(Settings.from_environ(os.environ))
    for number in count(1):
        drawing = resources.media.put(f"<svg>{number}</svg>".encode(), suffix="svg")
        by = operator("tests", now=datetime.now(UTC))
        with resources.database.transaction() as session:
            stop = get_stop(session, "terril")
            stop.version += 1
            stop.drawing_media = drawing
            record(session, by, EDIT, stop.slug, number=number, version=stop.version)
        if number == 1:
            print("begun", flush=True)  # noqa: T201 -- to the test that waits for it


if __name__ == "__main__":
    edit()
