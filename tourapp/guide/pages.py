"""The guides' home: every itinerary that one may see, a new one, a copy of one, its files."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.guide.building.forms import FaultyFormError, read_itinerary, sent_values
from tourapp.guide.moments import local_moment
from tourapp.guide.queries import list_shelf
from tourapp.itineraries.exports.files import FILE_FORMS, FileForm, written_as
from tourapp.itineraries.outline import outline
from tourapp.itineraries.queries import get_itinerary
from tourapp.itineraries.services import create_itinerary, duplicate_itinerary
from tourapp.stops.content import LANGUAGES
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_resources
from tourapp.web.frames import onwards, page

WRITE = "itineraries:write"

guiding = Blueprint("guiding", __name__, url_prefix="/guide")


@guiding.get("/")
@needs(WRITE)
def shelf() -> AnyResponse:
    """List the itineraries that somebody may see: their own, shared ones, everybody's."""
    with viewing() as view:
        return page("shelf.html", "guide", shelf=list_shelf(view.session, viewer=view.by))


@guiding.get("/nouveau")
@needs(WRITE)
def new() -> AnyResponse:
    """Ask what a new itinerary is called."""
    return page("new.html", "guide", values={"title": "", "summary": ""})


@guiding.post("/nouveau")
@needs(WRITE)
def post_new() -> AnyResponse:
    """Make an itinerary, without any halt yet."""
    values = sent_values(request.form)
    try:
        content = read_itinerary(values | {"lang": LANGUAGES[0], "difficulty": "easy"}, [])
    except FaultyFormError as error:
        return page("new.html", "guide", values=values, faults=error.faults)
    with changing() as act:
        made = create_itinerary(act.session, content, by=act.by)
    flash("L’itinéraire est créé, pour vous seul. Ajoutez-lui des haltes.")
    return onwards(url_for("building.builder", slug=made.slug))


@guiding.post("/itineraires/<slug>/copie")
@needs(WRITE)
def post_copy(slug: str) -> AnyResponse:
    """Make a copy of an itinerary, which is one's own."""
    with changing() as act:
        copy = duplicate_itinerary(act.session, slug, by=act.by)
    flash("Voici votre copie. L’original reste comme il est.")
    return onwards(url_for("building.builder", slug=copy.slug))


@guiding.get(f"/itineraires/<slug>/fichiers/<any({', '.join(FILE_FORMS)}):form>")
@needs(WRITE)
def file(slug: str, form: FileForm) -> AnyResponse:
    """Return an itinerary as a file for another program."""
    settings = current_resources().settings
    zone = ZoneInfo(settings.time_zone)
    with viewing() as view:
        outlined = outline(view.session, get_itinerary(view.session, slug, viewer=view.by))
    starts_at = local_moment(request.args.get("depart", ""), zone=zone) or datetime.now(zone)
    written = written_as(
        form,
        outlined,
        addresses=Addresses(settings.public_url),
        starts_at=starts_at,
        zone=zone,
    )
    disposition = {"Content-Disposition": f'attachment; filename="{slug}.{form}"'}
    return Response(written, headers=disposition, content_type=FILE_FORMS[form])
