"""Copying a stop, putting it away, and the list of those that are."""

from collections.abc import Callable, Mapping

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.errors import ConflictError, StaleError
from tourapp.publishing.shelving.copying import copy_stop, suggest_number, suggest_slug
from tourapp.publishing.shelving.services import archive_stop, bring_back
from tourapp.staff.shelving.forms import TAKEN, read_copy
from tourapp.staff.writing.queries import list_archived
from tourapp.stops.models import Stop
from tourapp.stops.renaming import NumberTakenError, SlugTakenError
from tourapp.stops.services import get_stop
from tourapp.web.context import nudge_worker
from tourapp.web.frames import onwards, page, sent

shelving = Blueprint("shelving", __name__, url_prefix="/bureau/arrets")

_Change = Callable[..., Stop]


@shelving.get("/archives")
@needs("stops:draft")
def archives() -> AnyResponse:
    """List the stops that are put away."""
    with viewing() as view:
        return page("archives.html", stops=list_archived(view.session))


@shelving.get("/<slug>/copie")
@needs("stops:publish")
def copy(slug: str) -> AnyResponse:
    """Offer to make another stop of this one, under what is free."""
    return _copy(slug)


@shelving.post("/<slug>/copie")
@needs("stops:publish")
def post_copy(slug: str) -> AnyResponse:
    """Make another stop of this one."""
    wanted, faults = read_copy(request.form)
    if faults:
        return _copy(slug, faults=faults)
    to, number = wanted["slug"], wanted["number"]
    try:
        with changing() as act:
            made = copy_stop(act.session, slug, to=to, number=number, by=act.by)
    except SlugTakenError:
        return _copy(slug, faults={"slug": TAKEN["slug"]})
    except NumberTakenError:
        return _copy(slug, faults={"number": TAKEN["number"]})
    flash(
        f"L’arrêt {made.stop.number} est créé, avec un panneau à imprimer (code {made.code})."
        " Rien n’en est publié\u202f: changez d’abord sa position et ses textes."
    )
    return onwards(url_for("places.place", slug=made.stop.slug))


@shelving.post("/<slug>/archiver")
@needs("stops:publish")
def post_archive(slug: str) -> AnyResponse:
    """Withdraw all that is told at a stop, and leave it out of the lists."""
    said = "L’arrêt est archivé. Ses visiteurs n’en voient plus rien\u202f; ses textes restent ici."
    return _changed(slug, archive_stop, said=said)


@shelving.post("/<slug>/rappeler")
@needs("stops:publish")
def post_return(slug: str) -> AnyResponse:
    """Put a stop into the lists again."""
    said = "L’arrêt est de nouveau en service. Ses textes attendent d’être publiés."
    return _changed(slug, bring_back, said=said)


def _changed(slug: str, change: _Change, *, said: str) -> AnyResponse:
    try:
        with changing() as act:
            change(act.session, slug, tag=sent("tag"), by=act.by)
    except (StaleError, ConflictError):
        said = "Cet arrêt a changé entre-temps\u202f: rien n’a été fait. Voici où il en est."
    else:
        nudge_worker()
    flash(said)
    return onwards(url_for("places.place", slug=slug))


def _copy(slug: str, *, faults: Mapping[str, str] | None = None) -> AnyResponse:
    with viewing() as view:
        stop = get_stop(view.session, slug)
        values = _suggested(view.session, stop) | request.form.to_dict()
    return page("copy.html", stop=stop, values=values, faults=faults)


def _suggested(session: Session, stop: Stop) -> dict[str, object]:
    return {"slug": suggest_slug(session, stop.slug), "number": suggest_number(session)}
