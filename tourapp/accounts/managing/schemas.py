"""People and the log as the API takes and describes them."""

from typing import Any, get_args

from marshmallow import Schema, ValidationError, fields, post_load, validate

from tourapp.accounts.managing.queries import EventQuery
from tourapp.accounts.managing.services import Delivery
from tourapp.accounts.models import AuditEvent, Person
from tourapp.accounts.permissions import ROLES

LONGEST_NAME = 120
LONGEST_EMAIL = 254


def _check_filled(text: str) -> None:
    if not text.strip():
        message = "Not empty."
        raise ValidationError(message)


_NAME = validate.Length(max=LONGEST_NAME)


def _roles(*, required: bool) -> "fields.List[str]":
    return fields.List(
        fields.String(validate=validate.OneOf(ROLES)),
        required=required,
        validate=validate.Length(min=1),
        metadata={"description": "all that the person has from now on"},
    )


class NewPersonSchema(Schema):
    """Somebody who is invited."""

    email = fields.String(required=True, validate=validate.Length(max=LONGEST_EMAIL))
    name = fields.String(
        load_default="",
        validate=_NAME,
        metadata={"description": "the address, where it is empty"},
    )
    roles = _roles(required=True)


class PersonChangesSchema(Schema):
    """What may be changed of somebody."""

    name = fields.String(validate=[_NAME, _check_filled])
    roles = _roles(required=False)
    is_disabled = fields.Boolean(
        metadata={"description": "true: no password, token or sign-in of theirs works any more"},
    )


class PersonSchema(Schema):
    """Somebody who works with the stops; the ETag is what the next change must name."""

    id = fields.Integer(required=True)
    email = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(metadata={"enum": list(ROLES)}), required=True)
    is_disabled = fields.Boolean(required=True)
    has_password = fields.Boolean(
        required=True,
        metadata={"description": "false while the invitation waits"},
    )
    has_second_factor = fields.Boolean(required=True)
    created_at = fields.AwareDateTime(required=True)


class InvitedSchema(PersonSchema):
    """Somebody to whom a link was sent."""

    letter = fields.String(
        required=True,
        metadata={
            "enum": list(get_args(Delivery)),
            "description": "leaving: a worker hands it to the mail server within a second, or tries"
            " again later; kept: in a folder of the server, where no mail server is set",
        },
    )


class EventQuerySchema(Schema):
    """Which lines of the log are asked for."""

    who = fields.String()
    action = fields.String(
        metadata={"description": "such as `sign_in.end`, or `sign_in` for all that begins so"},
    )
    subject = fields.String()
    origin = fields.String(validate=validate.OneOf(("api", "command", "page")))
    since = fields.AwareDateTime()
    until = fields.AwareDateTime(metadata={"description": "before this time"})

    @post_load
    def _make(self, given: dict[str, Any], **_: object) -> EventQuery:
        return EventQuery(**given)


class EventSchema(Schema):
    """What somebody changed; nobody can change or delete it."""

    id = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    who = fields.String(required=True)
    action = fields.String(required=True)
    subject = fields.String(required=True)
    origin = fields.String(required=True, metadata={"enum": ["api", "command", "page"]})
    request_id = fields.String(required=True, allow_none=True)
    detail = fields.Dict(required=True)


def person_document(person: Person) -> dict[str, Any]:
    """Return what `PersonSchema` describes."""
    return {
        "id": person.id,
        "email": person.email,
        "name": person.name,
        "roles": person.roles,
        "is_disabled": person.disabled_at is not None,
        "has_password": person.password_hash is not None,
        "has_second_factor": person.has_second_factor,
        "created_at": person.created_at,
    }


def invited_document(person: Person, letter: Delivery) -> dict[str, Any]:
    """Return what `InvitedSchema` describes."""
    return person_document(person) | {"letter": letter}


def event_document(event: AuditEvent) -> dict[str, Any]:
    """Return what `EventSchema` describes."""
    return {
        "id": event.id,
        "at": event.at,
        "who": event.who,
        "action": event.action,
        "subject": event.subject,
        "origin": event.origin,
        "request_id": event.request_id,
        "detail": event.detail,
    }
