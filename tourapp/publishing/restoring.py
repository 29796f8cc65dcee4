"""Making documents anew, in the worker, wherever a change or another release made them stale."""

from contextlib import suppress
from http import HTTPStatus

from flask import Flask
from werkzeug.test import Client, TestResponse

from tourapp.catalogue.models import Document, Topic
from tourapp.catalogue.queries import find_stale_topic, list_foreign_topics
from tourapp.catalogue.services import mark_stale, restore
from tourapp.db import Database
from tourapp.errors import StaleError, UnavailableError
from tourapp.publishing.documents import Published, list_published
from tourapp.web.encoding import ENCODINGS, encode

_LATER = {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}

# These belong to one answer, or to one encoding of it.
_NOT_KEPT = {"content-length", "date", "etag", "x-request-id"}


class Restorer:
    """Asks the application for each document of a stale topic, and keeps what it answers."""

    def __init__(self, application: Flask, database: Database, *, fingerprint: str) -> None:
        self._client = Client(application)
        self._database = database
        self._fingerprint = fingerprint

    def begin(self) -> None:
        """Mark stale what was prepared with another release or with other settings.

        Once, at the start: of two workers that differ, each would else undo the other's work.
        """
        with self._database.transaction() as session:
            if foreign := list_foreign_topics(session, fingerprint=self._fingerprint):
                mark_stale(session, foreign)

    def restore_next(self) -> bool:
        """Restore the topic that changed last, and tell whether there was any that was stale.

        One that changes meanwhile stays stale. Raises UnavailableError.
        """
        with self._database.reading() as session:
            topic = find_stale_topic(session)
            published = [] if topic is None else list_published(session, topic.name)
        if topic is None:
            return False
        rendered = [(each, self._render(each, topic)) for each in published]
        # An address is prepared in all of its languages or in none: the edge chooses among them.
        lacking = {each.address for each, document in rendered if document is None}
        documents = [
            document
            for each, document in rendered
            if document is not None and each.address not in lacking
        ]
        with suppress(StaleError), self._database.transaction() as session:
            restore(session, topic, documents, fingerprint=self._fingerprint)
        return True

    def _render(self, published: Published, topic: Topic) -> Document | None:
        """Return the document of an address, or None where there is nothing, or nothing good.

        Raises UnavailableError where the application cannot answer now.
        """
        answer = self._client.get(
            published.address,
            headers={"Accept-Language": published.lang},
            # Nobody counts how often the machine asks itself.
            environ_overrides={"REMOTE_ADDR": "127.0.0.1"},
        )
        if answer.status_code in _LATER:
            message = f"{published.address} cannot be rendered now"
            raise UnavailableError(message)
        is_good = answer.status_code == HTTPStatus.OK
        return _document(published, topic, answer) if is_good else None


def _document(published: Published, topic: Topic, answer: TestResponse) -> Document:
    tag, _ = answer.get_etag()
    body = answer.get_data()
    return Document(
        address=published.address,
        lang=published.lang,
        topic=topic.name,
        tag=tag,
        headers=[[name, value] for name, value in answer.headers if name.lower() not in _NOT_KEPT],
        **{encoding: encode(body, encoding) for encoding in ENCODINGS},
    )
