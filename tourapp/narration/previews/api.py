"""Previews of unsaved texts over HTTP: asked for, then asked about."""

from http import HTTPStatus
from typing import Any

from tourapp.accounts.guards import GUARDED, acting, looking
from tourapp.errors import NotFoundError
from tourapp.narration.previews.schemas import PreviewSchema, PreviewTextSchema, preview_document
from tourapp.narration.previews.services import WAITING, get_preview, request_preview
from tourapp.stops.content import LANGUAGES
from tourapp.stops.services import get_stop
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current_resources, nudge_worker
from tourapp.web.idempotency import IDEMPOTENCY_KEY

previews = ApiBlueprint(
    "previews",
    __name__,
    url_prefix="/api/v1",
    description="Texts that are not saved, spoken",
)

POLL_S = 1

_PRIVATE = {"Cache-Control": "no-store"}
_POLLED = {
    "Location": {"schema": {"type": "string", "format": "uri"}, "description": "where to ask"},
    "Retry-After": {"schema": {"type": "integer"}, "description": "when, in seconds"},
}

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@previews.post("/stops/<slug>/narrations/<lang>/preview")
@previews.doc(**GUARDED, parameters=[IDEMPOTENCY_KEY])
@previews.arguments(PreviewTextSchema)
@previews.response(202, PreviewSchema, headers=_POLLED)
def post_preview(given: dict[str, str], slug: str, lang: str) -> Answer:
    """Have a text spoken that is not saved, and kept for an hour; ask again at its `Location`."""
    addresses = Addresses(current_resources().settings.public_url)
    with acting("stops:draft") as act:
        get_stop(act.session, slug)
        _require_language(lang)
        preview = request_preview(act.session, given["text"], lang=lang, by=act.by)
    nudge_worker()
    document = preview_document(preview, addresses=addresses)
    located = {"Location": document["url"], "Retry-After": str(POLL_S)}
    return document, HTTPStatus.ACCEPTED, _PRIVATE | located


@previews.get("/previews/<preview_id>")
@previews.doc(**GUARDED)
@previews.response(200, PreviewSchema)
def read_preview(preview_id: str) -> Answer:
    """Return how far a preview is, and its sound once it is ready; gone after an hour."""
    addresses = Addresses(current_resources().settings.public_url)
    with looking("stops:draft") as look:
        preview = get_preview(look.session, preview_id, now=look.by.at)
    later = {"Retry-After": str(POLL_S)} if preview.state in WAITING else {}
    return preview_document(preview, addresses=addresses), HTTPStatus.OK, _PRIVATE | later


def _require_language(lang: str) -> None:
    if lang not in LANGUAGES:
        message = f"no narratives in {lang!r}; there are: {', '.join(LANGUAGES)}"
        raise NotFoundError(message)
