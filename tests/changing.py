"""People, tokens and requests that change stops."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tourapp.accounts.permissions import granted
from tourapp.accounts.services import create_person, operator
from tourapp.accounts.tokens import issue_token
from tourapp.resources import Resources

STOP = "/api/v1/stops/terril"


@dataclass(frozen=True)
class Staff:
    """Somebody of the office, with the token of a program."""

    client: FlaskClient
    token: str

    def send(
        self,
        method: str,
        path: str,
        *,
        tag: str | None = None,
        json: Any = None,  # noqa: ANN401 -- whatever JSON can hold
        data: bytes | None = None,
    ) -> TestResponse:
        """Send a request under this token, on the state that `tag` names."""
        headers = {"Authorization": f"Bearer {self.token}"} | ({"If-Match": tag} if tag else {})
        return self.client.open(path, method=method, headers=headers, json=json, data=data)

    def tag(self, path: str) -> str:
        """Return the ETag of what stands at a path."""
        return self.send("GET", path).headers["ETag"]


def hired(resources: Resources, client: FlaskClient, *roles: str, email: str = "") -> Staff:
    """Make somebody known with these roles, and with a token for all that they permit."""
    address = email or f"{'-'.join(roles)}@example.fr"
    with resources.database.transaction() as session:
        by = operator("tests", now=datetime.now(UTC))
        person = create_person(session, email=address, name="", roles=roles, by=by)
        session.flush()
        scopes = sorted(granted(roles))
        token = issue_token(session, person, label="tests", scopes=scopes, days=1, by=by)
    return Staff(client, token)
