"""People and their tokens."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tourapp.accounts.models import AuditEvent, Token
from tourapp.accounts.services import (
    Actor,
    create_person,
    disable_person,
    get_person,
    list_people,
    operator,
)
from tourapp.accounts.tokens import UnknownTokenError, authenticate, issue_token
from tourapp.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from tourapp.resources import Resources

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BY = operator("tests", now=NOW)


def _issued(resources: Resources, *, days: int = 1) -> str:
    """Make an editor known and return a token to draft with."""
    with resources.database.transaction() as session:
        person = create_person(
            session, email="Ana@Example.fr ", name="Ana", roles=["redaction"], by=BY
        )
        session.flush()
        return issue_token(session, person, label="x", scopes=["stops:draft"], days=days, by=BY)


def _authenticated(resources: Resources, token: str, *, now: datetime = NOW) -> Actor:
    with resources.database.reading() as session:
        return authenticate(session, token, now=now, request_id="r1")


def test_a_token_tells_who_bears_it_and_what_for(resources: Resources) -> None:
    actor = _authenticated(resources, _issued(resources))
    assert (actor.who, actor.permissions) == ("ana@example.fr", frozenset({"stops:draft"}))
    assert (actor.origin, actor.request_id, actor.at) == ("api", "r1", NOW)


def test_a_token_is_kept_as_a_digest_only(resources: Resources) -> None:
    secret = _issued(resources)
    with resources.database.reading() as session:
        token = session.scalars(select(Token)).one()
        logged = [str(event.detail) for event in session.scalars(select(AuditEvent))]
    assert secret not in {token.digest, token.label}
    assert not any(secret in detail for detail in logged)


def test_a_token_ends(resources: Resources) -> None:
    secret = _issued(resources, days=1)
    with pytest.raises(UnknownTokenError):
        _authenticated(resources, secret, now=NOW + timedelta(days=1))


def test_an_unknown_token_is_refused(resources: Resources) -> None:
    with pytest.raises(UnknownTokenError):
        _authenticated(resources, "tour_nothing")


def test_the_tokens_of_somebody_who_left_are_refused(resources: Resources) -> None:
    secret = _issued(resources)
    with resources.database.transaction() as session:
        disable_person(session, get_person(session, "ana@example.fr"), by=BY)
    with pytest.raises(UnknownTokenError):
        _authenticated(resources, secret)


def test_somebody_who_left_gets_no_token(resources: Resources) -> None:
    _issued(resources)
    with resources.database.transaction() as session:
        person = get_person(session, "ana@example.fr")
        disable_person(session, person, by=BY)
        with pytest.raises(ForbiddenError):
            issue_token(session, person, label="x", scopes=["stops:draft"], days=1, by=BY)


def test_a_token_goes_no_further_than_its_person(resources: Resources) -> None:
    _issued(resources)
    with resources.database.transaction() as session:
        person = get_person(session, "ana@example.fr")
        with pytest.raises(InvalidError, match="stops:publish"):
            issue_token(session, person, label="x", scopes=["stops:publish"], days=1, by=BY)


def test_a_token_lasts_a_day_at_least(resources: Resources) -> None:
    with pytest.raises(InvalidError, match="one day"):
        _issued(resources, days=0)


def test_an_address_is_known_once(resources: Resources) -> None:
    _issued(resources)
    with pytest.raises(ConflictError, match="known already"):
        _issued(resources)


@pytest.mark.parametrize(
    ("email", "roles", "fault"),
    [("ana", ["redaction"], "e-mail"), ("a@b.fr", ["chef"], "chef")],
)
def test_a_person_is_checked(
    resources: Resources, email: str, roles: list[str], fault: str
) -> None:
    with (
        pytest.raises(InvalidError, match=fault),
        resources.database.transaction() as session,
    ):
        create_person(session, email=email, name="", roles=roles, by=BY)


def test_nobody_is_found_under_another_address(resources: Resources) -> None:
    with resources.database.reading() as session, pytest.raises(NotFoundError):
        get_person(session, "autre@example.fr")


def test_everybody_is_listed_by_address(resources: Resources) -> None:
    _issued(resources)
    with resources.database.reading() as session:
        assert [(each.email, each.roles) for each in list_people(session)] == [
            ("ana@example.fr", ["redaction"]),
        ]
