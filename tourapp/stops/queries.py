"""Reading what is published: one narrative a stop, in the best language there is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import cast

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from tourapp.errors import NotFoundError
from tourapp.stops.content import LANGUAGES, Variant
from tourapp.stops.former import refuse_former_slug
from tourapp.stops.models import Narrative, Revision, Stop


@dataclass(frozen=True, slots=True)
class PublishedStop:
    """A stop with the published revision of one of its narratives."""

    stop: Stop
    narrative: Narrative
    revision: Revision


@dataclass(frozen=True, slots=True)
class TranslatedStop:
    """A published stop, and when its page in each language changed last."""

    slug: str
    drawing_media: str
    changed_at: dict[str, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class StopQuery:
    """Which published stops are asked for, and how they are ordered."""

    lang: str = LANGUAGES[0]
    words: str = ""
    near: tuple[float, float] | None = None


def get_published_stop(
    session: Session,
    slug: str,
    *,
    lang: str,
    variant: Variant = "standard",
) -> PublishedStop:
    """Return a published stop in the language asked, else in French, else in any.

    Raises NotFoundError for a stop that does not exist or of which nothing is published, and
    MovedError where the slug is a former one.
    """
    try:
        missing = f"no published stop {slug!r}"
        return _one(session, lang, Stop.slug == slug, missing, variant=variant)
    except NotFoundError:
        refuse_former_slug(session, slug)
        raise


def get_published_narrative(
    session: Session,
    slug: str,
    *,
    lang: str,
    variant: Variant = "standard",
) -> PublishedStop:
    """Return a published stop in exactly this language.

    Raises NotFoundError, which names the languages that there are.
    """
    published = get_published_stop(session, slug, lang=lang, variant=variant)
    if published.narrative.lang != lang:
        languages = list_languages(session, [published.stop.id], variant=variant)
        there_are = ", ".join(languages[published.stop.id])
        message = f"no published narrative of {slug!r} in {lang!r}; there are: {there_are}"
        raise NotFoundError(message)
    return published


def get_published_stop_by_number(session: Session, number: int, *, lang: str) -> PublishedStop:
    """Return the published stop that carries a number, as `get_published_stop` does."""
    return _one(session, lang, Stop.number == number, f"no published stop number {number}")


def find_published_stops(
    session: Session,
    stop_ids: Sequence[int],
    *,
    lang: str,
    variant: Variant = "standard",
) -> dict[int, PublishedStop]:
    """Return those of some stops that are published, each in the best language there is."""
    rows = session.execute(published_in(lang, variant).where(Stop.id.in_(stop_ids)))
    return {row[0].id: PublishedStop(*row) for row in rows}


def find_neighbours(
    session: Session,
    stop: Stop,
    *,
    lang: str,
    variant: Variant = "standard",
) -> tuple[PublishedStop | None, PublishedStop | None]:
    """Return the stops before and after this one, by number, that are published in a variant."""
    chosen = published_in(lang, variant)
    before = chosen.where(Stop.number < stop.number).order_by(Stop.number.desc()).limit(1)
    after = chosen.where(Stop.number > stop.number).order_by(Stop.number).limit(1)
    return _first(session, before), _first(session, after)


def list_published_stops(
    session: Session,
    query: StopQuery,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> list[PublishedStop]:
    """Return published stops, nearest first where a place is given, else by number.

    Words are the `Finder`'s to look for.
    """
    chosen = published_in(query.lang)
    order = [Stop.number] if query.near is None else [nearness(*query.near), Stop.number]
    rows = session.execute(chosen.order_by(*order).offset(offset).limit(limit))
    return [PublishedStop(stop, narrative, revision) for stop, narrative, revision in rows]


def count_published_stops(session: Session) -> int:
    """Return how many stops are published, in whatever language."""
    chosen = published_in(LANGUAGES[0]).with_only_columns(func.count(Stop.id))
    return session.scalar(chosen) or 0


def list_languages(
    session: Session,
    stop_ids: Sequence[int],
    *,
    variant: Variant = "standard",
) -> dict[int, list[str]]:
    """Return the published languages of each stop, in the order of `LANGUAGES`."""
    rows = session.execute(
        select(Narrative.stop_id, Narrative.lang).where(
            Narrative.stop_id.in_(stop_ids),
            Narrative.variant == variant,
            Narrative.published_revision_id.is_not(None),
        ),
    )
    languages: dict[int, list[str]] = {stop_id: [] for stop_id in stop_ids}
    for stop_id, lang in rows:
        languages[stop_id].append(lang)
    return {key: sorted(found, key=LANGUAGES.index) for key, found in languages.items()}


def list_translations(
    session: Session,
    *,
    variant: Variant = "standard",
) -> list[TranslatedStop]:
    """Return every published stop by number, its languages in the order of `LANGUAGES`."""
    rows = session.execute(
        select(Stop, Narrative.lang, Narrative.published_at)
        .join(Narrative, Narrative.stop_id == Stop.id)
        .where(Narrative.variant == variant, Narrative.published_at.is_not(None))
        .order_by(Stop.number),
    )
    translated: dict[int, TranslatedStop] = {}
    for stop, lang, published_at in sorted(rows, key=lambda row: LANGUAGES.index(row.lang)):
        found = TranslatedStop(stop.slug, stop.drawing_media, {})
        changed_at = translated.setdefault(stop.number, found).changed_at
        changed_at[lang] = max(stop.updated_at, cast("datetime", published_at))
    return [translated[number] for number in sorted(translated)]


@cache
def published_in(lang: str, variant: Variant = "standard") -> Select[Stop, Narrative, Revision]:
    """Return the statement that others narrow: making it costs more than asking it."""
    best = aliased(Narrative)
    preference = case(
        {lang: 0, **{other: rank for rank, other in enumerate(LANGUAGES, 1) if other != lang}},
        value=best.lang,
    )
    best_id = (
        select(best.id)
        .where(
            best.stop_id == Stop.id,
            best.variant == variant,
            best.published_revision_id.is_not(None),
        )
        .order_by(preference)
        .limit(1)
        .correlate(Stop)
        .scalar_subquery()
    )
    return (
        select(Stop, Narrative, Revision)
        .select_from(Stop)
        .join(Narrative, Narrative.id == best_id)
        .join(Revision, Revision.id == Narrative.published_revision_id)
    )


def nearness(latitude: float, longitude: float) -> ColumnElement[float]:
    """Return what orders stops by their distance from a place."""
    # A flat earth orders stops rightly over a mining basin; shown distances are geodesic.
    north = Stop.latitude - latitude
    east = (Stop.longitude - longitude) * math.cos(math.radians(latitude))
    return north * north + east * east


def _one(
    session: Session,
    lang: str,
    which: ColumnElement[bool],
    missing: str,
    *,
    variant: Variant = "standard",
) -> PublishedStop:
    found = _first(session, published_in(lang, variant).where(which))
    if found is None:
        raise NotFoundError(missing)
    return found


def _first(
    session: Session,
    chosen: Select[Stop, Narrative, Revision],
) -> PublishedStop | None:
    row = session.execute(chosen).first()
    if row is None:
        return None
    stop, narrative, revision = row
    return PublishedStop(stop, narrative, revision)
