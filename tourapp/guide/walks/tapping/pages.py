"""The keys of a led walk over HTTP: they work without scripts, and late."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.guards import Acting
from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.errors import ConflictError
from tourapp.guide.walks.forms import told_moment
from tourapp.itineraries.walks.leading import end_walk, note_arrival, note_departure
from tourapp.itineraries.walks.queries import count_phones, get_walk
from tourapp.web.frames import as_json, is_for_a_script, onwards, sent
from tourapp.web.numbers import counted

WRITE = "itineraries:write"

tapping = Blueprint("tapping", __name__, url_prefix="/guide/marches/<whole:walk_id>")


@tapping.get("/telephones")
@needs(WRITE)
def phones(walk_id: int) -> AnyResponse:
    """Tell the page of a walk how many phones have joined meanwhile."""
    with viewing() as view:
        led = get_walk(view.session, walk_id, viewer=view.by)
        return as_json({"joined": count_phones(view.session, led)})


@tapping.post("/arrivee")
@needs(WRITE)
def post_arrival(walk_id: int) -> AnyResponse:
    """Note that everybody is at a halt."""
    position = request.form.get("position", default=0, type=counted)

    def arrive(act: Acting, at: datetime) -> None:
        note_arrival(act.session, walk_id, position, at=at, by=act.by)

    return _tapped(walk_id, arrive)


@tapping.post("/depart")
@needs(WRITE)
def post_departure(walk_id: int) -> AnyResponse:
    """Note that the group goes on."""

    def leave(act: Acting, at: datetime) -> None:
        note_departure(act.session, walk_id, at=at, by=act.by)

    return _tapped(walk_id, leave)


@tapping.post("/fin")
@needs(WRITE)
def post_end(walk_id: int) -> AnyResponse:
    """End a walk."""

    def end(act: Acting, at: datetime) -> None:
        end_walk(act.session, walk_id, at=at, by=act.by)

    return _tapped(walk_id, end)


def _tapped(walk_id: int, note: Callable[[Acting, datetime], object]) -> AnyResponse:
    """Note what a guide tapped, at the moment that the phone tells; late or twice is no harm."""
    try:
        with changing() as act:
            note(act, told_moment(sent("at"), now=act.by.at))
    except ConflictError:
        # Another phone of the guide's was there before: the page shows how things are.
        if not is_for_a_script():
            flash("La marche en est déjà plus loin\u202f: la voici.")
    if is_for_a_script():
        return as_json({"at": datetime.now(UTC).isoformat()})
    return onwards(url_for("leading.walk", walk_id=walk_id))
