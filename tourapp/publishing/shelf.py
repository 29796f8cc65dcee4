"""The prepared documents that a process knows: bounded, and never outdated."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from werkzeug.http import is_entity_header, quote_etag

from tourapp.catalogue.queries import (
    StoredDocument,
    list_changed_topics,
    list_documents,
    read_version,
)
from tourapp.db import Database
from tourapp.errors import UnavailableError
from tourapp.publishing.clock import Clock
from tourapp.publishing.spool import Spool, Spooled
from tourapp.web.encoding import IDENTITY, encoded_tag

HeaderLines = tuple[tuple[str, str], ...]

log = logging.getLogger(__name__)

# What a document takes in memory, without its body: its headers, its tag, its place in the shelf.
_KNOWN_BYTES = 1_200

# The bodies are kept in a file, which may be so many times as large as the memory.
_SPOOL_TO_MEMORY = 8

_KEPT_WITHOUT_BODY = frozenset({"content-location", "expires"})


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document in one language and encoding, as it is sent."""

    tag: str
    encoding: str
    shared_headers: HeaderLines
    body: Spooled

    @property
    def headers(self) -> HeaderLines:
        """The headers of the whole answer."""
        own: HeaderLines = (("ETag", self.etag), ("Content-Length", str(self.body.size)))
        if self.encoding != IDENTITY:
            own = (*own, ("Content-Encoding", self.encoding))
        return self.shared_headers + own

    @property
    def not_modified_headers(self) -> HeaderLines:
        """The headers for who has the body already (RFC 9110, 15.4.5)."""
        kept = [line for line in self.shared_headers if _outlives_body(line[0])]
        return (*kept, ("ETag", self.etag))

    @property
    def etag(self) -> str:
        """The tag as a header names it."""
        return quote_etag(self.tag)


ByLanguage = Mapping[str, Prepared]
"""What is prepared for an address: nothing where the application must answer."""


@dataclass(frozen=True, slots=True)
class _Kept:
    topics: tuple[str, ...]
    by_lang: ByLanguage


class Shelf:
    """Documents by address and encoding: read from the database once, then kept at hand.

    Every question begins with the clock's version. Where it is a new one, all that changed since
    is dropped first; so what is found was true when the question was asked. A shelf that is full
    begins anew: nothing is kept of who asked for what.
    """

    def __init__(
        self, database: Database, clock: Clock, *, fingerprint: str, most_bytes: int
    ) -> None:
        self._database = database
        self._clock = clock
        self._fingerprint = fingerprint
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._seen = -1
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._spool = Spool()

    def find(self, address: str, encoding: str) -> ByLanguage:
        """Return what is prepared for an address.

        UnavailableError where the database is away, or where there is no room to keep it.
        """
        version = self._clock.version()
        with self._lock:
            if version != self._seen:
                self._drop_changed()
            kept = self._kept.get((address, encoding))
        return self._read(address, encoding) if kept is None else kept.by_lang

    def _drop_changed(self) -> None:
        with self._database.reading() as session:
            version = read_version(session)
            changed = set(list_changed_topics(session, since=self._seen))
        if version < self._seen:
            # A backup was restored: what was true then is not told by what changed since.
            self._begin_anew()
        for key in [key for key, kept in self._kept.items() if changed.intersection(kept.topics)]:
            del self._kept[key]
        self._seen = version

    def _read(self, address: str, encoding: str) -> ByLanguage:
        with self._database.reading() as session:
            version = read_version(session)
            stored = list_documents(
                session,
                address,
                encoding=encoding,
                fingerprint=self._fingerprint,
            )
        if not stored:
            # Not kept, or addresses that somebody made up would take the place of documents.
            return {}
        with self._lock:
            kept = self._spooled(stored, encoding)
            # Another thread may have dropped, meanwhile, what changed since this was read.
            if version == self._seen:
                self._kept[address, encoding] = kept
        return kept.by_lang

    def _spooled(self, stored: Sequence[StoredDocument], encoding: str) -> _Kept:
        if self._is_full():
            self._begin_anew()
        try:
            by_lang = {each.lang: _prepared(each, encoding, self._spool) for each in stored}
        except OSError as error:
            reason = f"prepared documents cannot be kept in a temporary file: {error}"
            log.warning(reason)
            raise UnavailableError(reason) from error
        return _Kept(tuple({each.topic for each in stored}), by_lang)

    def _is_full(self) -> bool:
        known = len(self._kept) * _KNOWN_BYTES
        return max(known, self._spool.size / _SPOOL_TO_MEMORY) > self._most_bytes

    def _begin_anew(self) -> None:
        self._kept.clear()
        self._spool = Spool()


def _prepared(document: StoredDocument, encoding: str, spool: Spool) -> Prepared:
    return Prepared(
        tag=encoded_tag(document.tag, encoding),
        encoding=encoding,
        shared_headers=tuple(_shared(name, value) for name, value in document.headers),
        body=spool.add(document.body),
    )


@lru_cache(maxsize=256)
def _shared(name: str, value: str) -> tuple[str, str]:
    """Return one and the same pair for all documents: most of their headers are alike."""
    return name, value


@lru_cache(maxsize=256)
def _outlives_body(name: str) -> bool:
    return name.lower() in _KEPT_WITHOUT_BODY or not is_entity_header(name)
