"""Writing a narrative: the form, what visitors would see and hear, submitting and publishing."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus

from flask import Blueprint, Response, flash, render_template, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.narration.previews.services import request_preview
from tourapp.narration.voicing import Voicing
from tourapp.staff.company.pages import keep_company
from tourapp.staff.writing.addresses import TELLING, address_of, telling_of
from tourapp.staff.writing.checking import find_empty, find_faults
from tourapp.staff.writing.judging import Judged, judge
from tourapp.staff.writing.queries import count_stops, list_standing
from tourapp.staff.writing.services import (
    OvertakenError,
    Written,
    as_visited,
    discard,
    find_rival,
    get_written,
    publish,
    save,
    submit,
)
from tourapp.staff.writing.wording import PARTS, telling_name
from tourapp.stops.content import LANGUAGES, LONGEST
from tourapp.stops.editing import Telling
from tourapp.visit.pages import stop_page
from tourapp.web.context import current_resources, nudge_worker
from tourapp.web.frames import as_json, is_for_a_script, onwards, page, page_number, sent

writing = Blueprint("writing", __name__, url_prefix="/bureau/arrets")

LISTED_AT_ONCE = 60

_SCRIPTS = re.compile(r'<script.*?</script>|<link rel="modulepreload"[^>]*>', re.DOTALL)


@writing.get("")
@needs("stops:draft")
def stops() -> AnyResponse:
    """List stops with their narratives, a page at a time."""
    number = page_number()
    with viewing() as view:
        count = count_stops(view.session)
        offset = (number - 1) * LISTED_AT_ONCE
        standing = list_standing(view.session, offset=offset, limit=LISTED_AT_ONCE)
    return page(
        "stops.html",
        stops=standing,
        languages=LANGUAGES,
        page_number=number,
        pages_count=max(1, -(-count // LISTED_AT_ONCE)),
    )


@writing.get(TELLING)
@needs("stops:draft")
def edit(**which: str) -> AnyResponse:
    """Show a narrative as its writer left it."""
    telling = telling_of(which)
    with viewing() as view:
        written = get_written(view.session, telling, by=view.by)
        parts = asdict(written.edited.content)
        judged = judge(view.session, parts["text"], lang=telling.lang)
    return _edit_page(written, parts, base=written.base, judged=judged)


@writing.post(f"{TELLING}/enregistrer")
@needs("stops:draft")
def post_draft(**which: str) -> AnyResponse:
    """Keep what was written as one's own draft."""
    telling, parts = telling_of(which), _sent_parts()
    if faults := find_faults(parts):
        return _faulty(telling, parts, faults)
    try:
        with changing() as act:
            written = save(act.session, telling, parts, base=sent("base"), by=act.by)
    except OvertakenError as error:
        return _overtaken(error.written, parts)
    if is_for_a_script():
        return as_json({"base": written.base})
    flash("Votre brouillon est enregistré. Les visiteurs ne voient rien de changé.")
    return onwards(address_of("edit", telling))


@writing.post(f"{TELLING}/soumettre")
@needs("stops:draft")
def post_revision(**which: str) -> AnyResponse:
    """Make a revision of what was written, for somebody who publishes."""
    telling, parts = telling_of(which), _sent_parts()
    if faults := find_faults(parts) | find_empty(parts):
        return _faulty(telling, parts, faults)
    try:
        with changing() as act:
            revision = submit(act.session, telling, parts, base=sent("base"), by=act.by)
    except OvertakenError as error:
        return _overtaken(error.written, parts)
    flash(f"La version {revision.number} attend d’être publiée.")
    return onwards(f"{address_of('versions', telling)}/{revision.number}")


@writing.post(f"{TELLING}/publier")
@needs("stops:publish")
def post_publication(**which: str) -> AnyResponse:
    """Let every visitor see what was written."""
    telling, parts = telling_of(which), _sent_parts()
    if faults := find_faults(parts) | find_empty(parts):
        return _faulty(telling, parts, faults)
    voicing = Voicing.of(current_resources().settings)
    try:
        with changing() as act:
            revision = publish(
                act.session, telling, parts, base=sent("base"), by=act.by, voicing=voicing
            )
    except OvertakenError as error:
        return _overtaken(error.written, parts)
    nudge_worker()
    flash(f"La version {revision.number} est publiée. Le son suit dans la minute.")
    return onwards(address_of("edit", telling))


