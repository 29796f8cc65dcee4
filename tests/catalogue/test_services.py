import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tourapp.catalogue.models import Document, Topic
from tourapp.catalogue.queries import (
    find_stale_topic,
    list_changed_topics,
    list_documents,
    list_foreign_topics,
    read_version,
)
from tourapp.catalogue.services import mark_stale, restore
from tourapp.errors import StaleError
from tourapp.resources import Resources


def document(address: str, topic: str, *, lang: str = "fr", body: bytes = b"body") -> Document:
    return Document(
        address=address,
        lang=lang,
        topic=topic,
        tag="tag",
        headers=[["Content-Type", "text/plain"]],
        identity=body,
        gzip=b"",
        br=b"",
    )


def mark(resources: Resources, *topics: str) -> None:
    with resources.database.transaction() as session:
        mark_stale(session, topics)


def stale(resources: Resources) -> Topic:
    with resources.database.reading() as session:
        topic = find_stale_topic(session)
    assert topic is not None
    return topic


def put(resources: Resources, topic: Topic, *documents: Document) -> None:
    with resources.database.transaction() as session:
        restore(session, topic, documents, fingerprint="f")


def bodies(resources: Resources, address: str) -> dict[str, bytes]:
    with resources.database.reading() as session:
        found = list_documents(session, address, encoding="identity", fingerprint="f")
    return {each.lang: each.body for each in found}


@pytest.fixture
def one(resources: Resources) -> Resources:
    """Prepare one document of one topic, and the lists without any."""
    put(resources, stale(resources))
    mark(resources, "one")
    put(resources, stale(resources), document("/one", "one"))
    return resources


def test_every_change_is_a_new_version_that_tells_its_topics(resources: Resources) -> None:
    with resources.database.reading() as session:
        before = read_version(session)
    mark(resources, "one", "two", "one")
    with resources.database.reading() as session:
        assert read_version(session) == before + 1
        assert sorted(list_changed_topics(session, since=before)) == ["one", "two"]
        assert list_changed_topics(session, since=before + 1) == []


def test_a_change_that_fails_marks_nothing(one: Resources) -> None:
    def mark_and_fail() -> None:
        with one.database.transaction() as session:
            mark_stale(session, ["one"])
            session.execute(text("INSERT INTO topic (name, changed_in) VALUES ('bad', 0)"))

    with pytest.raises(IntegrityError):
        mark_and_fail()
    assert bodies(one, "/one") == {"fr": b"body"}


def test_documents_of_a_stale_topic_are_not_given(one: Resources) -> None:
    mark(one, "one")
    assert bodies(one, "/one") == {}


def test_a_restored_topic_gives_its_new_documents_alone(one: Resources) -> None:
    mark(one, "one")
    put(one, stale(one), document("/other", "one", body=b"new"))
    assert bodies(one, "/one") == {}
    assert bodies(one, "/other") == {"fr": b"new"}


def test_what_changed_while_it_was_made_is_not_restored(one: Resources) -> None:
    mark(one, "one")
    seen = stale(one)
    mark(one, "one")
    with pytest.raises(StaleError, match="'one' changed while"):
        put(one, seen, document("/one", "one", body=b"old"))
    assert bodies(one, "/one") == {}
    assert stale(one).changed_in > seen.changed_in


def test_of_two_that_restore_the_same_one_wins(one: Resources) -> None:
    mark(one, "one")
    seen = stale(one)
    put(one, seen, document("/one", "one", body=b"first"))
    with pytest.raises(StaleError):
        put(one, seen, document("/one", "one", body=b"second"))
    assert bodies(one, "/one") == {"fr": b"first"}


def test_an_address_may_move_to_another_topic(one: Resources) -> None:
    mark(one, "two")
    put(one, stale(one), document("/one", "two", body=b"moved"))
    assert bodies(one, "/one") == {"fr": b"moved"}


def test_the_newest_change_is_restored_first(one: Resources) -> None:
    mark(one, "two")
    mark(one, "three")
    assert stale(one).name == "three"


def test_what_was_prepared_with_anything_else_is_not_given(one: Resources) -> None:
    with one.database.reading() as session:
        assert find_stale_topic(session) is None
        assert list_foreign_topics(session, fingerprint="f") == []
        assert sorted(list_foreign_topics(session, fingerprint="g")) == ["one", "stops"]
        assert list_documents(session, "/one", encoding="identity", fingerprint="g") == []
