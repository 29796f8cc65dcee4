"""Every stop and narrative as the bureau lists them: what is published, drafted, submitted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import Session

from tourapp.stops.content import LANGUAGES, VARIANTS, Variant
from tourapp.stops.models import Draft, Narrative, Revision, Stop

_IN_USE = Stop.archived_at.is_(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a narrative stands: its newest revision, what visitors see, who is writing."""

    lang: str
    variant: Variant
    title: str
    number: int
    published_number: int | None
    scheduled_at: datetime | None
    ends_at: datetime | None
    drafts: int

    @property
    def is_waiting(self) -> bool:
        """Whether a text was submitted that visitors do not see, and that no date waits for."""
        return self.number != self.published_number and self.scheduled_at is None


@dataclass(frozen=True, slots=True)
class StandingStop:
    """A stop and where each of its narratives stands."""

    slug: str
    number: int
    version: int
    title: str
    narratives: tuple[Standing, ...]

    @property
    def missing_easy(self) -> list[str]:
        """The languages in which it is told, but not in plain words."""
        told = {each.lang: set[str]() for each in self.narratives}
        for each in self.narratives:
            told[each.lang].add(each.variant)
        return [lang for lang, variants in told.items() if "facile" not in variants]


def count_stops(session: Session) -> int:
    """Return how many stops are in use, published or not."""
    return session.scalar(select(func.count(Stop.id)).where(_IN_USE)) or 0


def list_archived(session: Session) -> Sequence[StandingStop]:
    """Return the stops that are put away, by number."""
    return _list(session, select(Stop.id, Stop.slug, Stop.number, Stop.version).where(~_IN_USE))


def list_titles(session: Session) -> dict[str, str]:
    """Return how every stop is called, by its slug; those too that are put away."""
    stops = (*list_standing(session), *list_archived(session))
    return {stop.slug: stop.title for stop in stops}


def list_standing(
    session: Session, *, offset: int = 0, limit: int | None = None
) -> Sequence[StandingStop]:
    """Return stops in use by number with their narratives: all of them, or a page."""
    chosen = select(Stop.id, Stop.slug, Stop.number, Stop.version).where(_IN_USE)
    return _list(session, chosen.offset(offset).limit(limit), whole=limit is None)


def _list(
    session: Session, chosen: Select[int, str, int, int], *, whole: bool = False
) -> Sequence[StandingStop]:
    stops = session.execute(chosen.order_by(Stop.number)).all()
    wanted = None if whole else [stop_id for stop_id, *_ in stops]
    by_stop = _standings(session, wanted)
    return [
        StandingStop(slug, number, version, _title(by_stop[stop_id], slug), tuple(by_stop[stop_id]))
        for stop_id, slug, number, version in stops
    ]


def _in_turn(standing: Standing) -> tuple[int, int]:
    """Put the reference first, and of each language the whole story before plain words."""
    return LANGUAGES.index(standing.lang), VARIANTS.index(standing.variant)


def _standings(session: Session, wanted: Sequence[int] | None) -> dict[int, list[Standing]]:
    newest = (
        select(Revision.narrative_id, func.max(Revision.number).label("number"))
        .group_by(Revision.narrative_id)
        .subquery()
    )
    published = select(Revision.id, Revision.number).subquery()
    rows = session.execute(
        select(Narrative, Revision.title, Revision.number, published.c.number)
        .join(newest, newest.c.narrative_id == Narrative.id)
        .join(
            Revision,
            (Revision.narrative_id == Narrative.id) & (Revision.number == newest.c.number),
        )
        .outerjoin(published, published.c.id == Narrative.published_revision_id)
        .where(true() if wanted is None else Narrative.stop_id.in_(wanted)),
    )
    drafts = _drafts(session)
    by_stop: defaultdict[int, list[Standing]] = defaultdict(list)
    for narrative, title, number, published_number in rows:
        standing = Standing(
            lang=narrative.lang,
            variant=narrative.variant,
            title=title,
            number=number,
            published_number=published_number,
            scheduled_at=narrative.scheduled_at,
            ends_at=narrative.ends_at,
            drafts=drafts.get((narrative.stop_id, narrative.lang, narrative.variant), 0),
        )
        by_stop[narrative.stop_id].append(standing)
    return defaultdict(list, {stop: sorted(told, key=_in_turn) for stop, told in by_stop.items()})


def _drafts(session: Session) -> dict[tuple[int, str, str], int]:
    which = (Draft.stop_id, Draft.lang, Draft.variant)
    rows = session.execute(select(*which, func.count(Draft.id)).group_by(*which))
    return {(stop_id, lang, variant): count for stop_id, lang, variant, count in rows}


def _title(standings: Sequence[Standing], slug: str) -> str:
    french_first = sorted(standings, key=lambda each: each.lang != "fr")
    return french_first[0].title if french_first else slug
