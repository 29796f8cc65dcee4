"""Stops as files: taken out, and brought in once one has seen what that would change."""

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, receives, viewing
from tourapp.errors import InvalidError, StaleError
from tourapp.narration.voicing import Voicing
from tourapp.publishing.exchange.archives import MOST_BYTES, ArchiveError
from tourapp.publishing.exchange.files import ARCHIVE, CSV, WORKBOOK
from tourapp.publishing.exchange.models import StopImport
from tourapp.publishing.exchange.services import (
    apply_import,
    forget_import,
    get_import,
    read_archive,
    try_import,
)
from tourapp.publishing.seeding import store_media
from tourapp.staff.files.mistakes import mistake
from tourapp.staff.files.wording import OUTCOMES, archive_fault
from tourapp.stops.importing import REASONS
from tourapp.stops.source.faults import Fault, SourceError
from tourapp.web.context import current_resources, nudge_worker
from tourapp.web.downloads import download
from tourapp.web.frames import onwards, page, sent

files = Blueprint("files", __name__, url_prefix="/bureau/fichiers")

_FORM_BYTES = 10_000

_KINDS = {kind.name: kind for kind in (ARCHIVE, CSV, WORKBOOK)}


@files.get("")
@needs("stops:draft")
def overview() -> AnyResponse:
    """Offer every stop as a file, and to bring one in."""
    return _overview()


@files.get("/<name>")
@needs("stops:draft")
def take_out(name: str) -> Response:
    """Write every stop into a file."""
    kind = _KINDS.get(name)
    if kind is None:
        abort(HTTPStatus.NOT_FOUND)
    with viewing() as view:
        return download(
            partial(kind.write, view.session, current_resources()),
            name=kind.name,
            content_type=kind.content_type,
        )


@files.post("/apport")
@needs("stops:publish")
@receives(MOST_BYTES + _FORM_BYTES)
def post_import() -> AnyResponse:
    """Find out what an archive would change."""
    given = request.files.get("archive")
    if given is None or not given.filename:
        return _overview({"archive": "Choisissez une archive zip."})
    with closing(given):
        archive = given.read()
    try:
        source = read_archive(archive)
    except ArchiveError as error:
        return _overview({"archive": archive_fault(error)})
    except InvalidError as error:
        return _overview({"archive": _MISTAKEN}, mistakes=_mistakes(error))
    with changing() as act:
        tried = try_import(act.session, archive, source, by=act.by, voicing=_voicing())
    return onwards(url_for("files.one_import", import_id=tried.id))


@files.get("/apport/<import_id>")
@needs("stops:publish")
def one_import(import_id: str) -> AnyResponse:
    """Show what an archive would change, or what it changed."""
    with viewing() as view:
        return _import(get_import(view.session, import_id, by=view.by))


@files.post("/apport/<import_id>/confirmer")
@needs("stops:publish")
def post_application(import_id: str) -> AnyResponse:
    """Do what was shown."""
    with viewing() as view:
        source = read_archive(get_import(view.session, import_id, by=view.by).archive)
    store_media(current_resources().media, source.stops)
    try:
        with changing() as act:
            tag, voicing = sent("tag"), _voicing()
            apply_import(act.session, import_id, source, tag=tag, by=act.by, voicing=voicing)
    except StaleError:
        return _tried_again(import_id)
    nudge_worker()
    flash("L’archive est apportée.")
    return onwards(url_for("files.one_import", import_id=import_id))


@files.post("/apport/<import_id>/abandonner")
@needs("stops:publish")
def post_abandon(import_id: str) -> AnyResponse:
    """Let go of an archive."""
    with changing() as act:
        forget_import(act.session, import_id, by=act.by)
    flash("L’archive est abandonnée\u202f: rien n’a changé.")
    return onwards(url_for("files.overview"))


_MISTAKEN = "Corrigez d’abord ces erreurs\u202f: rien n’a été apporté."
_OVERTAKEN = (
    "Des arrêts ont changé depuis cet aperçu\u202f: rien n’a été apporté. Voici ce que l’archive"
    " changerait maintenant."
)


def _tried_again(import_id: str) -> AnyResponse:
    """Show what the same archive would change by now."""
    with changing() as act:
        former = get_import(act.session, import_id, by=act.by)
        archive = former.archive
        tried = try_import(
            act.session, archive, read_archive(archive), by=act.by, voicing=_voicing()
        )
        act.session.delete(former)
    flash(_OVERTAKEN)
    return onwards(url_for("files.one_import", import_id=tried.id))


def _overview(faults: dict[str, str] | None = None, *, mistakes: Sequence[Fault] = ()) -> Response:
    told = [(each, mistake(each.message)) for each in mistakes]
    return page("files.html", faults=faults, mistakes=told, most_mb=MOST_BYTES // 1_000_000)


def _import(tried: StopImport) -> Response:
    found = {
        outcome: [(file, _unusual(why)) for file, what, why in tried.findings if what == outcome]
        for outcome in OUTCOMES
    }
    changes = len(found["created"]) + len(found["updated"])
    return page("import.html", tried=tried, found=found, outcomes=OUTCOMES, changes=changes)


def _unusual(reason: str) -> str:
    """Return a reason that the outcome itself does not tell, in French."""
    return "" if reason in REASONS.values() else mistake(reason) or reason


def _mistakes(error: InvalidError) -> Sequence[Fault]:
    if isinstance(error, SourceError):
        return error.faults
    file, _, message = str(error).partition(": ")
    return [Fault(file, 0, message)]


def _voicing() -> Voicing:
    return Voicing.of(current_resources().settings)
