"""How stops are called where visitors are told nothing of them any more, or not yet."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.stops.content import LANGUAGES
from tourapp.stops.models import Narrative, Revision


def find_last_titles(session: Session, stop_ids: Collection[int], *, lang: str) -> dict[int, str]:
    """Return the newest title of each stop: in a language where it was written, else in the first.

    One of which nothing was written yet has none.
    """
    chosen = (
        select(Narrative.stop_id, Revision.title)
        .join(Revision, Revision.narrative_id == Narrative.id)
        .where(Narrative.stop_id.in_(stop_ids), Narrative.variant == "standard")
        .order_by(Narrative.lang == lang, Narrative.lang == LANGUAGES[0], Revision.number)
    )
    # Of several the last one stays.
    rows = session.execute(chosen)
    return {stop_id: title for stop_id, title in rows}  # noqa: C416 -- rows are no pairs to dict()
