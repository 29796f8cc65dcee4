"""A new itinerary from a file, over HTTP: the file is asked for, and what became of it is told."""

from collections.abc import Mapping
from pathlib import PurePath

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, receives
from tourapp.guide.drawings import DRAWING_FAULTS, LONGEST_FORM_BYTES, MOST_MB
from tourapp.guide.queries import list_titles
from tourapp.guide.wording import FIELD_NAMES
from tourapp.itineraries.content import LONGEST
from tourapp.itineraries.drafting.content import FaultyDrawingError, NothingRecognisedError
from tourapp.itineraries.drafting.services import draft_itinerary
from tourapp.itineraries.drawings.content import MOST_MARKS, UnreadableDrawingError
from tourapp.itineraries.drawings.reading import read_drawing
from tourapp.web.context import nudge_worker
from tourapp.web.frames import onwards, page

WRITE = "itineraries:write"

drafting = Blueprint("drafting", __name__, url_prefix="/guide/nouveau/fichier")


@drafting.get("")
@needs(WRITE)
def draft() -> AnyResponse:
    """Ask for a file."""
    return _asked()


@drafting.post("")
@needs(WRITE)
@receives(LONGEST_FORM_BYTES)
def post_file() -> AnyResponse:
    """Make an itinerary from a file, and tell what is not as the file has it."""
    uploaded = request.files.get("file")
    if not uploaded:
        return _asked(faults={"file": "Choisissez un fichier GPX, KML ou GeoJSON."})
    try:
        drawing = read_drawing(uploaded.read())
        with changing() as act:
            named = _named(uploaded.filename)
            made = draft_itinerary(act.session, drawing, named=named, by=act.by)
            slug, title = made.itinerary.slug, made.itinerary.title
            near = [remark.stop for remark in made.remarks if remark.stop is not None]
            titles = list_titles(act.session, near, lang=made.itinerary.lang)
    except (UnreadableDrawingError, NothingRecognisedError, FaultyDrawingError) as error:
        return _asked(faults={"file": _said(error)})
    finally:
        uploaded.close()
    nudge_worker()
    if made.remarks:
        return page(
            "drafted.html",
            "guide",
            slug=slug,
            title=title,
            remarks=made.remarks,
            titles=titles,
            field_names=FIELD_NAMES,
        )
    flash("L’itinéraire est créé, pour vous seul. Tout le fichier a été reconnu.")
    return onwards(url_for("building.builder", slug=slug))


def _asked(*, faults: Mapping[str, str] | None = None) -> AnyResponse:
    return page("draft.html", "guide", faults=faults, most_mb=MOST_MB, most_marks=MOST_MARKS)


def _named(filename: str | None) -> str:
    """Return what a file is called without its kind, as far as a title may be so long."""
    stem = "".join(filter(str.isprintable, PurePath(filename or "").stem)).strip()
    return stem[: LONGEST["title"]] or "Itinéraire importé"


def _said(error: UnreadableDrawingError | NothingRecognisedError | FaultyDrawingError) -> str:
    match error:
        case UnreadableDrawingError():
            return DRAWING_FAULTS[error.fault]
        case FaultyDrawingError():
            named = ", ".join(FIELD_NAMES.get(name, "haltes ou chemins") for name in error.faults)
            return f"Aucun itinéraire ne peut dire ce que dit ce fichier\u202f: {named}."
    named = ", ".join(remark.name for remark in error.remarks) or "aucun lieu"
    return f"Aucun arrêt n’a été reconnu. Ce fichier nomme\u202f: {named}."
