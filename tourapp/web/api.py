"""The API's frame: flask-smorest with problem documents, open reading and its description."""

from flask import Flask, render_template
from flask_cors import CORS
from flask_smorest import Api
from marshmallow import Schema, fields

VERSION = "1.0"

_PROBLEM_TYPE = "application/problem+json"

_ABOUT = """Stops of a guided walk: what is told there, the sound of it, and the sign's QR code.

Reading is open to everyone and from every site. Answers carry an ETag; errors are
`application/problem+json` (RFC 9457)."""


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


class TourApi(Api):  # type: ignore[misc] # flask-smorest has no types
    """An API whose errors are answered by the application, as problem documents."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Leave errors to `register_errors`, the one place that answers them."""

    def _register_responses(self) -> None:
        """Describe errors, which alone are registered here, with their own media type."""
        self.DEFAULT_RESPONSE_CONTENT_TYPE = _PROBLEM_TYPE
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE


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
        expose_headers=["Accept-Ranges", "Content-Range", "ETag", "X-Pagination", "X-Request-Id"],
        max_age=86400,
    )
    app.add_url_rule("/api/v1/docs", "api_docs", lambda: render_template("api/docs.html"))
    about = {"servers": [{"url": public_url}], "info": {"description": _ABOUT}}
    return TourApi(app, spec_kwargs=about)
