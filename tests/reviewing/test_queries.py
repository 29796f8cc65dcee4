"""What waits for somebody, over all stops, on either kind of database."""

from tests.changing import STOP, Staff
from tests.reviewing.test_api import REVIEW, act
from tourapp.resources import Resources
from tourapp.reviewing.queries import (
    count_open_threads,
    list_discussed,
    list_reviews,
    list_waiting,
)
from tourapp.staff.due.sounds import list_provisional
from tourapp.stops.services import get_narrative, get_stop


def test_what_is_asked_and_said_of_the_newest_text_waits_until_it_is_published(
    writer: Staff, reader: Staff, seeded: Resources
) -> None:
    act(writer, "PUT", json={})
    for text in ("Plus court ?", "Et le chapeau ?"):
        reader.send("POST", f"{REVIEW}/comments", json={"text": text})
    with seeded.database.reading() as session:
        [waiting], [discussed] = list_waiting(session), list_discussed(session)
        narrative = get_narrative(session, get_stop(session, "terril"), lang="fr")
        assert list(list_reviews(session, narrative)) == [2]
        assert count_open_threads(session, narrative) == {2: 2}
        assert list_provisional(session, engines=("espeak",)) == []
    assert str(waiting.telling) == str(discussed.telling) == "terril/fr/standard"
    assert (waiting.review.verdict, discussed.threads) == (None, 2)
    tag = reader.tag(f"{STOP}/revisions")
    reader.send("POST", f"{STOP}/publish", tag=tag, json={"revision": 2})
    with seeded.database.reading() as session:
        assert list_waiting(session) == []
        assert len(list_discussed(session)) == 1
