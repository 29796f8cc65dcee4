"""People and the log over HTTP, for whoever administers."""

from http import HTTPStatus
from typing import Any

from flask import Response, url_for
from flask_smorest.pagination import PaginationParameters

from tourapp.accounts.guards import GUARDED, acting, condition, looking, required_tag
from tourapp.accounts.managing.queries import EventQuery, count_events, list_events
from tourapp.accounts.managing.schemas import (
    EventQuerySchema,
    EventSchema,
    InvitedSchema,
    NewPersonSchema,
    PersonChangesSchema,
    PersonSchema,
    event_document,
    invited_document,
    person_document,
)
from tourapp.accounts.managing.services import (
    PersonChanges,
    change_person,
    delivery_by,
    invite,
    tag_of,
)
from tourapp.accounts.models import Person
from tourapp.accounts.services import get_person_by_id, list_people
from tourapp.accounts.signing.letters import INVITING, send_link
from tourapp.accounts.signing.sign_ins import end_every_sign_in
from tourapp.web.api import ApiBlueprint, asked_page
from tourapp.web.context import current_resources
from tourapp.web.idempotency import IDEMPOTENCY_KEY

people = ApiBlueprint(
    "people",
    __name__,
    url_prefix="/api/v1/people",
    description="Who works with the stops, with a token",
)
audit = ApiBlueprint(
    "audit",
    __name__,
    url_prefix="/api/v1/audit",
    description="What was changed, by whom, with a token",
)

PERMISSION = "people:manage"

_CREATING: dict[str, Any] = GUARDED | {"parameters": [IDEMPOTENCY_KEY]}
_CONDITION = condition("the ETag of the person that the change is made on")
_LOCATED = {"Location": {"schema": {"type": "string"}, "description": "where they stand"}}

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@people.get("")
@people.doc(**GUARDED)
@people.response(200, PersonSchema(many=True))
@people.paginate(page_size=50, max_page_size=200)
def get_people(pagination_parameters: PaginationParameters) -> list[dict[str, Any]]:
    """List everybody by address, those without access too."""
    with looking(PERMISSION) as look:
        everybody = list_people(look.session)
        pagination_parameters.item_count = len(everybody)
        first = pagination_parameters.first_item
        chosen = everybody[first : first + pagination_parameters.page_size]
        return [person_document(person) for person in chosen]


@people.post("")
@people.doc(**_CREATING)
@people.arguments(NewPersonSchema)
@people.response(201, InvitedSchema, headers=_LOCATED)
def post_person(given: dict[str, Any]) -> Answer:
    """Invite somebody: a link to choose a password goes to their address, and nowhere else."""
    with acting(PERMISSION) as act:
        secret_key = current_resources().settings.secret_key
        person, _ = invite(act.session, **given, secret_key=secret_key, by=act.by)
    located = url_for("people.get_one_person", person_id=person.id)
    return _invited(person, HTTPStatus.CREATED, {"Location": located})


@people.get("/<whole:person_id>")
@people.doc(**GUARDED)
@people.response(200, PersonSchema)
def get_one_person(person_id: int) -> Answer:
    """Return somebody with their ETag."""
    with looking(PERMISSION) as look:
        return _answer(get_person_by_id(look.session, person_id))


@people.patch("/<whole:person_id>")
@people.doc(**GUARDED, parameters=[_CONDITION])
@people.arguments(PersonChangesSchema)
@people.response(200, PersonSchema)
def patch_person(changes: PersonChanges, person_id: int) -> Answer:
    """Give somebody another name or other roles, take their access or give it back."""
    with acting(PERMISSION) as act:
        tag = required_tag()
        return _answer(change_person(act.session, person_id, changes, tag=tag, by=act.by))


@people.post("/<whole:person_id>/invitation")
@people.doc(**_CREATING)
@people.response(202, InvitedSchema)
def post_invitation(person_id: int) -> Answer:
    """Send somebody another link; those before it are good no more."""
    with acting(PERMISSION) as act:
        person = get_person_by_id(act.session, person_id)
        secret_key = current_resources().settings.secret_key
        send_link(act.session, person, INVITING, secret_key=secret_key, by=act.by)
    return _invited(person, HTTPStatus.ACCEPTED, {})


@people.delete("/<whole:person_id>/sign-ins")
@people.doc(**GUARDED)
@people.response(204)
def delete_sign_ins(person_id: int) -> Response:
    """Have every device of somebody sign in again."""
    with acting(PERMISSION) as act:
        end_every_sign_in(act.session, get_person_by_id(act.session, person_id), by=act.by)
    return Response(status=HTTPStatus.NO_CONTENT)


@audit.get("")
@audit.doc(**GUARDED)
@audit.arguments(EventQuerySchema, location="query")
@audit.response(200, EventSchema(many=True))
@audit.paginate(page_size=50, max_page_size=200)
def get_events(
    query: EventQuery, pagination_parameters: PaginationParameters
) -> list[dict[str, Any]]:
    """List what was changed, the newest first; nobody can change this log."""
    with looking(PERMISSION) as look:
        page = asked_page(pagination_parameters, count=count_events(look.session, query))
        events = list_events(
            look.session,
            query,
            offset=page.offset,
            limit=page.limit,
        )
        return [event_document(event) for event in events]


def _answer(person: Person) -> Answer:
    return person_document(person), HTTPStatus.OK, _tagged(person)


def _invited(person: Person, status: HTTPStatus, more: dict[str, str]) -> Answer:
    letter = delivery_by(current_resources().settings)
    return invited_document(person, letter), status, _tagged(person) | more


def _tagged(person: Person) -> dict[str, str]:
    return {"ETag": f'"{tag_of(person)}"', "Cache-Control": "no-store"}
