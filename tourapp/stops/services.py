"""Writing stops and the revisions of their narratives."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tourapp.errors import NotFoundError
from tourapp.stops.content import (
    Closure,
    Drawing,
    FactSource,
    NarrativeContent,
    Place,
    Position,
    Variant,
)
from tourapp.stops.former import find_renamed_stop, refuse_former_slug
from tourapp.stops.models import Narrative, Revision, Stop
from tourapp.stops.pictures import pictures_of, set_pictures
from tourapp.stops.search import fold

Origin = Literal["import", "staff"]


def find_stop(session: Session, slug: str) -> Stop | None:
    """Return the stop of this slug, published or not."""
    return session.scalar(select(Stop).where(Stop.slug == slug))


def get_stop(session: Session, slug: str) -> Stop:
    """Return the stop of this slug, or raise NotFoundError, or MovedError for a former one."""
    stop = find_stop(session, slug)
    if stop is None:
        refuse_former_slug(session, slug)
        message = f"no stop {slug!r}"
        raise NotFoundError(message)
    return stop


def get_stop_once_called(session: Session, slug: str) -> Stop:
    """Return the stop that has or had this slug, or raise NotFoundError."""
    return find_renamed_stop(session, slug) or get_stop(session, slug)


def place_of(stop: Stop) -> Place:
    """Return what the database says of the place."""
    return Place(
        number=stop.number,
        position=Position(
            latitude=stop.latitude,
            longitude=stop.longitude,
            accuracy_m=stop.accuracy_m,
            source=stop.position_source,
            altitude_m=stop.altitude_m,
            altitude_source=stop.altitude_source,
        ),
        drawing=Drawing(
            file=stop.drawing_file,
            media=stop.drawing_media,
            credit=stop.drawing_credit,
        ),
        sources=tuple(FactSource(**source) for source in stop.sources),
        closures=closures_of(stop),
        rescue_post=stop.rescue_post,
        pictures=pictures_of(stop),
    )


def closures_of(stop: Stop) -> tuple[Closure, ...]:
    """Return the closures of a stop, over or not."""
    return tuple(_closure(kept) for kept in stop.closures)


def set_place(stop: Stop, place: Place, *, now: datetime) -> None:
    """Write what is said of the place; whoever calls it adds a new stop to the session."""
    stop.number = place.number
    stop.latitude = place.position.latitude
    stop.longitude = place.position.longitude
    stop.accuracy_m = place.position.accuracy_m
    stop.position_source = place.position.source
    stop.altitude_m = place.position.altitude_m
    stop.altitude_source = place.position.altitude_source
    stop.drawing_file = place.drawing.file
    stop.drawing_media = place.drawing.media
    stop.drawing_credit = place.drawing.credit
    stop.sources = [asdict(source) for source in place.sources]
    stop.closures = [_kept_closure(closure) for closure in place.closures]
    turns = (day for closure in place.closures for day in closure.turns)
    # Those that have passed too: whoever keeps the time knows which day it is.
    stop.closures_due_on = min(turns, default=None)
    stop.rescue_post = place.rescue_post
    set_pictures(stop, place.pictures)
    stop.updated_at = now


def _kept_closure(closure: Closure) -> dict[str, Any]:
    until = closure.until_day and closure.until_day.isoformat()
    return asdict(closure) | {"from_day": closure.from_day.isoformat(), "until_day": until}


def _closure(kept: dict[str, Any]) -> Closure:
    until = kept["until_day"]
    return Closure(
        from_day=date.fromisoformat(kept["from_day"]),
        until_day=until and date.fromisoformat(until),
        reason=kept["reason"],
    )


def find_narrative(
    session: Session,
    stop: Stop,
    *,
    lang: str,
    variant: Variant = "standard",
) -> Narrative | None:
    """Return the stop's narrative in this language and variant, published or not."""
    return session.scalar(
        select(Narrative).where(
            Narrative.stop_id == stop.id,
            Narrative.lang == lang,
            Narrative.variant == variant,
        ),
    )


def get_narrative(
    session: Session,
    stop: Stop,
    *,
    lang: str,
    variant: Variant = "standard",
) -> Narrative:
    """Return the stop's narrative in this language and variant, or raise NotFoundError."""
    narrative = find_narrative(session, stop, lang=lang, variant=variant)
    if narrative is None:
        message = f"no narrative of stop {stop.slug!r} in {lang!r} ({variant})"
        raise NotFoundError(message)
    return narrative


def list_narratives(session: Session, stop: Stop) -> list[Narrative]:
    """Return every narrative of a stop, in the order of their creation."""
    chosen = select(Narrative).where(Narrative.stop_id == stop.id).order_by(Narrative.id)
    return list(session.scalars(chosen))


def get_head(session: Session, narrative: Narrative) -> Revision:
    """Return the newest revision; a narrative has at least one."""
    return session.scalars(_newest_first(narrative).limit(1)).one()


def get_revision(session: Session, narrative: Narrative, number: int) -> Revision:
    """Return one revision of a narrative by its number, or raise NotFoundError."""
    numbered = _newest_first(narrative).where(Revision.number == number)
    revision = session.scalar(numbered)
    if revision is None:
        message = f"no revision {number}"
        raise NotFoundError(message)
    return revision


def list_revisions(session: Session, narrative: Narrative) -> list[Revision]:
    """Return every revision of a narrative, the newest first."""
    return list(session.scalars(_newest_first(narrative)))


def content_of(revision: Revision) -> NarrativeContent:
    """Return what a revision says."""
    names = NarrativeContent.__dataclass_fields__
    return NarrativeContent(**{name: getattr(revision, name) for name in names})


def add_revision(
    session: Session,
    narrative: Narrative,
    content: NarrativeContent,
    *,
    origin: Origin,
    now: datetime,
) -> Revision:
    """Write a new revision at the end of the narrative's line, as its file would say it."""
    written = content.tidied()
    last = session.scalar(_newest_first(narrative).with_only_columns(Revision.number).limit(1))
    revision = Revision(
        narrative_id=narrative.id,
        number=(last or 0) + 1,
        origin=origin,
        created_at=now,
        folded=fold(f"{written.title} {written.lede} {written.text}"),
        **asdict(written),
    )
    session.add(revision)
    # The revision's id is what a publication or a narration refers to.
    session.flush()
    return revision


def _newest_first(narrative: Narrative) -> Select[Revision]:
    chosen = select(Revision).where(Revision.narrative_id == narrative.id)
    return chosen.order_by(Revision.number.desc())
