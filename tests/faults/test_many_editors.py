"""Twenty editors who publish one stop, each as often as they can."""

import os
from concurrent.futures import ThreadPoolExecutor

from tests.staff.desk import CHEAP, Desk, seated
from tests.staff.writing.forms import FRENCH, opened
from tourapp.bureau import create_bureau
from tourapp.resources import Resources
from tourapp.stops.services import get_narrative, get_stop, list_revisions

EDITORS = 20
SAVES = int(os.environ.get("SAVES", "50"))


def published(desk: Desk, titles: list[str]) -> list[tuple[int, str]]:
    """Publish these titles, and return how each attempt ended."""
    return [
        (desk.send(f"{FRENCH}/publier", **opened(desk, title=title)).status_code, title)
        for title in titles
    ]


def test_no_acknowledged_text_is_lost_and_no_other_is_kept(seeded: Resources) -> None:
    bureau = create_bureau(seeded, nudge=lambda: None, hasher=CHEAP)
    desks = [
        seated(bureau, "publication", email=f"editor-{number}@example.fr")
        for number in range(EDITORS)
    ]
    titles = [f"Titre {number}" for number in range(SAVES)]
    shares = [titles[number::EDITORS] for number in range(EDITORS)]
    with ThreadPoolExecutor(EDITORS) as pool:
        ended = [end for ends in pool.map(published, desks, shares) for end in ends]
    # A machine under load may make somebody wait for too long: then nothing is acknowledged.
    assert {status for status, _ in ended} <= {303, 412, 503}
    with seeded.database.reading() as session:
        narrative = get_narrative(session, get_stop(session, "terril"), lang="fr")
        *kept, imported = [revision.title for revision in list_revisions(session, narrative)]
    assert imported == "Montée du terril"
    acknowledged = [title for status, title in ended if status == 303]
    assert sorted(kept) == sorted(acknowledged)
    assert kept
