"""A stop's place: closed for some days, opened again, found more exactly."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.errors import StaleError
from tourapp.publishing.placing import change_place
from tourapp.staff.forms import FaultyFormError
from tourapp.staff.place.forms import read_closure, read_position
from tourapp.stops.content import LANGUAGES, Place
from tourapp.stops.services import find_narrative, get_head, get_stop, place_of
from tourapp.web.context import current_day, nudge_worker
from tourapp.web.frames import onwards, page_with_map, sent

places = Blueprint("places", __name__, url_prefix="/bureau/arrets/<slug>/lieu")


@places.get("")
@needs("stops:draft")
def place(slug: str) -> AnyResponse:
    """Show where a stop is, and when it is closed."""
    return _place(slug)


@places.post("/fermer")
@needs("stops:publish")
def post_closure(slug: str) -> AnyResponse:
    """Close a stop for some days, or until somebody knows more."""

    def close(before: Place) -> dict[str, Any]:
        return {"closures": (*before.closures, read_closure(request.form))}

    return _changed(slug, close, said="La fermeture est annoncée aux visiteurs.")


@places.post("/rouvrir/<whole(max=99):which>")
@needs("stops:publish")
def post_opening(slug: str, which: int) -> AnyResponse:
    """Take a closure away."""

    def reopen(before: Place) -> dict[str, Any]:
        if which >= len(before.closures):
            abort(HTTPStatus.NOT_FOUND)
        kept = [each for number, each in enumerate(before.closures) if number != which]
        return {"closures": tuple(kept)}

    return _changed(slug, reopen, said="Cette fermeture n’est plus annoncée.")


@places.post("/position")
@needs("stops:publish")
def post_position(slug: str) -> AnyResponse:
    """Say more exactly where a stop is."""

    def move(before: Place) -> dict[str, Any]:
        return {"position": read_position(request.form, before.position)}

    return _changed(slug, move, said="La position est changée, les visiteurs la voient déjà.")


def _changed(slug: str, changes: Callable[[Place], dict[str, Any]], *, said: str) -> AnyResponse:
    """Change a place on the state that the form names, and tell what became of it."""
    try:
        with changing() as act:
            before = place_of(get_stop(act.session, slug))
            change_place(act.session, slug, changes(before), tag=sent("tag"), by=act.by)
    except FaultyFormError as error:
        return _place(slug, faults=error.faults)
    except StaleError:
        said = "Cet arrêt a changé entre-temps\u202f: rien n’a été fait. Voici où il en est."
    else:
        nudge_worker()
    flash(said)
    return onwards(url_for("places.place", slug=slug))


def _place(slug: str, *, faults: Mapping[str, str] | None = None) -> AnyResponse:
    with viewing() as view:
        stop = get_stop(view.session, slug)
        narrative = find_narrative(view.session, stop, lang=LANGUAGES[0])
        title = slug if narrative is None else get_head(view.session, narrative).title
        shown = place_of(stop)
    position = shown.position
    written = {
        "latitude": f"{position.latitude}".replace(".", ","),
        "longitude": f"{position.longitude}".replace(".", ","),
        "accuracy_m": position.accuracy_m,
        "source": position.source,
    }
    return page_with_map(
        "place.html",
        stop=stop,
        title=title,
        place=shown,
        today=current_day(),
        languages=LANGUAGES,
        values=written | request.form.to_dict(),
        faults=faults,
    )
