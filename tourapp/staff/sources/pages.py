"""A stop's sources: written together in one form, which loses nothing to anybody."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.errors import StaleError
from tourapp.publishing.placing import change_place
from tourapp.staff.forms import FaultyFormError
from tourapp.staff.sources.forms import (
    Line,
    lines_of,
    read_lines,
    read_sources,
    rearranged,
    without_blanks,
)
from tourapp.stops.content import LANGUAGES, MOST_SOURCES
from tourapp.stops.services import find_narrative, get_head, get_stop, place_of
from tourapp.web.context import nudge_worker
from tourapp.web.frames import onwards, page, sent

sources = Blueprint("sources", __name__, url_prefix="/bureau/arrets/<slug>/sources")


@sources.get("")
@needs("stops:draft")
def listed(slug: str) -> AnyResponse:
    """Show where the facts of a stop come from."""
    return _form(slug)


@sources.post("/lignes")
@needs("stops:publish")
def post_lines(slug: str) -> AnyResponse:
    """Add a line to the form, take one out of it or move it: nothing is kept yet."""
    lines = rearranged(read_lines(request.form), sent("wish"))
    return _form(slug, lines, tag=sent("tag"))


@sources.post("")
@needs("stops:publish")
def post_sources(slug: str) -> AnyResponse:
    """Keep the sources that were written, in their order."""
    lines = without_blanks(read_lines(request.form))
    try:
        named = read_sources(lines)
        with changing() as act:
            change_place(act.session, slug, {"sources": named}, tag=sent("tag"), by=act.by)
    except FaultyFormError as error:
        return _form(slug, lines, tag=sent("tag"), faults=error.faults)
    except StaleError:
        return _overtaken(slug, lines)
    nudge_worker()
    flash("Les sources sont enregistrées, les visiteurs les voient déjà.")
    return onwards(url_for("sources.listed", slug=slug))


def _overtaken(slug: str, lines: list[Line]) -> AnyResponse:
    """Show what was written beside what is kept by now; to keep it is then a choice."""
    shown = _form(slug, lines, is_overtaken=True)
    shown.status_code = HTTPStatus.PRECONDITION_FAILED
    return shown


def _form(
    slug: str,
    lines: list[Line] | None = None,
    *,
    tag: str | None = None,
    is_overtaken: bool = False,
    faults: Mapping[str, str] | None = None,
) -> AnyResponse:
    with viewing() as view:
        stop = get_stop(view.session, slug)
        narrative = find_narrative(view.session, stop, lang=LANGUAGES[0])
        title = slug if narrative is None else get_head(view.session, narrative).title
        kept = lines_of(place_of(stop).sources)
    shown = kept if lines is None else lines
    return page(
        "sources.html",
        stop=stop,
        title=title,
        kept=kept,
        lines=shown or [Line()],
        tag=tag or stop.version,
        is_overtaken=is_overtaken,
        most=MOST_SOURCES,
        faults=faults,
    )
