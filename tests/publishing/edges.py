"""The edge beside the application that it stands in front of."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, takewhile

from flask import Flask
from sqlalchemy import select
from werkzeug.test import Client, TestResponse

from tourapp.app import create_restorer, create_site
from tourapp.catalogue.models import Document, Topic
from tourapp.catalogue.services import mark_stale
from tourapp.publishing.edge import Edge
from tourapp.resources import Resources

# Each answer has its own.
PER_ANSWER = {"Date", "X-Request-Id"}


@dataclass(frozen=True)
class Sides:
    """A client of the edge, one of the application behind it, and what both serve."""

    edge: Client
    flask: Client
    site: Edge
    app: Flask
    resources: Resources

    @classmethod
    def of(cls, app: Flask, resources: Resources) -> "Sides":
        """Put an edge in front of an application."""
        site = create_site(app, resources)
        return cls(Client(site), Client(app), site, app, resources)

    def restore(self) -> int:
        """Make every stale document anew, and tell how many topics that were."""
        restorer = create_restorer(self.app, self.resources)
        return sum(1 for _ in takewhile(bool, (restorer.restore_next() for _ in count())))

    def forget(self) -> None:
        """Make every document stale, as another change of everything would."""
        with self.resources.database.transaction() as session:
            mark_stale(session, session.scalars(select(Topic.name)).all())

    def prepared(self) -> Iterator[tuple[str, str]]:
        """Yield the address and the language of every document."""
        with self.resources.database.reading() as session:
            documents = select(Document.address, Document.lang).order_by(Document.address)
            yield from [(address, lang) for address, lang in session.execute(documents)]

    def assert_alike(self, address: str, *, method: str = "GET", **headers: str) -> TestResponse:
        """Ask both sides and return what the edge answered, which is what Flask answers."""
        theirs = self.ask_flask(address, method=method, **headers)
        return self.assert_answers(theirs, address, method=method, **headers)

    def ask_flask(self, address: str, *, method: str = "GET", **headers: str) -> TestResponse:
        """Return what the application answers."""
        return _ask(self.flask, address, method, headers)

    def assert_answers(
        self, theirs: TestResponse, address: str, *, method: str = "GET", **headers: str
    ) -> TestResponse:
        """Ask the edge and return what it answered, which is what the application did."""
        ours = _ask(self.edge, address, method, headers)
        assert (ours.status, ours.data) == (theirs.status, theirs.data), address
        assert _lasting(ours) == _lasting(theirs), address
        assert len(ours.headers["X-Request-Id"]) >= 8
        return ours


def _ask(client: Client, address: str, method: str, headers: dict[str, str]) -> TestResponse:
    asked = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.open(address, method=method, headers=asked, buffered=True)


def _lasting(answer: TestResponse) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in answer.headers if name not in PER_ANSWER)
