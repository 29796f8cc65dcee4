"""The prepared documents that a process knows: bounded, and never outdated."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from werkzeug.http import is_entity_header, quote_etag

from tourapp.audience.tally import Tally
from tourapp.catalogue.queries import (
    StoredDocument,
    list_changed_topics,
    list_documents,
    read_version,
)
from tourapp.db import Database
from tourapp.errors import UnavailableError
from tourapp.publishing.clock import Clock
from tourapp.publishing.spool import Spool
from tourapp.publishing.visits import find_number
from tourapp.web.encoding import ENCODINGS, IDENTITY, encoded_tag

HeaderLines = tuple[tuple[str, str], ...]

log = logging.getLogger(__name__)

# What a document takes in memory, without its body: its headers, its tag, its place in the shelf.
_KNOWN_BYTES = 800

# The bodies are kept in a file, which may be so many times as large as the memory.
_SPOOL_TO_MEMORY = 8

_LOCATION = "Content-Location"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document in one language and encoding, as it is sent.

    `visit` is the number under which its readers are counted. Of as few objects as can be: of a
    document that is seldom asked for, each is slow to reach.
    """

    topic: str
    lang: str
    tag: str
    encoding: str
    location: str | None
    shared_headers: HeaderLines
    visit: int | None
    spool: Spool
    offset: int
    size: int

    @property
    def headers(self) -> HeaderLines:
        """The headers of the whole answer."""
        own = (*self._located(), ("ETag", self.etag), ("Content-Length", str(self.size)))
        if self.encoding != IDENTITY:
            own = (*own, ("Content-Encoding", self.encoding))
        return self.shared_headers + own

    @property
    def not_modified_headers(self) -> HeaderLines:
        """The headers for who has the body already (RFC 9110, 15.4.5)."""
        return (*_outliving(self.shared_headers), *self._located(), ("ETag", self.etag))

    @property
    def etag(self) -> str:
        """The tag as a header names it."""
        return quote_etag(self.tag)

    def read_body(self) -> bytes:
        """Return the body."""
        return self.spool.read(self.offset, self.size)

    def _located(self) -> HeaderLines:
        return () if self.location is None else ((_LOCATION, self.location),)


Documents = Sequence[Prepared]
"""What is prepared for an address, a document a language; none where the application answers."""


class Shelf:
    """Documents by address and encoding: read from the database once, then kept at hand.

    Every question begins with the clock's version. Where it is a new one, all that changed since
    is dropped first; so what is found was true when the question was asked. A shelf that is full
    begins anew: nothing is kept of who asked for what.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        tally: Tally,
        fingerprint: str,
        most_bytes: int,
    ) -> None:
        self._database = database
        self._clock = clock
        self._tally = tally
        self._fingerprint = fingerprint
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._seen = -1
        self._kept: dict[str, dict[str, Documents]] = {encoding: {} for encoding in ENCODINGS}
        self._spool = Spool()

    def find(self, address: str, encoding: str) -> Documents:
        """Return what is prepared for an address.

        UnavailableError where the database is away, or where there is no room to keep it.
        """
        version = self._clock.version()
        with self._lock:
            if version != self._seen:
                self._drop_changed()
            kept = self._kept[encoding].get(address)
        return self._read(address, encoding) if kept is None else kept

    def _drop_changed(self) -> None:
        with self._database.reading() as session:
            version = read_version(session)
            changed = set(list_changed_topics(session, since=self._seen))
        if version < self._seen:
            # A backup was restored: what was true then is not told by what changed since.
            self._begin_anew()
        for kept in self._kept.values():
            for address in [each for each in kept if _tells_of(changed, kept[each])]:
                del kept[address]
        self._seen = version

    def _read(self, address: str, encoding: str) -> Documents:
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
            return ()
        with self._lock:
            kept = self._spooled(stored, address, encoding)
            # Another thread may have dropped, meanwhile, what changed since this was read.
            if version == self._seen:
                self._kept[encoding][address] = kept
        return kept

    def _spooled(self, stored: Sequence[StoredDocument], address: str, encoding: str) -> Documents:
        if self._is_full():
            self._begin_anew()
        try:
            return tuple(self._prepared(each, address, encoding) for each in stored)
        except OSError as error:
            reason = f"prepared documents cannot be kept in a temporary file: {error}"
            log.warning(reason)
            raise UnavailableError(reason) from error

    def _is_full(self) -> bool:
        known = sum(map(len, self._kept.values())) * _KNOWN_BYTES
        return max(known, self._spool.size / _SPOOL_TO_MEMORY) > self._most_bytes

    def _begin_anew(self) -> None:
        self._kept = {encoding: {} for encoding in ENCODINGS}
        self._spool = Spool()

    def _prepared(self, document: StoredDocument, address: str, encoding: str) -> Prepared:
        headers = [(name, value) for name, value in document.headers]
        located = [value for name, value in headers if name == _LOCATION]
        return Prepared(
            topic=document.topic,
            lang=document.lang,
            tag=encoded_tag(document.tag, encoding),
            encoding=encoding,
            location=located[0] if located else None,
            shared_headers=_shared(tuple(line for line in headers if line[0] != _LOCATION)),
            visit=find_number(self._tally, address, lang=document.lang),
            spool=self._spool,
            offset=self._spool.add(document.body),
            size=len(document.body),
        )


def _tells_of(topics: set[str], documents: Documents) -> bool:
    return any(each.topic in topics for each in documents)


@lru_cache(maxsize=256)
def _shared(headers: HeaderLines) -> HeaderLines:
    """Return one and the same lines for all documents of a kind: most tell of it alone."""
    return headers


@lru_cache(maxsize=256)
def _outliving(headers: HeaderLines) -> HeaderLines:
    return tuple(line for line in headers if _outlives_body(line[0]))


def _outlives_body(name: str) -> bool:
    return name.lower() == "expires" or not is_entity_header(name)
