"""What is wanted: every published text by every engine, and every recording."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Delete,
    Select,
    String,
    and_,
    case,
    cast,
    delete,
    exists,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from tourapp.db import insert_into
from tourapp.narration.lexicon.store import hold_lexicon
from tourapp.narration.models import RECORDED, Narration, Recipe, Recording
from tourapp.narration.recipes import rewrite_recipes, write_recipes
from tourapp.narration.voicing import Voicing
from tourapp.stops.content import LANGUAGES
from tourapp.stops.models import Narrative, Revision, Stop


def want_narrations(session: Session, voicing: Voicing, *, now: datetime) -> bool:
    """Write the rows that published revisions still lack, whoever else may be writing them too.

    Of thousands that were never read, some are left for another transaction: returns whether none
    is, and begins with those published last.
    """
    hold_lexicon(session)
    is_whole = write_recipes(session, version=voicing.version)
    for engine in voicing.engines:
        row = {
            "engine": engine,
            "state": "wanted",
            "attempts": 0,
            "next_attempt_at": now,
        }
        lacking = _lacking(engine, voicing.version).add_columns(*_columns(row))
        names = ["revision_id", "recipe", *row]
        insert = insert_into(session, Narration).from_select(names, lacking)
        session.execute(insert.on_conflict_do_nothing())
    want_recordings(session, voicing, now=now)
    return is_whole


def want_recordings(session: Session, voicing: Voicing, *, now: datetime) -> None:
    """Write the rows of recordings that have none, published or not: staff hear them first."""
    name = literal(_recorded_prefix(voicing)) + cast(Recording.id, String)
    present = exists().where(Narration.recording_id == Recording.id, Narration.recipe == name)
    lacking = select(
        Recording.revision_id,
        Recording.id,
        name,
        *_columns({"engine": RECORDED, "state": "wanted", "attempts": 0, "next_attempt_at": now}),
    ).where(Recording.withdrawn_at.is_(None), ~present)
    names = ["revision_id", "recording_id", "recipe", "engine", "state", "attempts"]
    insert = insert_into(session, Narration).from_select([*names, "next_attempt_at"], lacking)
    session.execute(insert.on_conflict_do_nothing())


def want_again(
    session: Session,
    forms: Collection[str],
    *,
    lang: str,
    voicing: Voicing,
    now: datetime,
) -> int:
    """Want what sounds otherwise since the lexicon changed for these forms, and return how many.

    Whoever calls it has locked the lexicon. What is ready is heard until its successor is.
    """
    texts = rewrite_recipes(session, forms, lang=lang, version=voicing.version)
    session.execute(_no_longer_wanted())
    want_narrations(session, voicing, now=now)
    return texts * len(voicing.engines)


def select_pending(voicing: Voicing) -> Select[Narration, Narrative, Revision, Stop]:
    """Select what is still to be rendered, now or at its next attempt, the most pressing first."""
    is_recorded = Narration.recipe.startswith(_recorded_prefix(voicing))
    return (
        select(Narration, Narrative, Revision, Stop)
        .join(Revision, Revision.id == Narration.revision_id)
        .join(Narrative, Narrative.id == Revision.narrative_id)
        .join(Stop, Stop.id == Narrative.stop_id)
        .where(Narration.state != "ready", or_(_is_to_be_spoken(voicing), is_recorded))
        .order_by(*_most_pressing_first(voicing))
    )


def _is_to_be_spoken(voicing: Voicing) -> ColumnElement[bool]:
    """Hold where an engine is to say a published text, by its recipe, and no better one has."""
    present = exists().where(
        Recipe.revision_id == Narration.revision_id,
        Recipe.name == Narration.recipe,
        Recipe.version == voicing.version,
    )
    return and_(
        Narrative.published_revision_id == Revision.id,
        Narration.engine.in_(voicing.engines),
        present,
        ~_is_surpassed(voicing),
    )


def _is_surpassed(voicing: Voicing) -> ColumnElement[bool]:
    better = aliased(Narration)
    return (
        select(better.id)
        .where(
            better.revision_id == Narration.revision_id,
            better.recipe == Narration.recipe,
            better.state == "ready",
            _rank(voicing, better.engine) < _rank(voicing, Narration.engine),
        )
        .exists()
    )


def _most_pressing_first(voicing: Voicing) -> tuple[ColumnExpressionArgument[Any], ...]:
    return (
        # A plain voice at once before a fine one later.
        Narration.engine != "espeak",
        _rank(voicing, Narration.engine),
        # A text that makes its engine fail would keep the others waiting for ever.
        Narration.attempts,
        # What most visitors read is heard first.
        Narrative.lang != LANGUAGES[0],
        Narrative.variant != "standard",
        Stop.number,
        Narration.id,
    )


def _columns(row: Mapping[str, object]) -> list[ColumnElement[Any]]:
    return [literal(value, Narration.__table__.c[name].type) for name, value in row.items()]


def _recorded_prefix(voicing: Voicing) -> str:
    """Return how the recipes of recordings begin, as one version of the pipeline makes them."""
    return f"{RECORDED} {voicing.version} "


def _lacking(engine: str, version: int) -> Select[int, str]:
    present = exists().where(
        Narration.revision_id == Recipe.revision_id,
        Narration.engine == engine,
        Narration.recipe == Recipe.name,
    )
    return (
        select(Recipe.revision_id, Recipe.name)
        .join(Narrative, Narrative.published_revision_id == Recipe.revision_id)
        .where(Recipe.version == version, ~present)
    )


def _no_longer_wanted() -> Delete:
    """Forget what waits under a former recipe: its failures would keep the others waiting."""
    follows = exists().where(Recipe.revision_id == Narration.revision_id)
    waiting = and_(Narration.state.in_(("wanted", "failed")), Narration.recording_id.is_(None))
    is_present = follows.where(Recipe.name == Narration.recipe)
    return delete(Narration).where(waiting, follows, ~is_present)


def _rank(voicing: Voicing, engine: object) -> ColumnElement[int]:
    ranks = {name: rank for rank, name in enumerate((RECORDED, *voicing.engines))}
    return case(ranks, value=engine, else_=len(ranks))
