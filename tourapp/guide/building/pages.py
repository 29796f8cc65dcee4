"""The builder over HTTP: it is shown, saved by any of its keys, and undone."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, get_args

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.errors import StaleError
from tourapp.guide.building.forms import (
    TOLD,
    FaultyFormError,
    read_itinerary,
    read_spot,
    sent_rows,
    sent_values,
)
from tourapp.guide.building.presenting import Board, make_board, make_offer
from tourapp.guide.building.rivals import list_rivals
from tourapp.guide.building.steps import Step, add, take_step
from tourapp.itineraries.content import (
    LONGEST,
    LONGEST_STAY_MIN,
    MOST_HALTS,
    Difficulty,
    ItineraryContent,
)
from tourapp.itineraries.followable import HiddenStopsError, UnfollowableError
from tourapp.itineraries.former import NothingFormerError
from tourapp.itineraries.queries import get_itinerary
from tourapp.itineraries.route import Transport
from tourapp.itineraries.services import change_itinerary, may_change, may_lead, undo_change
from tourapp.stops.content import LANGUAGES, Variant
from tourapp.stops.finding import Finder
from tourapp.web.context import current, nudge_worker
from tourapp.web.frames import onwards, page, sent

WRITE = "itineraries:write"

building = Blueprint("building", __name__, url_prefix="/guide/itineraires/<slug>")

_CHOICES: dict[str, Any] = {
    "languages": LANGUAGES,
    "difficulties": get_args(Difficulty),
    "transports": get_args(Transport),
    "variants": get_args(Variant),
    "longest": LONGEST,
    "longest_stay_min": LONGEST_STAY_MIN,
    "most_halts": MOST_HALTS,
}


@building.get("")
@needs(WRITE)
def builder(slug: str) -> AnyResponse:
    """Show an itinerary, to be built by whoever may change it, to be read by others."""
    with viewing() as view:
        itinerary = get_itinerary(view.session, slug, viewer=view.by)
        words = request.args.get("q", "").strip()
        board = make_board(view.session, itinerary, current(Finder), words=words)
        if not may_change(itinerary, view.by):
            may_read_notes = may_lead(itinerary, view.by)
            return page("reading.html", "guide", board=board, may_lead=may_read_notes)
    offer = make_offer(board.outlined) if "ordre" in request.args else None
    return _page(board, offer=offer)


@building.post("")
@needs(WRITE)
def post_step(slug: str) -> AnyResponse:
    """Save what is written, and do what a key of the builder stands for."""
    values, rows = sent_values(request.form), sent_rows(request.form)
    try:
        content = read_itinerary(values, rows)
        step = _step(content)
        with changing() as act:
            changes = {name: getattr(content, name) for name in TOLD} | {"halts": step.halts}
            change_itinerary(act.session, slug, changes, tag=sent("tag"), by=act.by)
    except FaultyFormError as error:
        return _refused(slug, faults=error.faults)
    except UnfollowableError as error:
        return _refused(slug, faults={"haltes": _unfollowable(error)})
    except StaleError:
        return _overtaken(slug, content)
    nudge_worker()
    if step.said:
        flash(step.said)
    return onwards(_address(slug, step))


@building.post("/annuler")
@needs(WRITE)
def post_undo(slug: str) -> AnyResponse:
    """Go back to what the itinerary said before its newest change."""
    try:
        with changing() as act:
            undo_change(act.session, slug, tag=sent("tag"), by=act.by)
    except StaleError:
        flash("Cet itinéraire a changé entre-temps\u202f: rien n’a été annulé. Voici où il en est.")
    except NothingFormerError:
        flash("Il n’y a plus rien à annuler.")
    except UnfollowableError:
        flash("Avant ce changement, personne n’aurait pu le suivre. Rendez-le privé d’abord.")
    else:
        flash("Le dernier changement est annulé.")
    return onwards(url_for("building.builder", slug=slug))


def _step(content: ItineraryContent) -> Step:
    halts, pressed = content.halts, sent("do") or "save"
    if len(halts) >= MOST_HALTS and pressed.partition(":")[0] in {"add", "place", "return"}:
        raise FaultyFormError({"haltes": f"Un itinéraire a {MOST_HALTS} haltes au plus."})
    if pressed == "place":
        return add(halts, read_spot(request.form, after=halts[-1] if halts else None))
    return take_step(pressed, halts)


def _address(slug: str, step: Step) -> str:
    asked: dict[str, Any] = {
        "q": sent("q").strip() or None,
        "ordre": "oui" if step.anchor == "ordre" else None,
    }
    return url_for("building.builder", slug=slug, _anchor=step.anchor or None, **asked)


def _refused(slug: str, *, faults: Mapping[str, str]) -> Response:
    return _page(_written_board(slug), faults=faults)


def _unfollowable(error: UnfollowableError) -> str:
    if isinstance(error, HiddenStopsError):
        return f"Les visiteurs ne voient pas encore\u202f: {', '.join(error.slugs)}."
    return "D’autres suivent cet itinéraire\u202f: gardez deux haltes, ou rendez-le privé d’abord."


def _overtaken(slug: str, content: ItineraryContent) -> Response:
    board = _written_board(slug)
    shown = _page(board, rivals=list_rivals(board.outlined, content))
    shown.status_code = HTTPStatus.PRECONDITION_FAILED
    return shown


def _written_board(slug: str) -> Board:
    written = sent_values(request.form), sent_rows(request.form)
    with viewing() as view:
        itinerary = get_itinerary(view.session, slug, viewer=view.by)
        return make_board(view.session, itinerary, current(Finder), written=written)


def _page(board: Board, **shown: Any) -> Response:  # noqa: ANN401 -- whatever the template is given
    given = {"offer": None, "rivals": (), "may_lead": True} | shown
    return page("builder.html", "guide", board=board, **_CHOICES, **given)
