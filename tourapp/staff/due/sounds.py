"""Sounds that lack, that are older than their text, or that a better voice is to say."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourapp.narration.models import RECORDED, Narration
from tourapp.staff.due.items import Item
from tourapp.staff.listening.wording import obstacle
from tourapp.staff.writing.addresses import address_of
from tourapp.staff.writing.wording import telling_name
from tourapp.stops.editing import Telling
from tourapp.stops.models import Narrative, Revision, Stop

_ENGINES = {"gtts": "gTTS", "piper": "Piper", "espeak": "eSpeak NG"}


def list_silent(session: Session) -> list[Item]:
    """Return the published texts that no voice has said yet, and why."""
    spoken = select(Narration.revision_id).where(Narration.state == "ready")
    failure = (
        select(Narration.failure)
        .where(Narration.revision_id == Revision.id, Narration.state == "failed")
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Stop.slug, Narrative, Revision.title, failure)
        .join(Narrative, Narrative.stop_id == Stop.id)
        .join(Revision, Revision.id == Narrative.published_revision_id)
        .where(Revision.id.not_in(spoken))
        .order_by(Stop.number),
    )
    return [
        Item(
            text=f"{title} ({telling_name(narrative.lang, narrative.variant)})",
            url=address_of(
                "edit", Telling(slug=slug, lang=narrative.lang, variant=narrative.variant)
            ),
            told=f"la voix n’y arrive pas\u202f: {obstacle(why)}" if why else "la voix y travaille",
        )
        for slug, narrative, title, why in rows
    ]


def list_provisional(session: Session, *, engines: Sequence[str]) -> list[Item]:
    """Return one item for all texts that the best engine has not said, with why, where any is.

    One for all: what is wrong with a voice is wrong with it everywhere.
    """
    best = engines[0]
    said = select(Narration.revision_id).where(Narration.state == "ready")
    lasting = said.where(Narration.engine.in_((best, RECORDED)))
    provisional = select(Narrative.published_revision_id).where(
        Narrative.published_revision_id.in_(said),
        Narrative.published_revision_id.not_in(lasting),
    )
    count = session.scalar(select(func.count()).select_from(provisional.subquery())) or 0
    if not count:
        return []
    failure = session.scalar(
        select(Narration.failure)
        .where(
            Narration.revision_id.in_(provisional),
            Narration.engine == best,
            Narration.failure.is_not(None),
        )
        .limit(1),
    )
    texts = "Un récit est dit" if count == 1 else f"{count} récits sont dits"
    name = _ENGINES[best]
    return [
        Item(
            text=f"{texts} par une voix provisoire",
            url="/bureau/arrets",
            count=count,
            told=f"{name} n’y arrive pas\u202f: {obstacle(failure)}"
            if failure
            else f"{name} y travaille",
        ),
    ]
