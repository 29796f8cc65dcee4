"""A guide's walks over HTTP: planned, shown while they are led, summed up; `tapping` leads them."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.errors import ConflictError, StaleError
from tourapp.guide.building.forms import FaultyFormError
from tourapp.guide.walks.forms import Row, plan_row, read_plan, sent_plan
from tourapp.guide.walks.presenting import shown_walk
from tourapp.itineraries.queries import find_itinerary, get_itinerary
from tourapp.itineraries.route import PACES
from tourapp.itineraries.walks.content import WalkPlan
from tourapp.itineraries.walks.models import Walk
from tourapp.itineraries.walks.queries import count_phones, count_walks, get_walk, list_walks
from tourapp.itineraries.walks.services import (
    change_walk,
    create_walk,
    delete_walk,
    renew_feed,
)
from tourapp.itineraries.walks.summary import walk_summary
from tourapp.stops.content import LANGUAGES
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_resources
from tourapp.web.frames import onwards, page, sent

WRITE = "itineraries:write"
SHOWN = 30

leading = Blueprint("leading", __name__, url_prefix="/guide/marches")


@leading.get("")
@needs(WRITE)
def walks() -> AnyResponse:
    """List somebody's walks: those to come, the next one first, and those that are over."""
    return _list()


@leading.get("/nouvelle/<slug>")
@needs(WRITE)
def new(slug: str) -> AnyResponse:
    """Ask who comes, when, and where one meets."""
    with viewing() as view:
        itinerary = get_itinerary(view.session, slug, viewer=view.by)
        told = {"lang": itinerary.lang, "meeting": itinerary.meeting, "pace": "adult"}
        return _plan(sent_plan(told), title=itinerary.title)


@leading.post("/nouvelle/<slug>")
@needs(WRITE)
def post_new(slug: str) -> AnyResponse:
    """Make a walk of an itinerary."""
    row = sent_plan(request.form)
    try:
        plan = WalkPlan(**read_plan(row, zone=_zone()))
        with changing() as act:
            made = create_walk(act.session, slug, plan, by=act.by)
    except FaultyFormError as error:
        return _plan(row, title=slug, faults=error.faults)
    except ConflictError:
        flash("Cet itinéraire n’a pas encore de halte\u202f: ajoutez-en avant de le marcher.")
        return onwards(url_for("building.builder", slug=slug))
    return onwards(url_for("leading.walk", walk_id=made.id))


@leading.get("/<whole:walk_id>")
@needs(WRITE)
def walk(walk_id: int) -> AnyResponse:
    """Show a walk in its guide's hand: where the group is, what comes next, what to press."""
    with viewing() as view:
        led = get_walk(view.session, walk_id, viewer=view.by)
        shown = shown_walk(
            led,
            joined=count_phones(view.session, led),
            now=view.by.at,
            public_url=current_resources().settings.public_url,
        )
        # An itinerary may be gone, while walks of it stay.
        is_there = find_itinerary(view.session, led.itinerary) is not None
        paper_url = _paper_url(led) if is_there and led.state != "over" else None
        return page("walks/walk.html", "guide", shown=shown, walk=led, paper_url=paper_url)


@leading.get("/<whole:walk_id>/preparation")
@needs(WRITE)
def plan(walk_id: int) -> AnyResponse:
    """Show what was said of a walk beforehand."""
    with viewing() as view:
        led = get_walk(view.session, walk_id, viewer=view.by)
        return _plan(plan_row(led, zone=_zone()), title=led.title, walk_id=walk_id, tag=led.version)


