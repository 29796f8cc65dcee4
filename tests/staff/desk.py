"""Somebody at a desk of the bureau: a client that is signed in and sends forms with their token."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tourapp.accounts.services import actor_of, create_person, find_person, operator
from tourapp.accounts.signing.guards import DEVICE_COOKIE
from tourapp.accounts.signing.passwords import Hasher
from tourapp.accounts.signing.sign_ins import Lifetime, begin_sign_in
from tourapp.resources import Resources

CHEAP = Hasher(time_cost=1, memory_kib=8)
PASSWORD = "cheval juste batterie agrafe"  # noqa: S105 -- of nobody
DOOR = "/bureau/entrer"

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Desk:
    """A browser without scripts."""

    client: FlaskClient

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path)

    def send(self, path: str, **form: str | list[str]) -> TestResponse:
        """Send a form as a page would, with its token."""
        return self.client.post(path, data={"csrf_token": self.token(), **form})

    def follow(self, path: str, **form: str | list[str]) -> TestResponse:
        """Send a form, and read the page that it leads to."""
        sent = self.send(path, **form)
        assert sent.status_code == 303, sent.text
        return self.get(sent.location)

    def token(self) -> str:
        """Return the token that forms carry in this browser."""
        return str(TOKEN.findall(self.get("/bureau/mot-de-passe-oublie").text)[-1])

    def sign_in(self, email: str, password: str = PASSWORD) -> TestResponse:
        """Come in by the door."""
        return self.send(DOOR, email=email, password=password)

    @property
    def is_known(self) -> bool:
        """Whether this browser keeps that somebody came in with it."""
        return self.client.get_cookie(DEVICE_COOKIE, path="/bureau") is not None


def new_desk(bureau: Flask) -> Desk:
    """Return a browser that was never here."""
    return Desk(bureau.test_client())


def invited(resources: Resources, *roles: str, email: str = "") -> str:
    """Make somebody known who has a password, and return their address."""
    address = email or f"{'-'.join(roles)}@example.fr"
    with resources.database.transaction() as session:
        by = operator("tests", now=datetime.now(UTC))
        person = create_person(session, email=address, name="", roles=roles, by=by)
        person.password_hash = _HASHED
    return address


def seated(bureau: Flask, *roles: str, email: str = "") -> Desk:
    """Return the desk of somebody with these roles, who is signed in already."""
    resources: Resources = bureau.extensions["tourapp"]
    address = email or f"{'-'.join(roles)}@example.fr"
    with resources.database.reading() as session:
        is_known = find_person(session, address) is not None
    if not is_known:
        invited(resources, *roles, email=address)
    desk = new_desk(bureau)
    with desk.client.session_transaction() as cookie:
        cookie["key"] = _begun(bureau, address)
    return desk


def _begun(bureau: Flask, address: str) -> str:
    resources: Resources = bureau.extensions["tourapp"]
    with resources.database.transaction() as session:
        person = find_person(session, address)
        assert person is not None
        return begin_sign_in(
            session,
            person,
            device="Firefox on Linux",
            is_whole=True,
            lifetime=Lifetime(idle=timedelta(hours=8), longest=timedelta(hours=168)),
            by=actor_of(person, origin="page", now=datetime.now(UTC)),
        )


_HASHED = CHEAP.hash(PASSWORD)
