"""Stops out of and into the service as files, over HTTP."""

from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Response, request, url_for

from tourapp.accounts.guards import GUARDED, acting, condition, looking, required_tag
from tourapp.narration.voicing import Voicing
from tourapp.publishing.exchange.archives import MOST_BYTES
from tourapp.publishing.exchange.files import ARCHIVE, CSV, WORKBOOK, StopsFile
from tourapp.publishing.exchange.models import StopImport
from tourapp.publishing.exchange.schemas import ImportSchema, import_document
from tourapp.publishing.exchange.services import (
    apply_import,
    forget_import,
    get_import,
    read_archive,
    try_import,
)
from tourapp.publishing.seeding import store_media
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current_resources, nudge_worker
from tourapp.web.downloads import download
from tourapp.web.idempotency import IDEMPOTENCY_KEY

exchange = ApiBlueprint(
    "exchange",
    __name__,
    url_prefix="/api/v1",
    description="Stops as files, with a token",
)

READ = "stops:draft"
WRITE = "stops:publish"

_CONDITION = condition("the ETag of the import that was looked at")
_FILE = {"type": "string", "format": "binary"}
_ARCHIVE = {
    "required": True,
    "description": "a zip file of the form that `GET /stops.zip` answers, or a part of it",
    "content": {ARCHIVE.content_type: {"schema": _FILE}},
}
_LOCATED = {"Location": {"schema": {"type": "string"}, "description": "where it stands"}}

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@exchange.get("/stops.zip")
@exchange.doc(**GUARDED)
@exchange.response(200, _FILE, content_type=ARCHIVE.content_type)
def get_archive() -> Response:
    """Return every stop and the lexicon as the files that `tourapp stops export` writes."""
    return _file(ARCHIVE)


@exchange.get("/stops.csv")
@exchange.doc(**GUARDED)
@exchange.response(200, _FILE, content_type=CSV.content_type)
def get_csv() -> Response:
    """Return a line a stop, published or not, for a spreadsheet."""
    return _file(CSV)


@exchange.get("/stops.xlsx")
@exchange.doc(**GUARDED)
@exchange.response(200, _FILE, content_type=WORKBOOK.content_type)
def get_workbook() -> Response:
    """Return the same lines as an Excel workbook."""
    return _file(WORKBOOK)


@exchange.post("/imports")
@exchange.doc(**GUARDED, parameters=[IDEMPOTENCY_KEY], requestBody=_ARCHIVE)
@exchange.response(201, ImportSchema, headers=_LOCATED)
def post_import() -> Answer:
    """Find out what an archive would change; nothing changes yet, and it is kept for a day."""
    with looking(WRITE):
        request.max_content_length = MOST_BYTES
        archive = request.get_data()
    source = read_archive(archive)
    with acting(WRITE) as act:
        tried = try_import(act.session, archive, source, by=act.by, voicing=_voicing())
    document, _, tagged = _answer(tried)
    located = url_for("exchange.get_one_import", import_id=tried.id)
    return document, HTTPStatus.CREATED, tagged | {"Location": located}


@exchange.get("/imports/<import_id>")
@exchange.doc(**GUARDED)
@exchange.response(200, ImportSchema)
def get_one_import(import_id: str) -> Answer:
    """Return one's own import with its ETag."""
    with looking(WRITE) as look:
        return _answer(get_import(look.session, import_id, by=look.by))


@exchange.put("/imports/<import_id>/application")
@exchange.doc(**GUARDED, parameters=[_CONDITION])
@exchange.response(200, ImportSchema)
def put_application(import_id: str) -> Answer:
    """Do what the import told that it would; refused (412) where it would do otherwise by now."""
    with looking(WRITE) as look:
        tag = required_tag()
        source = read_archive(get_import(look.session, import_id, by=look.by).archive)
    store_media(current_resources().media, source.stops)
    with acting(WRITE) as act:
        done = apply_import(act.session, import_id, source, tag=tag, by=act.by, voicing=_voicing())
        answer = _answer(done)
    nudge_worker()
    return answer


@exchange.delete("/imports/<import_id>")
@exchange.doc(**GUARDED)
@exchange.response(204)
def delete_import(import_id: str) -> Response:
    """Let go of an archive; what was applied stays."""
    with acting(WRITE) as act:
        forget_import(act.session, import_id, by=act.by)
    return Response(status=HTTPStatus.NO_CONTENT)


def _file(kind: StopsFile) -> Response:
    with looking(READ) as look:
        return download(
            partial(kind.write, look.session, current_resources()),
            name=kind.name,
            content_type=kind.content_type,
        )


def _voicing() -> Voicing:
    return Voicing.of(current_resources().settings)


def _answer(tried: StopImport) -> Answer:
    tagged = {"ETag": f'"{tried.tag}"', "Cache-Control": "no-store"}
    return import_document(tried), HTTPStatus.OK, tagged
