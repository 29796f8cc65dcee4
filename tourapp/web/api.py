"""The API's frame: flask-smorest with problem documents, open reading and its description."""

from collections.abc import Callable, Mapping
from functools import partial, wraps
from threading import Lock
from typing import Any, NamedTuple

from flask import Flask, Response, render_template
from flask_cors import CORS
from flask_smorest import Api, Blueprint
from flask_smorest.pagination import PaginationParameters
from marshmallow import Schema, fields

from tourapp.web.parsing import BodyParser

VERSION = "1.0"

_EXPOSED = ["Accept-Ranges", "Content-Range", "ETag", "X-Pagination", "X-Request-Id"]

OPEN_HEADERS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", ", ".join(_EXPOSED)),
)
"""What lets the scripts of every site read an answer."""

_PROBLEM_TYPE = "application/problem+json"

_ABOUT = """Stops of a guided walk: what is told there, the sound of it, and the sign's QR code.

Reading is open to everyone and from every site. Answers carry an ETag; errors are
`application/problem+json` (RFC 9457)."""


class Page(NamedTuple):
    """Which of all there are a page of a list holds."""

    offset: int
    limit: int


class FaultSchema(Schema):
    """One thing that breaks a rule."""

    where = fields.String(metadata={"example": "query.near"})
    what = fields.String(metadata={"example": "Not a valid number."})


class ProblemSchema(Schema):
    """What went wrong, after RFC 9457."""

    type = fields.String(metadata={"example": "about:blank"})
    title = fields.String(metadata={"example": "Not Found"})
    status = fields.Integer(metadata={"example": 404})
    detail = fields.String(metadata={"example": "no published stop 'terril'"})
    instance = fields.String(metadata={"example": "/api/v1/stops/terril"})
    errors = fields.List(fields.Nested(FaultSchema))
    state = fields.String(
        metadata={
            "enum": ["wanted", "rendering", "failed"],
            "description": "of a sound that is still being made; Retry-After tells when to ask",
        },
    )


def asked_page(asked: PaginationParameters, *, count: int) -> Page:
    """Return the page that is asked for, and let the answer tell how many there are in all."""
    asked.item_count = count
    # Beyond the last one a database need not look.
    return Page(min(asked.first_item, count), asked.page_size)


class TourApi(Api):  # type: ignore[misc] # flask-smorest has no types
    """An API whose errors are answered by the application, as problem documents.

    It is described once somebody asks for the description: that is half of what making it costs,
    and most processes are never asked.
    """

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: Flask, **options: object) -> None:
        self._lacking: list[Callable[[], object]] = []
        self._describing = Lock()
        super().__init__(app, **options)

    def describe_later(self, describe: Callable[[], object]) -> None:
        """Keep what adds a part to the description until that is asked for."""
        self._lacking.append(describe)

    def _openapi_json(self) -> Response:
        with self._describing:
            while self._lacking:
                self._lacking.pop(0)()
        answer: Response = super()._openapi_json()
        return answer

    def _register_error_handlers(self) -> None:
        """Leave errors to `register_errors`, the one place that answers them."""

    def _register_responses(self) -> None:
        self.describe_later(self._describe_errors)

    def _describe_errors(self) -> None:
        """Describe errors, which alone are registered here, with their own media type."""
        self.DEFAULT_RESPONSE_CONTENT_TYPE = _PROBLEM_TYPE
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE


class ApiBlueprint(Blueprint):  # type: ignore[misc] # flask-smorest has no types
    """A part of the API; what `etag` guards may be kept, and is asked about each time."""

    ARGUMENTS_PARSER = BodyParser()

    def response(
        self,
        status_code: int,
        schema: object = None,
        *,
        content_type: str | None = None,
        headers: Mapping[str, object] | None = None,
    ) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
        """Describe what a view answers, and send it under the media type that is described."""
        describe = super().response(status_code, schema, content_type=content_type, headers=headers)

        def decorate(view: Callable[..., Any]) -> Callable[..., Response]:
            described = describe(view)

            @wraps(described)
            def answer(*args: object, **kwargs: object) -> Response:
                response: Response = described(*args, **kwargs)
                response.content_type = content_type or response.content_type
                return response

            return answer

        return decorate

    def register_views_in_doc(self, api: TourApi, *named: object, **options: object) -> None:
        """Have the views of this part described when the API is."""
        api.describe_later(partial(super().register_views_in_doc, api, *named, **options))

    def _prepare_arguments_doc(
        self, doc: dict[str, Any], doc_info: dict[str, Any], **told: object
    ) -> dict[str, Any]:
        """Describe what a view takes beside the headers that its `doc` names, not instead."""
        described: dict[str, Any] = super()._prepare_arguments_doc(doc, doc_info, **told)
        # What is left in there would stand in the place of all that was found here.
        named = doc_info.get("manual_doc", {}).pop("parameters", [])
        taken = [*described.get("parameters", []), *named]
        return described | ({"parameters": taken} if taken else {})

    def _check_not_modified(self, etag: str) -> None:
        """Raise nothing: a 304 keeps the headers of the answer that it stands for."""

    def _set_etag_in_response(self, response: Response) -> None:
        super()._set_etag_in_response(response)
        response.headers["Cache-Control"] = "no-cache"


def create_api(app: Flask, *, public_url: str) -> TourApi:
    """Set the API up on an application: its description, its page, and reading from anywhere."""
    app.config |= {
        "API_TITLE": "Visite du bassin minier",
        "API_VERSION": VERSION,
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/api/v1",
        "OPENAPI_JSON_PATH": "openapi.json",
    }
    CORS(
        app,
        resources={r"/api/v1/.*": {}, r"/media/.*": {}},
        methods=["GET", "HEAD"],
        allow_headers=["If-None-Match", "If-Range", "Range"],
        expose_headers=_EXPOSED,
        max_age=86400,
        send_wildcard=True,
    )
    app.add_url_rule("/api/v1/docs", "api_docs", lambda: render_template("api/docs.html"))
    about = {"servers": [{"url": public_url}], "info": {"description": _ABOUT}}
    api = TourApi(app, spec_kwargs=about)
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    return api
