"""What walkers noticed: listed, read, published or set aside, and answered."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.errors import StaleError
from tourapp.observations.models import KINDS, OUTCOMES, REASONS, STATES, State
from tourapp.observations.queries import (
    ObservationQuery,
    count_observations,
    get_observation,
    list_observations,
)
from tourapp.observations.report import list_answered, sum_by_stop
from tourapp.observations.services import UnknownPassageError, change_observation
from tourapp.staff.forms import FaultyFormError
from tourapp.staff.observations.forms import UNKNOWN_PASSAGE, read_answer, read_decision
from tourapp.staff.observations.wording import answers_sheet
from tourapp.staff.writing.queries import list_titles
from tourapp.web.context import current_day
from tourapp.web.frames import onwards, page, page_number, sent

observations = Blueprint("observations", __name__, url_prefix="/bureau/remarques")

LISTED_AT_ONCE = 40

_ONE = "/<whole:observation_id>"
_STATES: dict[str, State] = {"publiees": "published", "de-cote": "set_aside"}
_SAID = {
    "published": "La remarque est publiée.",
    "set_aside": "La remarque est mise de côté\u202f: elle sera effacée dans trente jours.",
    "waiting": "La remarque est de nouveau à lire.",
}


@observations.get("")
@needs("observations:read")
def listed() -> AnyResponse:
    """List what waits to be read, what was published, or what was set aside."""
    number, shown = page_number(), request.args.get("etat", "")
    query = ObservationQuery(state=_STATES.get(shown, "waiting"))
    with viewing() as view:
        count = count_observations(view.session, query)
        offset = (number - 1) * LISTED_AT_ONCE
        found = list_observations(view.session, query, offset=offset, limit=LISTED_AT_ONCE)
        titles = list_titles(view.session)
    return page(
        "observations.html",
        observations=found,
        titles=titles,
        state=query.state,
        shown=shown,
        page_number=number,
        pages_count=max(1, -(-count // LISTED_AT_ONCE)),
    )


@observations.get("/bilan")
@needs("observations:read")
def report() -> AnyResponse:
    """Show how much was noticed at each stop, and what became of it."""
    with viewing() as view:
        sums, answered = sum_by_stop(view.session), list_answered(view.session)
        titles = list_titles(view.session)
    return page(
        "observations_report.html",
        sums=sums,
        answered=answered,
        titles=titles,
        states=STATES,
        kinds=KINDS,
    )


@observations.get("/suites.csv")
@needs("observations:read")
def sheet_of_answers() -> AnyResponse:
    """Take what became of each observation along as a sheet; no cell is a formula."""
    with viewing() as view:
        answered, titles = list_answered(view.session), list_titles(view.session)
    taken = Response(answers_sheet(answered, titles), content_type="text/csv; charset=utf-8")
    taken.headers["Content-Disposition"] = "attachment; filename=suites.csv"
    return taken


@observations.get(_ONE)
@needs("observations:read")
def one(observation_id: int) -> AnyResponse:
    """Show what somebody noticed, and what was decided about it."""
    return _page(observation_id, {})


@observations.post(f"{_ONE}/decider")
@needs("observations:moderate")
def post_decision(observation_id: int) -> AnyResponse:
    """Publish some words, set them aside, or have them read again."""
    try:
        changes = read_decision(request.form)
        return _changed(observation_id, changes, said=_SAID[changes["state"]])
    except FaultyFormError as error:
        return _page(observation_id, request.form, faults=error.faults)
    except UnknownPassageError:
        return _page(observation_id, request.form, faults={"masked": UNKNOWN_PASSAGE})


@observations.post(f"{_ONE}/suite")
@needs("observations:moderate")
def post_answer(observation_id: int) -> AnyResponse:
    """Tell what became of what somebody noticed, or take that back."""
    try:
        changes = {"answer": None} if sent("retirer") else read_answer(request.form)
        return _changed(observation_id, changes, said="La suite donnée est enregistrée.")
    except FaultyFormError as error:
        return _page(observation_id, request.form, faults=error.faults)


def _changed(observation_id: int, changes: Mapping[str, Any], *, said: str) -> AnyResponse:
    """Make a change on the state that the form was drawn from; a newer one is shown first."""
    try:
        with changing() as act:
            change_observation(
                act.session,
                observation_id,
                changes,
                tag=sent("tag"),
                by=act.by,
                today=current_day(),
            )
    except StaleError:
        return _page(observation_id, request.form, is_overtaken=True)
    flash(said)
    is_from_list = bool(sent("liste"))
    return onwards(
        url_for("observations.listed")
        if is_from_list
        else url_for("observations.one", observation_id=observation_id)
    )


def _page(
    observation_id: int,
    written: Mapping[str, str],
    *,
    faults: Mapping[str, str] | None = None,
    is_overtaken: bool = False,
) -> Response:
    """Draw an observation; what was written into a form stays there."""
    with viewing() as view:
        observation = get_observation(view.session, observation_id)
        title = list_titles(view.session).get(observation.stop.slug, observation.stop.slug)
    kept = {
        "masked": observation.masked,
        "reason": observation.reason or "",
        "outcome": observation.outcome or "",
        "text": observation.answer or "",
    }
    drawn = page(
        "observation.html",
        observation=observation,
        title=title,
        values=kept | {name: written[name] for name in kept if name in written},
        reasons=REASONS,
        outcomes=OUTCOMES,
        is_overtaken=is_overtaken,
        faults=faults,
    )
    if is_overtaken:
        drawn.status_code = HTTPStatus.PRECONDITION_FAILED
    return drawn