@writing.post(f"{TELLING}/abandonner")
@needs("stops:draft")
def post_discard(**which: str) -> AnyResponse:
    """Let one's own draft go."""
    telling = telling_of(which)
    try:
        with changing() as act:
            discard(act.session, telling, base=sent("base"), by=act.by)
    except OvertakenError as error:
        return _overtaken(error.written, _sent_parts())
    flash("Votre brouillon est abandonné. Voici la dernière version.")
    return onwards(address_of("edit", telling))


@writing.get(f"{TELLING}/apercu")
@needs("stops:draft")
def preview(**which: str) -> AnyResponse:
    """Show one's draft as visitors would see it, in a frame of the bureau; no script runs there."""
    telling = telling_of(which)
    with viewing() as view:
        written = get_written(view.session, telling, by=view.by)
        visited = as_visited(view.session, written, by=view.by)
        with force_locale(telling.lang):
            shown = stop_page(visited, lang=telling.lang)
    shown.set_data(_SCRIPTS.sub("", shown.get_data(as_text=True)))
    policy = "default-src 'none'; img-src 'self' data:; style-src 'self'; frame-ancestors 'self'"
    shown.headers["Content-Security-Policy"] = f"{policy}; base-uri 'none'; form-action 'none'"
    shown.headers["X-Frame-Options"] = "SAMEORIGIN"
    return shown


@writing.post(f"{TELLING}/mesures")
@needs("stops:draft")
def post_measures(**which: str) -> AnyResponse:
    """Measure a text that is being written, for the form that shows it."""
    with viewing() as view:
        judged = judge(view.session, sent("text"), lang=which["lang"])
    return Response(render_template("staff/judged.html", lang=which["lang"], judged=judged))


@writing.post(f"{TELLING}/ecouter")
@needs("stops:draft")
def post_listening(**which: str) -> AnyResponse:
    """Have what was written spoken, or the passage that was marked in it."""
    telling, parts = telling_of(which), _sent_parts()
    text = sent("passage").strip() or parts["text"].strip()
    faults = find_faults(parts)
    if not faults and not 0 < len(text) <= LONGEST["text"]:
        faults = {"text": "Il n’y a rien ici qui puisse se dire."}
    if faults:
        return _faulty(telling, parts, faults)
    try:
        with changing() as act:
            if not is_for_a_script():
                # The page of the sound takes the place of the form: what stands in it is kept.
                save(act.session, telling, parts, base=sent("base"), by=act.by)
            wanted = request_preview(act.session, text, lang=telling.lang, by=act.by)
    except OvertakenError as error:
        return _overtaken(error.written, parts)
    nudge_worker()
    return onwards(url_for("listening.listen", preview_id=wanted.id))


def _sent_parts() -> dict[str, str]:
    # A browser sends the ends of lines as mail does; a draft keeps them as a file does.
    return {part.name: sent(part.name) for part in PARTS}


def _edit_page(
    written: Written,
    parts: Mapping[str, str],
    *,
    base: str,
    judged: Judged,
    faults: Mapping[str, str] | None = None,
) -> Response:
    return page(
        "edit.html",
        written=written,
        telling=written.telling,
        name=telling_name(written.telling.lang, written.telling.variant),
        parts=PARTS,
        values=parts,
        base=base,
        judged=judged,
        address=lambda view: address_of(view, written.telling),
        company=keep_company(written.telling),
        faults=faults,
    )


def _faulty(telling: Telling, parts: Mapping[str, str], faults: Mapping[str, str]) -> Response:
    if is_for_a_script():
        return as_json({"faults": faults}, HTTPStatus.UNPROCESSABLE_ENTITY)
    with viewing() as view:
        written = get_written(view.session, telling, by=view.by)
        judged = judge(view.session, parts["text"], lang=telling.lang)
    return _edit_page(written, parts, base=sent("base"), judged=judged, faults=faults)


def _overtaken(written: Written, parts: Mapping[str, str]) -> Response:
    if is_for_a_script():
        return as_json({}, HTTPStatus.PRECONDITION_FAILED)
    shown = page(
        "conflict.html",
        written=written,
        name=telling_name(written.telling.lang, written.telling.variant),
        parts=PARTS,
        values=parts,
        rival=find_rival(written, base=sent("base")),
        address=lambda view: address_of(view, written.telling),
    )
    shown.status_code = HTTPStatus.PRECONDITION_FAILED
    return shown
