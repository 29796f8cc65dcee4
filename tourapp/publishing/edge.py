"""The edge: answers what is published before Flask, from prepared documents and from files.

A WSGI middleware that decides nothing of what is said: Flask rendered each document, and the edge
sends it as it was. What is stale or unknown, or asked for in any other way, falls through to Flask.
"""

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.http import parse_etags

from tourapp.audience.tally import Tally
from tourapp.errors import UnavailableError
from tourapp.publishing.documents import PREPARED
from tourapp.publishing.files import MEDIA, LocalFiles
from tourapp.publishing.shelf import Documents, HeaderLines, Prepared, Shelf
from tourapp.publishing.visits import Visited, find_visited, is_visit
from tourapp.signage.codes import normalise_code
from tourapp.stops.content import LANGUAGES
from tourapp.web.encoding import choose_encoding
from tourapp.web.languages import wished_languages
from tourapp.web.logs import request_id

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Answer = tuple[str, HeaderLines, bytes]

SIGN = "/Q/"

_OURS = re.compile(PREPARED)


class Edge:
    """Stands in front of an application and answers in its place whatever is prepared."""

    def __init__(
        self,
        application: Application,
        *,
        shelf: Shelf,
        files: LocalFiles,
        tally: Tally,
    ) -> None:
        self._application = application
        self._shelf = shelf
        self._files = files
        self._tally = tally

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, after the WSGI specification (PEP 3333)."""
        answer = self._find_answer(environ)
        if answer is None:
            visited = find_visited(environ)
            heard = start_response if visited is None else self._counting(visited, start_response)
            return self._application(environ, heard)
        status, headers, body = answer
        told = ("X-Request-Id", request_id(environ.get("HTTP_X_REQUEST_ID", "")))
        start_response(status, [*headers, told])
        return [body] if environ["REQUEST_METHOD"] == "GET" else []

    def _find_answer(self, environ: Environ) -> Answer | None:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return None
        path = environ.get("PATH_INFO", "")
        if path.startswith(MEDIA):
            return self._files.find(path, environ)
        address = address_of(path, environ.get("QUERY_STRING", ""))
        if address is None or "HTTP_IF_MATCH" in environ:
            return None
        try:
            return self._find_document(address, environ)
        except UnavailableError:
            # Flask tells it, to a person or to a program.
            return None

    def _find_document(self, address: str, environ: Environ) -> Answer | None:
        encoding = choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        found = self._shelf.find(address, encoding)
        if not found:
            return None
        prepared = _choose(found, environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        if prepared.visit is not None and is_visit(environ):
            self._tally.add(prepared.visit)
        return _answer(prepared, environ.get("HTTP_IF_NONE_MATCH"))

    def _counting(self, visited: Visited, start_response: StartResponse) -> StartResponse:
        def counting(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            if status.startswith(("200", "304")):
                self._tally.add(self._tally.number(*visited, lang=_told_lang(visited, headers)))
            return start_response(status, headers, *rest)

        return counting


def address_of(path: str, query: str) -> str | None:
    """Return the address that a document may be kept under, or None for any other.

    So nobody waits for the database who asks for something else, and no address that somebody
    made up takes more of the memory than a document does.
    """
    if path[:3].upper() == SIGN:
        path = SIGN + normalise_code(path[3:])
    address = f"{path}?{query}" if query else path
    # A question mark that was written as %3F is part of a path, and of none of ours.
    return address if "?" not in path and _OURS.fullmatch(address) else None


def choose_language(languages: Collection[str], accept_language: str) -> str:
    """Return the language that is wished for most among those there are, else the first of ours."""
    wishes = (*wished_languages(accept_language), *LANGUAGES)
    return next(wish for wish in wishes if wish in languages)


def _choose(found: Documents, accept_language: str) -> Prepared:
    if len(found) == 1:
        return found[0]
    by_lang = {each.lang: each for each in found}
    return by_lang[choose_language(by_lang, accept_language)]


def _answer(prepared: Prepared, known: str | None) -> Answer:
    if known is not None and _names(known, prepared):
        return "304 NOT MODIFIED", prepared.not_modified_headers, b""
    return "200 OK", prepared.headers, prepared.read_body()


def _names(known: str, prepared: Prepared) -> bool:
    # A browser names the one that it was given: only a list of several is taken apart.
    return known == prepared.etag or parse_etags(known).contains_weak(prepared.tag)


def _told_lang(visited: Visited, headers: list[tuple[str, str]]) -> str:
    # A 304 tells no language, but where the sign's page stands.
    told = Headers(headers)
    place = told.get("Content-Location", visited.subject)
    return told.get("Content-Language") or place.strip("/").partition("/")[0] or LANGUAGES[0]
