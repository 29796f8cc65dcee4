"""Making documents anew, in the worker, wherever a change or another release made them stale."""

from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus

from flask import Flask
from werkzeug.test import Client, TestResponse

from tourapp.catalogue.models import Document, Topic
from tourapp.catalogue.queries import find_stale_topic
from tourapp.catalogue.services import restore
from tourapp.db import Database
from tourapp.errors import StaleError, UnavailableError
from tourapp.publishing.documents import Published, list_published
from tourapp.web.encoding import ENCODINGS, encode

# These belong to one answer, or to one encoding of it.
_NOT_KEPT = {"content-length", "date", "etag", "x-request-id"}


class Restorer:
    """Asks the application for each document of a stale topic, and keeps what it answers."""

    def __init__(self, application: Flask, database: Database, *, fingerprint: str) -> None:
        self._client = Client(application)
        self._database = database
        self._fingerprint = fingerprint

    def restore_next(self) -> bool:
        """Restore the topic that changed last, and tell whether there was any that was stale.

        One that changes meanwhile stays stale. Raises UnavailableError.
        """
        with self._database.reading() as session:
            topic = find_stale_topic(session, fingerprint=self._fingerprint)
            published = [] if topic is None else list_published(session, topic.name)
        if topic is None:
            return False
        documents = [document for each in published for document in self._render(each, topic)]
        with suppress(StaleError), self._database.transaction() as session:
            restore(session, topic, documents, fingerprint=self._fingerprint)
        return True

    def _render(self, published: Published, topic: Topic) -> Iterator[Document]:
        """Yield the document of an address, or nothing where it answers nothing to keep."""
        wish = {"Accept-Language": published.lang}
        answer = self._client.get(published.address, headers=wish)
        if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            message = f"{published.address} cannot be rendered now"
            raise UnavailableError(message)
        if answer.status_code == HTTPStatus.OK:
            yield _document(published, topic, answer)


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
