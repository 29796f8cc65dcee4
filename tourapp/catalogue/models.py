"""Tables of the catalogue's version, of its topics, and of the documents prepared about them."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tourapp.db import Model


class Catalogue(Model):
    """One row: the version of what visitors see, which grows with every change of it."""

    __tablename__ = "catalogue"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("version > 0", name="version_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


class Topic(Model):
    """What documents tell of, a stop or the lists: all of its documents are fresh, or stale.

    `fingerprint` names what they were prepared with; a stale topic has none.
    """

    __tablename__ = "topic"
    __table_args__ = (CheckConstraint("changed_in > 0", name="changed_in_positive"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    changed_in: Mapped[int] = mapped_column(index=True)
    fingerprint: Mapped[str | None]


class Document(Model):
    """The answer to one address in one language, as ready bytes in each encoding.

    `headers` holds what is common to the encodings; `tag` is the entity tag of the plain answer.
    """

    __tablename__ = "document"

    address: Mapped[str] = mapped_column(primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(ForeignKey("topic.name"), index=True)
    tag: Mapped[str]
    headers: Mapped[list[Any]] = mapped_column(JSON)
    identity: Mapped[bytes]
    gzip: Mapped[bytes]
    br: Mapped[bytes]
