"""Marking what a change made stale, in its own transaction, and putting the new in its place.

Whoever changes something calls `mark_stale` last: on PostgreSQL it holds the catalogue's row until
the commit, so that versions are counted in the order in which changes become visible.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from tourapp.catalogue.models import Catalogue, Document, Topic
from tourapp.db import insert_into
from tourapp.errors import StaleError

CHANNEL = "tourapp_catalogue"
"""The channel on which PostgreSQL tells listeners of a new version."""


def mark_stale(session: Session, topics: Iterable[str]) -> None:
    """Let the documents of these topics be answered by the application until they are restored."""
    stale = {"changed_in": _grow(session), "fingerprint": None}
    for name in sorted(set(topics)):
        insert = insert_into(session, Topic).values(name=name, **stale)
        session.execute(insert.on_conflict_do_update(index_elements=["name"], set_=stale))


def restore(
    session: Session,
    topic: Topic,
    documents: Sequence[Document],
    *,
    fingerprint: str,
) -> None:
    """Put all documents of a topic in the place of the former ones.

    `topic` is as it stood before the documents were made. Raises StaleError where it changed since.
    """
    version = _grow(session)
    unchanged = (Topic.name == topic.name, Topic.changed_in == topic.changed_in)
    result = session.execute(
        update(Topic).where(*unchanged).values(changed_in=version, fingerprint=fingerprint),
    )
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        message = f"{topic.name!r} changed while its documents were made"
        raise StaleError(message)
    # An address may have moved here from another topic, as a sign does between stops.
    addresses = {document.address for document in documents}
    former = (Document.topic == topic.name) | Document.address.in_(addresses)
    session.execute(delete(Document).where(former))
    session.add_all(documents)


def _grow(session: Session) -> int:
    grown = update(Catalogue).values(version=Catalogue.version + 1).returning(Catalogue.version)
    version: int = session.execute(grown).scalar_one()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_notify(CHANNEL, str(version))))
    return version
