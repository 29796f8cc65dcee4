"""Finding itineraries, for whoever may see them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor
from tourapp.errors import NotFoundError
from tourapp.itineraries.models import Halt, Itinerary, ItineraryEditor


def find_itinerary(session: Session, slug: str) -> Itinerary | None:
    """Return the itinerary of this slug, whoever may see it."""
    return session.scalar(select(Itinerary).where(Itinerary.slug == slug))


def get_itinerary(session: Session, slug: str, *, viewer: Actor | None = None) -> Itinerary:
    """Return an itinerary that the viewer may see, or raise NotFoundError."""
    return _one(session, Itinerary.slug == slug, _visible_to(viewer), f"no itinerary {slug!r}")


def get_unlisted_itinerary(session: Session, secret: str) -> Itinerary:
    """Return an itinerary by the secret of its link, or raise NotFoundError where it is private."""
    shown = Itinerary.visibility.in_(("unlisted", "published"))
    return _one(session, Itinerary.secret == secret, shown, "no itinerary has this link")


def list_itineraries(
    session: Session,
    *,
    viewer: Actor | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[Itinerary]:
    """Return the itineraries that the viewer may see, by title."""
    chosen = select(Itinerary).where(_visible_to(viewer))
    ordered = chosen.order_by(Itinerary.title, Itinerary.id).offset(offset).limit(limit)
    return session.scalars(ordered).all()


def list_passing(session: Session, stop_id: int, *, most: int) -> Sequence[Itinerary]:
    """Return the published itineraries that pass by a stop, by title."""
    passing = select(Halt.itinerary_id).where(Halt.stop_id == stop_id)
    chosen = select(Itinerary).where(_visible_to(None), Itinerary.id.in_(passing))
    return session.scalars(chosen.order_by(Itinerary.title, Itinerary.id).limit(most)).all()


def count_itineraries(session: Session, *, viewer: Actor | None = None) -> int:
    """Return how many itineraries the viewer may see."""
    return session.scalar(select(func.count(Itinerary.id)).where(_visible_to(viewer))) or 0


def _visible_to(viewer: Actor | None) -> ColumnElement[bool]:
    published = Itinerary.visibility == "published"
    if viewer is None:
        return published
    if "stops:publish" in viewer.permissions:
        return Itinerary.id.is_not(None)
    edited = select(ItineraryEditor.itinerary_id).where(
        ItineraryEditor.person_id == viewer.person_id,
    )
    return or_(published, Itinerary.owner_id == viewer.person_id, Itinerary.id.in_(edited))


def _one(
    session: Session,
    which: ColumnElement[bool],
    seen: ColumnElement[bool],
    missing: str,
) -> Itinerary:
    itinerary = session.scalar(select(Itinerary).where(which, seen))
    if itinerary is None:
        raise NotFoundError(missing)
    return itinerary
