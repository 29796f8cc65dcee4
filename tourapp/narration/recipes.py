"""How each published text is to be spoken now: by what of the lexicon is heard in it.

A text is read once, when it is published. Where the lexicon changes, only those texts are looked
at in which the changed form stands, and of these only what then sounds otherwise is spoken again.
"""

import hashlib
import json
import secrets
from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true, update
from sqlalchemy.orm import Session

from tourapp.db import insert_into
from tourapp.narration.lexicon import Lexicon
from tourapp.narration.lexicon.entries import spaced
from tourapp.narration.lexicon.store import read_lexicon
from tourapp.narration.models import Recipe
from tourapp.stops.models import Narrative, Revision

BATCH = 200
"""The most texts that are read in one transaction, so that nobody waits long for its end."""

MOST_FORMS = 100
"""The most forms that the database is asked for together; beyond, every text is looked at."""


def write_recipes(session: Session, *, version: int) -> bool:
    """Read published texts that have no recipe, the latest first; tell whether all have one now."""
    lacking = session.execute(_lacking(version).limit(BATCH)).all()
    if lacking:
        lexicon = read_lexicon(session)
        rows = [
            _recipe(lexicon, revision_id, text, lang=lang, version=version)
            for revision_id, text, lang in lacking
        ]
        session.execute(insert_into(session, Recipe).on_conflict_do_nothing(), rows)
    return len(lacking) < BATCH


def rewrite_recipes(
    session: Session,
    forms: Collection[str],
    *,
    lang: str,
    version: int,
) -> int:
    """Bring the recipes of texts in which any of these forms stands up to the lexicon.

    Returns how many published texts are now to be spoken otherwise.
    """
    lexicon = read_lexicon(session)
    changed, published = [], 0
    for row in session.execute(_candidates(forms, lang=lang)):
        heard = _heard(lexicon, row.sought, lang=lang, version=row.version)
        if heard != row.heard:
            key = {"revision_id": row.revision_id, "version": row.version}
            changed.append({**key, "heard": heard, "name": _new_name()})
            published += row.is_published and row.version == version
    if changed:
        session.execute(update(Recipe), changed)
    return published


def _lacking(version: int) -> Select[int, str, str]:
    present = exists().where(Recipe.revision_id == Revision.id, Recipe.version == version)
    return (
        select(Revision.id, Revision.text, Narrative.lang)
        .join(Narrative, Narrative.published_revision_id == Revision.id)
        .where(~present)
        .order_by(Narrative.published_at.desc(), Revision.id.desc())
    )


def _candidates(forms: Collection[str], *, lang: str) -> Select[int, int, str, str, bool]:
    # Texts that are not published any more may be so again.
    return (
        select(
            Recipe.revision_id,
            Recipe.version,
            Recipe.sought,
            Recipe.heard,
            (func.coalesce(Narrative.published_revision_id, 0) == Revision.id).label(
                "is_published"
            ),
        )
        .join(Revision, Revision.id == Recipe.revision_id)
        .join(Narrative, Narrative.id == Revision.narrative_id)
        .where(Narrative.lang == lang, _contains_any(forms))
    )


def _contains_any(forms: Collection[str]) -> ColumnElement[bool]:
    if len(forms) > MOST_FORMS:
        return true()
    return or_(*(Recipe.sought.contains(form, autoescape=True) for form in sorted(forms)))


def _recipe(
    lexicon: Lexicon,
    revision_id: int,
    text: str,
    *,
    lang: str,
    version: int,
) -> dict[str, object]:
    # No page needs the script, which weighs 5 MB.
    from tourapp.narration.script import sought_text  # noqa: PLC0415

    sought = spaced(sought_text(text, lang=lang))
    heard = _heard(lexicon, sought, lang=lang, version=version)
    return {
        "revision_id": revision_id,
        "version": version,
        "sought": sought,
        "heard": heard,
        "name": _new_name(),
    }


def _heard(lexicon: Lexicon, sought: str, *, lang: str, version: int) -> str:
    standing = lexicon.standing(sought, lang=lang)
    heard = {
        json.dumps([sought[start:end], entry.said, entry.espeak, entry.piper])
        for start, (entry, end) in standing.items()
    }
    return hashlib.sha256("\n".join([str(version), *sorted(heard)]).encode()).hexdigest()


def _new_name() -> str:
    return secrets.token_hex(8)
