"""Which published texts an entry of the lexicon is heard in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tourapp.narration.lexicon import Entry, Lexicon
from tourapp.narration.lexicon.store import read_lexicon
from tourapp.narration.models import Recipe
from tourapp.stops.content import Variant
from tourapp.stops.models import Narrative, Revision, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A published text, by its stop and its title."""

    slug: str
    lang: str
    variant: Variant
    title: str


def list_told(session: Session, entry: Entry, *, version: int) -> Sequence[Told]:
    """Return the texts in which an entry is heard, or would be, by the number of their stop.

    A word that a longer entry says is not heard in it: « Loos » in « Loos-en-Gohelle ».
    """
    lexicon = _with(entry, read_lexicon(session))
    forms = sorted(entry.forms | entry.capitals)
    rows = session.execute(
        select(Recipe.sought, Stop.slug, Narrative.variant, Revision.title)
        .join(Revision, Revision.id == Recipe.revision_id)
        .join(Narrative, Narrative.published_revision_id == Revision.id)
        .join(Stop, Stop.id == Narrative.stop_id)
        .where(Narrative.lang == entry.lang, Recipe.version == version)
        .where(or_(*(Recipe.sought.contains(form, autoescape=True) for form in forms)))
        .order_by(Stop.number, Narrative.id),
    )
    return [
        Told(slug=row.slug, lang=entry.lang, variant=row.variant, title=row.title)
        for row in rows
        if _stands(entry, row.sought, lexicon)
    ]


def _with(entry: Entry, lexicon: Lexicon) -> Lexicon:
    others = (
        each for each in lexicon.entries if each.lang != entry.lang or not each.forms & entry.forms
    )
    return Lexicon((*others, entry))


def _stands(entry: Entry, sought: str, lexicon: Lexicon) -> bool:
    return any(each == entry for each, _ in lexicon.standing(sought, lang=entry.lang).values())
