"""`stops/` into the database and back: files seed, the database rules."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.catalogue.services import mark_stale
from tourapp.media import MediaStore
from tourapp.narration.importing import import_lexicon
from tourapp.narration.lexicon import Lexicon
from tourapp.narration.voicing import Voicing
from tourapp.publishing.services import publish_revision
from tourapp.signage.register.numbers import check_number
from tourapp.signage.services import CodeTakenError, find_first_sign, seed_sign
from tourapp.stops.content import StopContent
from tourapp.stops.editing import lock_every_stop
from tourapp.stops.importing import Finding, Outcome, import_narrative, import_place
from tourapp.stops.models import Stop
from tourapp.stops.services import (
    content_of,
    find_stop,
    get_head,
    get_narrative,
    list_narratives,
    place_of,
)
from tourapp.stops.topics import list_topics_showing


def store_media(media: MediaStore, contents: Sequence[StopContent]) -> None:
    """Keep the stops' files, before any row names them."""
    for content in contents:
        for name, file in content.media.items():
            media.put(file, suffix=name.rpartition(".")[2])


def import_stops(
    session: Session,
    contents: Sequence[StopContent],
    *,
    lexicon: Lexicon,
    is_seed: bool,
    by: Actor,
    voicing: Voicing,
) -> list[Finding]:
    """Write what the files say and report on each; publish only where nothing is published yet.

    What staff changed since the last import is kept, never overwritten; and so is what an archive
    changed, by the files of the installation itself (`is_seed`) while they stay as they were. The
    lexicon comes first, so that no stop is read by a former one.
    """
    lock_every_stop(session)
    findings = import_lexicon(session, lexicon.entries, is_seed=is_seed, by=by, voicing=voicing)
    topics: set[str] = set()
    for content in contents:
        before = _topics_showing(session, content)
        found = list(_import_stop(session, content, is_seed=is_seed, voicing=voicing, now=by.at))
        findings += found
        if any(map(_is_written, found)):
            topics |= before | _topics_showing(session, content)
    for finding in filter(_is_written, findings):
        record(session, by, "file.import", finding.file, outcome=finding.outcome)
    if topics:
        mark_stale(session, topics)
    return findings


def _is_written(finding: Finding) -> bool:
    return finding.outcome.is_written


def _topics_showing(session: Session, content: StopContent) -> set[str]:
    stop = find_stop(session, content.slug)
    return set() if stop is None else list_topics_showing(session, stop)


def export_stops(session: Session, media: MediaStore) -> Iterator[StopContent]:
    """Yield every stop as its folder would say it, with the newest revision of each text.

    What is put away is left out: an import elsewhere would publish it.
    """
    in_use = select(Stop).where(Stop.archived_at.is_(None)).order_by(Stop.number)
    for stop in session.scalars(in_use).all():
        yield _content(session, stop, media=media)


def _import_stop(
    session: Session,
    content: StopContent,
    *,
    is_seed: bool,
    voicing: Voicing,
    now: datetime,
) -> Iterator[Finding]:
    placed = import_place(session, content, check_number=check_number, is_seed=is_seed, now=now)
    yield placed
    stop = find_stop(session, content.slug)
    if stop is None:
        return
    try:
        if (
            content.code is not None
            and seed_sign(session, stop, content.code, now=now)
            and placed.outcome is not Outcome.CREATED
        ):
            yield Finding(placed.file, Outcome.UPDATED, "its sign was lacking")
    except CodeTakenError as error:
        yield Finding(f"{stop.slug}/stop.toml", Outcome.CONFLICT, str(error))
    for told_in, text in content.narratives.items():
        finding = import_narrative(session, stop, text, told_in=told_in, is_seed=is_seed, now=now)
        yield finding
        # What staff withdrew or put away is not published again by the next import.
        if finding.outcome is Outcome.CREATED and stop.archived_at is None:
            lang, variant = told_in
            narrative = get_narrative(session, stop, lang=lang, variant=variant)
            head = get_head(session, narrative)
            publish_revision(session, narrative, head, voicing=voicing, now=now)


def _content(session: Session, stop: Stop, *, media: MediaStore) -> StopContent:
    place, sign = place_of(stop), find_first_sign(session, stop)
    return StopContent(
        slug=stop.slug,
        code=None if sign is None else sign.code,
        place=place,
        narratives={
            (narrative.lang, narrative.variant): content_of(get_head(session, narrative))
            for narrative in list_narratives(session, stop)
        },
        media={
            name: media.read(name)
            for name in (place.drawing.media, *(picture.media for picture in place.pictures))
        },
    )