@leading.post("/<whole:walk_id>/preparation")
@needs(WRITE)
def post_plan(walk_id: int) -> AnyResponse:
    """Change what was said of a walk beforehand."""
    row = sent_plan(request.form)
    try:
        with changing() as act:
            led = get_walk(act.session, walk_id, viewer=act.by)
            changes = _changed(read_plan(row, zone=_zone()), led)
            change_walk(act.session, walk_id, changes, tag=sent("tag"), by=act.by)
    except FaultyFormError as error:
        return _plan(row, title="", walk_id=walk_id, tag=sent("tag"), faults=error.faults)
    except StaleError:
        flash("Cette marche a changé entre-temps\u202f: rien n’a été fait. Voici où elle en est.")
    except ConflictError:
        flash("La marche a commencé\u202f: sa langue et son pas restent comme ils sont.")
    return onwards(url_for("leading.walk", walk_id=walk_id))


@leading.post("/<whole:walk_id>/supprimer")
@needs(WRITE)
def post_deletion(walk_id: int) -> AnyResponse:
    """Delete a walk."""
    try:
        with changing() as act:
            delete_walk(act.session, walk_id, tag=sent("tag"), by=act.by)
    except StaleError:
        flash("Cette marche a changé entre-temps\u202f: rien n’a été fait. Voici où elle en est.")
        return onwards(url_for("leading.walk", walk_id=walk_id))
    flash("La marche est supprimée.")
    return onwards(url_for("leading.walks"))


@leading.get("/<whole:walk_id>/bilan.pdf")
@needs(WRITE)
def summary(walk_id: int) -> AnyResponse:
    """Return what came of a walk, on one page."""
    settings = current_resources().settings
    with viewing() as view:
        led = get_walk(view.session, walk_id, viewer=view.by)
        pdf = walk_summary(
            led,
            joined=count_phones(view.session, led),
            organisation=settings.organisation,
            zone=_zone(),
            root=settings.root,
        )
    disposition = {"Content-Disposition": f'inline; filename="marche-{walk_id}.pdf"'}
    return Response(pdf, headers=disposition, content_type="application/pdf")


@leading.post("/agenda")
@needs(WRITE)
def post_calendar() -> AnyResponse:
    """Make the link to one's calendar anew, and show it this once."""
    with changing() as act:
        secret = renew_feed(act.session, by=act.by)
    return _list(
        calendar_url=Addresses(current_resources().settings.public_url).walks_calendar(secret)
    )


def _changed(plan: Mapping[str, Any], walk: Any) -> dict[str, Any]:  # noqa: ANN401 -- its columns
    return {name: value for name, value in plan.items() if getattr(walk, name) != value}


def _list(*, calendar_url: str | None = None) -> AnyResponse:
    with viewing() as view:
        count = count_walks(view.session, viewer=view.by, is_over=True)
        pages_count = max(1, -(-count // SHOWN))
        number = min(max(1, request.args.get("page", 1, int)), pages_count)
        # Whoever stands at the meeting point looks for the walk that comes next.
        coming = list_walks(view.session, viewer=view.by, is_over=False)[::-1]
        past = list_walks(
            view.session, viewer=view.by, is_over=True, offset=(number - 1) * SHOWN, limit=SHOWN
        )
        return page(
            "walks/list.html",
            "guide",
            coming=coming,
            past=past,
            page_number=number,
            pages_count=pages_count,
            calendar_url=calendar_url,
        )


def _plan(
    row: Row,
    *,
    title: str,
    walk_id: int | None = None,
    tag: object = "",
    faults: Mapping[str, str] | None = None,
) -> AnyResponse:
    return page(
        "walks/plan.html",
        "guide",
        values=row,
        title=title,
        walk_id=walk_id,
        tag=tag,
        languages=LANGUAGES,
        paces=tuple(PACES),
        faults=faults,
    )


def _paper_url(led: Walk) -> str:
    departs_at = f"{led.starts_at.astimezone(_zone()):%Y-%m-%dT%H:%M}"
    return url_for("papers.road_book", slug=led.itinerary, pace=led.pace, depart=departs_at)


def _zone() -> ZoneInfo:
    return ZoneInfo(current_resources().settings.time_zone)
