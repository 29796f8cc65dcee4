"""The names that stops once had: whoever comes by one is led to the stop."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.errors import MovedError
from tourapp.stops.models import FormerSlug, Stop


def find_renamed_stop(session: Session, slug: str) -> Stop | None:
    """Return the stop that once had this slug, and has another one now."""
    return session.scalar(
        select(Stop).join(FormerSlug, FormerSlug.stop_id == Stop.id).where(FormerSlug.slug == slug),
    )


def refuse_former_slug(session: Session, slug: str) -> None:
    """Raise MovedError where a stop once had this slug."""
    renamed = find_renamed_stop(session, slug)
    if renamed is not None:
        raise MovedError(slug, renamed.slug)
