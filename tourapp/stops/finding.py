"""Finding published stops by words, in an index that is in step with what is published."""

import math
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from threading import Lock
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.catalogue.queries import read_version
from tourapp.stops.content import LANGUAGES
from tourapp.stops.index import WordIndex
from tourapp.stops.models import Narrative, Revision, Stop
from tourapp.stops.queries import StopQuery
from tourapp.stops.search import fold

# Texts that were replaced stay in an index; one that holds more of them than others is made anew.
_SPARED = 100
_READ_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class FoundStop:
    """A published stop that says what was asked, and the words by which it does."""

    stop_id: int
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Place:
    stop_id: int
    number: int
    latitude: float
    longitude: float


_Told = tuple[str, _Place]
"""The language of a published text, and the stop that it is told at."""


class Finder:
    """Answers which published stops say some words, the best first.

    Each process has one. Its index is read from the database at the first question; then, where
    the catalogue's version is a new one, what was published since.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._index = WordIndex()
        self._known: set[int] = set()
        self._published: dict[int, _Told] = {}
        self._by_lang: dict[str, dict[int, _Place]] = {}
        self._version = -1

    def find(self, session: Session, query: StopQuery) -> list[FoundStop]:
        """Return the stops of which the narrative that `query.lang` chooses says every word."""
        with self._lock:
            self._keep_up(session)
            told = self._told(query.lang)
            found = self._index.find(query.words, among=told.keys())

        def rank(text_id: int) -> tuple[float, float, int]:
            place = told[text_id]
            return _nearness(place, query.near), -found.scores[text_id], place.number

        ranked = sorted(found.scores, key=rank)
        return [FoundStop(told[text_id].stop_id, found.words) for text_id in ranked]

    def _keep_up(self, session: Session) -> None:
        version = read_version(session)
        if version == self._version:
            return
        published = _list_published(session)
        if len(self._known) > 2 * len(published) + _SPARED:
            self._index, self._known = WordIndex(), set()
        for revision_id, title, text in _read_texts(session, published.keys() - self._known):
            self._index.add(revision_id, title=fold(title), text=text)
        self._known |= published.keys()
        self._by_lang.clear()
        self._published, self._version = published, version

    def _told(self, lang: str) -> dict[int, _Place]:
        """Return, by their text, the stops as they are told to who wishes for a language."""
        if lang not in self._by_lang:
            self._by_lang[lang] = _chosen(self._published, lang)
        return self._by_lang[lang]


def _list_published(session: Session) -> dict[int, _Told]:
    """Return, by its revision, the language and the stop of every narrative that is published."""
    rows: Iterable[Any] = session.execute(
        select(
            Narrative.published_revision_id,
            Narrative.lang,
            Stop.id,
            Stop.number,
            Stop.latitude,
            Stop.longitude,
        )
        .join(Stop, Stop.id == Narrative.stop_id)
        .where(Narrative.variant == "standard", Narrative.published_revision_id.is_not(None)),
    )
    published: dict[int, _Told] = {}
    for revision_id, lang, *place in rows:
        published[revision_id] = lang, _Place(*place)
    return published


def _read_texts(session: Session, revision_ids: AbstractSet[int]) -> Iterator[tuple[int, str, str]]:
    ordered = sorted(revision_ids)
    for start in range(0, len(ordered), _READ_AT_ONCE):
        some = ordered[start : start + _READ_AT_ONCE]
        chosen = select(Revision.id, Revision.title, Revision.folded).where(Revision.id.in_(some))
        yield from session.execute(chosen)


def _chosen(published: dict[int, _Told], lang: str) -> dict[int, _Place]:
    wishes = (lang, *LANGUAGES)
    best: dict[int, tuple[int, int]] = {}
    for revision_id, (told_in, place) in published.items():
        ranked = (wishes.index(told_in), revision_id)
        best[place.stop_id] = min(ranked, best.get(place.stop_id, ranked))
    return {revision_id: published[revision_id][1] for _, revision_id in best.values()}


def _nearness(place: _Place, near: tuple[float, float] | None) -> float:
    """Return what orders stops by their distance, as the database does; 0 without a place."""
    if near is None:
        return 0
    north = place.latitude - near[0]
    east = (place.longitude - near[1]) * math.cos(math.radians(near[0]))
    return north * north + east * east
