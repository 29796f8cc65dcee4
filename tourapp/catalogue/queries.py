"""Reading the catalogue: its version, what changed, and what is prepared."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from tourapp.catalogue.models import Catalogue, Document, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document in one encoding."""

    topic: str
    lang: str
    tag: str
    headers: list[Any]
    body: bytes


def read_version(session: Session) -> int:
    """Return the catalogue's version."""
    version: int = session.connection().execute(_VERSION).scalar_one()
    return version


def list_changed_topics(session: Session, *, since: int) -> Sequence[str]:
    """Return the topics that changed after a version."""
    return session.scalars(select(Topic.name).where(Topic.changed_in > since)).all()


def find_stale_topic(session: Session) -> Topic | None:
    """Return the topic that wants restoring first, the one that changed last.

    Of those that changed together, by name: tours are gathered from what the others tell.
    """
    stale = select(Topic).where(Topic.fingerprint.is_(None))
    return session.scalar(stale.order_by(Topic.changed_in.desc(), Topic.name).limit(1))


def list_foreign_topics(session: Session, *, fingerprint: str) -> Sequence[str]:
    """Return the topics that were prepared with anything else."""
    return session.scalars(select(Topic.name).where(Topic.fingerprint != fingerprint)).all()


def list_documents(
    session: Session,
    address: str,
    *,
    encoding: str,
    fingerprint: str,
) -> list[StoredDocument]:
    """Return what is prepared for an address, one document a language; none while it is stale."""
    asked = {"address": address, "fingerprint": fingerprint}
    rows = session.connection().execute(_documents(encoding), asked)
    return [
        StoredDocument(topic=topic, lang=lang, tag=tag, headers=headers, body=body)
        for topic, lang, tag, headers, body in rows
    ]


# Made once: to make a statement anew takes longer than to ask it.
_VERSION = select(Catalogue.version)


@cache
def _documents(encoding: str) -> Select[Any]:
    body = Document.__table__.c[encoding]
    return (
        select(Document.topic, Document.lang, Document.tag, Document.headers, body)
        .join(Topic, Topic.name == Document.topic)
        .where(Document.address == bindparam("address"))
        .where(Topic.fingerprint == bindparam("fingerprint"))
    )
