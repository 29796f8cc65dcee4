"""Published stops with what a visitor meets there: one of them, those of a list, those found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from tourapp.itineraries.queries import list_passing
from tourapp.narration.queries import find_heard_of
from tourapp.observations.queries import list_noticed
from tourapp.pictures.framing import Shape
from tourapp.pictures.names import LEAD, THUMB
from tourapp.signage.services import get_leading_sign, list_first_codes
from tourapp.stops.content import Variant
from tourapp.stops.distance import way_between
from tourapp.stops.finding import Finder
from tourapp.stops.markup import visible_text
from tourapp.stops.models import Stop
from tourapp.stops.nearby import list_nearby
from tourapp.stops.passages import Fragment, find_passage
from tourapp.stops.queries import (
    PublishedStop,
    StopQuery,
    count_published_stops,
    find_neighbours,
    find_published_stops,
    get_published_stop,
    list_languages,
    list_published_stops,
)
from tourapp.visit.pictures import find_card, list_leading, list_pictured
from tourapp.visit.visited import MOST_NOTICED, Neighbour, Visited

MOST_NEARBY = 3
MOST_PASSING = 4


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a list is shown."""

    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of a list of stops, and how many it has in all."""

    count: int
    stops: list[Visited]


def get_visited(
    session: Session,
    slug: str,
    *,
    lang: str,
    engines: Sequence[str],
    variant: Variant = "standard",
) -> Visited:
    """Return a published stop with its neighbours in the same variant, or raise NotFoundError."""
    published = get_published_stop(session, slug, lang=lang, variant=variant)
    [visited] = _visited(session, [published], engines=engines, shape=LEAD)
    easy = list_languages(session, [published.stop.id], variant="facile")
    around = _around(session, published.stop, lang=lang, variant=variant)
    return replace(
        visited,
        card=find_card(session, published.stop),
        pictures=list_pictured(session, published.stop),
        easy_languages=easy[published.stop.id],
        itineraries=list_passing(session, published.stop.id, most=MOST_PASSING),
        noticed=list_noticed(session, published.stop.id, most=MOST_NOTICED + 1),
        **around,
    )


def get_visited_by_sign(
    session: Session,
    code: str,
    *,
    accept: Callable[[Sequence[str]], str | None],
    engines: Sequence[str],
) -> Visited:
    """Return the stop that a sign leads to, in the language that `accept` picks, else French.

    Raises UnknownSignError for a code that no sign bears, RetiredSignError for one that is retired.
    """
    sign = get_leading_sign(session, code)
    slug, stop_id = sign.stop.slug, sign.stop_id
    lang = accept(list_languages(session, [stop_id])[stop_id]) or "fr"
    # Of several signs of a stop, the page tells which one it is that somebody stands before.
    return replace(get_visited(session, slug, lang=lang, engines=engines), code=sign.code)


def list_visited(
    session: Session,
    query: StopQuery,
    *,
    engines: Sequence[str],
    offset: int = 0,
    limit: int | None = None,
) -> list[Visited]:
    """Return published stops, with their distance where the query names a place."""
    chosen = list_published_stops(session, query, offset=offset, limit=limit)
    return _visited(session, chosen, engines=engines, near=query.near)


def list_page(
    session: Session,
    query: StopQuery,
    *,
    finder: Finder,
    engines: Sequence[str],
    page: Slice,
) -> Listed:
    """Return one page of the stops that a query asks for, and how many there are in all.

    Stops that are found by words come best first, with the passage that says them.
    """
    if query.words.strip():
        return _list_found(session, query, finder=finder, engines=engines, page=page)
    count = count_published_stops(session)
    offset = min(page.offset, count)
    stops = list_visited(session, query, engines=engines, offset=offset, limit=page.limit)
    return Listed(count, stops)


def _list_found(
    session: Session,
    query: StopQuery,
    *,
    finder: Finder,
    engines: Sequence[str],
    page: Slice,
) -> Listed:
    found = finder.find(session, query)
    shown = found[page.offset : page.offset + page.limit]
    words = {each.stop_id: each.words for each in shown}
    published = find_published_stops(session, list(words), lang=query.lang)
    chosen = [published[stop_id] for stop_id in words if stop_id in published]
    visited = _visited(session, chosen, engines=engines, near=query.near)
    return Listed(
        len(found),
        [replace(each, passage=_passage(each, words[each.stop.id])) for each in visited],
    )


def _passage(visited: Visited, words: frozenset[str]) -> tuple[Fragment, ...]:
    """Return where a stop says these words, in its lede or its text: its title is shown anyway."""
    revision = visited.revision
    return find_passage(f"{revision.lede} {visible_text(revision.text)}", words)


def _visited(
    session: Session,
    chosen: Sequence[PublishedStop],
    *,
    engines: Sequence[str],
    near: tuple[float, float] | None = None,
    shape: Shape = THUMB,
) -> list[Visited]:
    stop_ids = [published.stop.id for published in chosen]
    languages = list_languages(session, stop_ids)
    codes = list_first_codes(session, stop_ids)
    heard = find_heard_of(session, [each.revision for each in chosen], engines=engines)
    leading = list_leading(session, stop_ids, shape)
    return [
        Visited(
            stop=each.stop,
            narrative=each.narrative,
            revision=each.revision,
            languages=languages[each.stop.id],
            code=codes.get(each.stop.id),
            heard=heard.get(each.revision.id),
            leading=leading.get(each.stop.id),
            way=None if near is None else way_between(near, _place(each.stop)),
        )
        for each in chosen
    ]


def _around(session: Session, stop: Stop, *, lang: str, variant: Variant) -> dict[str, Any]:
    """Return the stops before and after another, and those near it that are neither."""
    before, after = find_neighbours(session, stop, lang=lang, variant=variant)
    on_the_way = [each.stop.id for each in (before, after) if each is not None]
    near = list_nearby(session, stop, lang=lang, but=on_the_way, most=MOST_NEARBY)
    return {
        "previous": before and _neighbour(stop, before),
        "next": after and _neighbour(stop, after),
        "nearby": tuple(_neighbour(stop, each) for each in near),
    }


def _neighbour(stop: Stop, published: PublishedStop) -> Neighbour:
    told, way = published.narrative, way_between(_place(stop), _place(published.stop))
    return Neighbour(published.stop, told.lang, published.revision, way, told.variant)


def _place(stop: Stop) -> tuple[float, float]:
    return stop.latitude, stop.longitude
