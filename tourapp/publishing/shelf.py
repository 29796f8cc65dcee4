"""The prepared documents that a process holds in memory, bounded in bytes and never outdated."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from cachetools import LRUCache
from werkzeug.datastructures import Headers
from werkzeug.http import quote_etag, remove_entity_headers

from tourapp.catalogue.queries import (
    StoredDocument,
    list_changed_topics,
    list_documents,
    read_version,
)
from tourapp.db import Database
from tourapp.publishing.clock import Clock
from tourapp.web.encoding import IDENTITY, encoded_tag

HeaderLines = tuple[tuple[str, str], ...]

_KEPT_BESIDE_A_BODY_BYTES = 1_000  # The object, its own headers and its place in the memory.


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document in one language and encoding, as it is sent."""

    tag: str
    shared_headers: HeaderLines
    own_headers: HeaderLines
    not_modified_headers: HeaderLines
    body: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """What is prepared for an address: by language, None where the application must answer."""

    topics: frozenset[str]
    by_lang: Mapping[str, Prepared | None]

    @property
    def size(self) -> int:
        """Roughly the bytes that this takes in memory."""
        bodies = sum(len(each.body) for each in self.by_lang.values() if each is not None)
        return bodies + _KEPT_BESIDE_A_BODY_BYTES * (1 + len(self.by_lang))


class Shelf:
    """Documents by address and encoding: read from the database once, then from memory.

    Every question begins with the clock's version. Where it is a new one, all that changed since
    is dropped first; so what is found was true when the question was asked.
    """

    def __init__(
        self, database: Database, clock: Clock, *, fingerprint: str, most_bytes: int
    ) -> None:
        self._database = database
        self._clock = clock
        self._fingerprint = fingerprint
        self._lock = Lock()
        self._seen = -1
        self._kept: LRUCache[tuple[str, str], Found] = LRUCache(most_bytes, _size)

    def find(self, address: str, encoding: str) -> Found:
        """Return what is prepared for an address; UnavailableError where the database is away."""
        version = self._clock.version()
        with self._lock:
            if version != self._seen:
                self._drop_changed()
            found = self._kept.get((address, encoding))
        return self._read(address, encoding) if found is None else found

    def _drop_changed(self) -> None:
        with self._database.reading() as session:
            version = read_version(session)
            changed = set(list_changed_topics(session, since=self._seen))
        if version < self._seen:
            # A backup was restored: what was true then is not told by what changed since.
            self._kept.clear()
        for key, found in list(self._kept.items()):
            # What is not prepared has no topic: any change may have brought it.
            if not found.topics or found.topics & changed:
                del self._kept[key]
        self._seen = version

    def _read(self, address: str, encoding: str) -> Found:
        with self._database.reading() as session:
            version = read_version(session)
            stored = list_documents(
                session,
                address,
                encoding=encoding,
                fingerprint=self._fingerprint,
            )
        found = Found(
            topics=frozenset(document.topic for document in stored),
            by_lang={document.lang: _prepared(document, encoding) for document in stored},
        )
        with self._lock:
            # Another thread may have dropped, meanwhile, what changed since this was read.
            if version == self._seen and found.size < self._kept.maxsize:
                self._kept[address, encoding] = found
        return found


def _size(found: Found) -> int:
    return found.size


def _prepared(document: StoredDocument, encoding: str) -> Prepared | None:
    if document.body is None:
        return None
    tag = encoded_tag(document.tag, encoding)
    own = [("ETag", quote_etag(tag)), ("Content-Length", str(len(document.body)))]
    if encoding != IDENTITY:
        own.append(("Content-Encoding", encoding))
    shared = tuple(_shared(name, value) for name, value in document.headers)
    return Prepared(
        tag=tag,
        shared_headers=shared,
        own_headers=tuple(own),
        not_modified_headers=(*_without_entity(shared), own[0]),
        body=document.body,
    )


@lru_cache(maxsize=256)
def _shared(name: str, value: str) -> tuple[str, str]:
    """Return one and the same pair for all documents: most of their headers are alike."""
    return name, value


@lru_cache(maxsize=256)
def _without_entity(headers: HeaderLines) -> HeaderLines:
    kept = Headers(headers)
    remove_entity_headers(kept)
    return tuple(kept)
