"""An archive of stops: read, tried without being done, then done as it was tried."""

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor
from tourapp.errors import NotFoundError, StaleError
from tourapp.intake import RefusedFileError
from tourapp.media import MediaStore
from tourapp.narration.importing import export_lexicon
from tourapp.narration.lexicon import Lexicon
from tourapp.narration.lexicon.file import read_lexicon_file, write_lexicon_file
from tourapp.narration.voicing import Voicing
from tourapp.pictures.intake import measure_apart
from tourapp.publishing.exchange.archives import TOP, ArchiveError, ArchiveFault, pack, unpack
from tourapp.publishing.exchange.models import StopImport
from tourapp.publishing.seeding import export_stops, import_stops
from tourapp.stops.content import StopContent
from tourapp.stops.editing import lock_every_stop
from tourapp.stops.importing import Finding
from tourapp.stops.models import Stop
from tourapp.stops.services import content_of, get_head, list_narratives, place_of
from tourapp.stops.source.reading import read_stops
from tourapp.stops.source.writing import write_stop

GOOD_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Source:
    """What an archive says, read and found right."""

    stops: Sequence[StopContent]
    lexicon: Lexicon


def write_archive(session: Session, media: MediaStore, file: IO[bytes]) -> None:
    """Write every stop and the lexicon as `tourapp stops export` does, into a zip."""
    with TemporaryDirectory() as outside:
        folder = Path(outside, TOP)
        for content in export_stops(session, media):
            write_stop(folder, content)
        write_lexicon_file(folder, export_lexicon(session))
        pack(folder, file)


def read_archive(archive: bytes) -> Source:
    """Read an archive whole. Raises ArchiveError, or InvalidError that names every mistake."""
    with TemporaryDirectory() as outside:
        folder = Path(outside, TOP)
        unpack(archive, folder)
        return Source(read_stops(folder, measure=_measure(folder)), read_lexicon_file(folder))


def _measure(folder: Path) -> Callable[[Path], tuple[int, int]]:
    try:
        return measure_apart(folder)
    except RefusedFileError as error:
        raise ArchiveError(ArchiveFault.PICTURES) from error


def try_import(
    session: Session, archive: bytes, source: Source, *, by: Actor, voicing: Voicing
) -> StopImport:
    """Find out what an archive would change, by doing it and undoing it, and keep it for a day."""
    session.execute(delete(StopImport).where(StopImport.ends_at <= by.at))
    lock_every_stop(session)
    basis = _basis(session, source)
    attempt = session.begin_nested()
    findings = _import(session, source, by=by, voicing=voicing)
    attempt.rollback()
    tried = StopImport(
        id=secrets.token_urlsafe(12),
        person_id=by.person_id,
        archive=archive,
        findings=findings,
        basis=basis,
        created_at=by.at,
        ends_at=by.at + GOOD_FOR,
    )
    session.add(tried)
    return tried


def get_import(session: Session, import_id: str, *, by: Actor) -> StopImport:
    """Return what one tried to import oneself, or raise NotFoundError."""
    own = select(StopImport).where(
        StopImport.id == import_id,
        StopImport.person_id == by.person_id,
        StopImport.ends_at > by.at,
    )
    tried = session.scalar(own)
    if tried is None:
        message = "there is no such import, or its day is over"
        raise NotFoundError(message)
    return tried


def forget_import(session: Session, import_id: str, *, by: Actor) -> None:
    """Let go of an archive that one does not want any more. Raises NotFoundError."""
    session.delete(get_import(session, import_id, by=by))


def apply_import(
    session: Session, import_id: str, source: Source, *, tag: str, by: Actor, voicing: Voicing
) -> StopImport:
    """Do what was tried, exactly; doing it twice does it once.

    Its files are in the store already. Raises StaleError where something of it would come out
    otherwise by now: then nothing is done.
    """
    # Of two who say yes at once, the second one waits, and finds it done.
    session.execute(select(StopImport.id).where(StopImport.id == import_id).with_for_update())
    tried = get_import(session, import_id, by=by)
    if tag != tried.tag:
        message = "this is not the import that was looked at"
        raise StaleError(message)
    if tried.applied_at is not None:
        return tried
    lock_every_stop(session)
    is_the_same = _basis(session, source) == tried.basis
    if not is_the_same or _import(session, source, by=by, voicing=voicing) != tried.findings:
        message = "stops changed since the import was tried; try it again"
        raise StaleError(message)
    tried.applied_at = by.at
    return tried


def _import(session: Session, source: Source, *, by: Actor, voicing: Voicing) -> list[list[str]]:
    findings = import_stops(
        session, source.stops, lexicon=source.lexicon, is_seed=False, by=by, voicing=voicing
    )
    return [_kept(finding) for finding in findings]


def _kept(finding: Finding) -> list[str]:
    return [finding.file, finding.outcome.value, finding.reason]


def _basis(session: Session, source: Source) -> str:
    """Return a digest of all that an archive speaks of, as it stands in the database."""
    slugs = [content.slug for content in source.stops]
    stops = session.scalars(select(Stop).where(Stop.slug.in_(slugs)).order_by(Stop.id))
    said = [_stop_said(session, stop) for stop in stops]
    lexicon = [entry.digest for entry in export_lexicon(session)] if source.lexicon.entries else []
    told = json.dumps([slugs, said, lexicon])
    return hashlib.sha256(told.encode()).hexdigest()


def _stop_said(session: Session, stop: Stop) -> list[object]:
    narratives = [
        (
            narrative.lang,
            narrative.variant,
            content_of(get_head(session, narrative)).digest,
            narrative.imported_digest,
            narrative.published_revision_id,
        )
        for narrative in list_narratives(session, stop)
    ]
    return [stop.slug, stop.version, place_of(stop).digest, stop.imported_digest, narratives]
