"""Observations over HTTP: left by anybody, read by everyone once they are published."""

from http import HTTPStatus
from typing import Any

from flask_smorest.pagination import PaginationParameters

from tourapp.accounts.guards import (
    GUARDED,
    WELCOMING,
    acting,
    condition,
    looking,
    required_tag,
    welcoming,
)
from tourapp.accounts.services import Actor
from tourapp.errors import UnauthenticatedError
from tourapp.observations.models import Observation
from tourapp.observations.queries import (
    ObservationQuery,
    count_observations,
    get_observation,
    list_observations,
)
from tourapp.observations.schemas import (
    NewObservationSchema,
    ObservationChangesSchema,
    ObservationQuerySchema,
    ObservationReceiptSchema,
    ObservationSchema,
    moderated_document,
    observation_document,
)
from tourapp.observations.services import Noticed, add_observation, change_observation
from tourapp.web.api import ApiBlueprint, asked_page
from tourapp.web.context import current_day, current_resources
from tourapp.web.idempotency import IDEMPOTENCY_KEY, sent_key
from tourapp.web.posts import refuse_elsewhere

READ = "observations:read"
MODERATE = "observations:moderate"

observations = ApiBlueprint(
    "observations",
    __name__,
    url_prefix="/api/v1/observations",
    description="What walkers notice at stops, and what became of it",
)

_CONDITION = condition("the ETag of the observation that the change is made on")

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@observations.post("")
@observations.doc(parameters=[IDEMPOTENCY_KEY])
@observations.arguments(NewObservationSchema)
@observations.response(201, ObservationReceiptSchema)
def post_observation(noticed: Noticed) -> Noticed:
    """Say what one notices at a stop; nothing is kept of who says it, and staff read it first."""
    refuse_elsewhere()
    with current_resources().database.transaction() as session:
        add_observation(session, noticed, on=current_day(), key=sent_key())
    return noticed


@observations.get("")
@observations.doc(**WELCOMING)
@observations.arguments(ObservationQuerySchema, location="query")
@observations.response(200, ObservationSchema(many=True))
@observations.paginate(page_size=20, max_page_size=100)
def get_observations(
    asked: dict[str, Any],
    pagination_parameters: PaginationParameters,
) -> list[dict[str, Any]]:
    """List what was published, the newest first; with a token, the rest too, and its state."""
    with welcoming(READ) as (session, viewer):
        query = _query(asked, viewer)
        page = asked_page(pagination_parameters, count=count_observations(session, query))
        found = list_observations(session, query, offset=page.offset, limit=page.limit)
        document = observation_document if viewer is None else moderated_document
        return [document(each) for each in found]


@observations.get("/<whole:observation_id>")
@observations.doc(**GUARDED)
@observations.response(200, ObservationSchema)
def get_one(observation_id: int) -> Answer:
    """Return an observation with its ETag."""
    with looking(READ) as look:
        return _answer(get_observation(look.session, observation_id))


@observations.patch("/<whole:observation_id>")
@observations.doc(**GUARDED, parameters=[_CONDITION])
@observations.arguments(ObservationChangesSchema)
@observations.response(200, ObservationSchema)
def patch_one(changes: dict[str, Any], observation_id: int) -> Answer:
    """Publish an observation or set it aside, mask passages, tell what became of it."""
    with acting(MODERATE) as act:
        changed = change_observation(
            act.session,
            observation_id,
            changes,
            tag=required_tag(),
            by=act.by,
            today=current_day(),
        )
        return _answer(changed)


def _query(asked: dict[str, Any], viewer: Actor | None) -> ObservationQuery:
    if viewer is not None:
        return ObservationQuery(stop=asked["stop"], state=asked["state"])
    if asked["state"] not in {None, "published"}:
        message = "what is not published is read with the header Authorization: Bearer TOKEN"
        raise UnauthenticatedError(message)
    return ObservationQuery(stop=asked["stop"], of_published_stops=True)


def _answer(observation: Observation) -> Answer:
    tagged = {"ETag": f'"{observation.version}"', "Cache-Control": "no-store"}
    return moderated_document(observation), HTTPStatus.OK, tagged
