"""Narrations over HTTP: what is heard, how it came to be, and previews of unsaved texts."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from flask_smorest.pagination import PaginationParameters

from tourapp.accounts.guards import GUARDED, acting, looking
from tourapp.errors import NotFoundError
from tourapp.narration.previews import WAITING, get_preview, request_preview
from tourapp.narration.schemas import (
    NarrationSchema,
    PreviewSchema,
    PreviewTextSchema,
    TakeSchema,
    VariantQuerySchema,
    narration_document,
    preview_document,
    take_document,
)
from tourapp.narration.takes import count_takes, get_heard, list_takes
from tourapp.narration.voicing import Voicing
from tourapp.stops.content import LANGUAGES
from tourapp.stops.queries import get_published_narrative
from tourapp.stops.services import get_narrative, get_stop
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current_resources, nudge_worker
from tourapp.web.idempotency import IDEMPOTENCY_KEY

narrations = ApiBlueprint(
    "narrations",
    __name__,
    url_prefix="/api/v1",
    description="Narratives, spoken",
)

POLL_S = 1

_PRIVATE = {"Cache-Control": "no-store"}
_POLLED = {
    "Location": {"schema": {"type": "string", "format": "uri"}, "description": "where to ask"},
    "Retry-After": {"schema": {"type": "integer"}, "description": "when, in seconds"},
}

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@narrations.get("/stops/<slug>/narrations/<lang>")
@narrations.etag
@narrations.arguments(VariantQuerySchema, location="query")
@narrations.response(200, NarrationSchema)
def get_narration(query: dict[str, Any], slug: str, lang: str) -> dict[str, Any]:
    """Return the sound of a stop in one language, with its cues."""
    resources = current_resources()
    settings = resources.settings
    with resources.database.reading() as session:
        published = get_published_narrative(session, slug, lang=lang, **query)
        heard = get_heard(session, published, engines=settings.engines, now=datetime.now(UTC))
    return narration_document(heard, lang=lang, addresses=Addresses(settings.public_url))


@narrations.get("/stops/<slug>/narrations/<lang>/takes")
@narrations.doc(**GUARDED)
@narrations.arguments(VariantQuerySchema, location="query")
@narrations.response(200, TakeSchema(many=True))
@narrations.paginate(page_size=20, max_page_size=100)
def get_takes(
    query: dict[str, Any],
    slug: str,
    lang: str,
    pagination_parameters: PaginationParameters,
) -> Answer:
    """List every narration of a narrative, those wanted last first: spoken, failed, to come."""
    settings = current_resources().settings
    addresses = Addresses(settings.public_url)
    with looking("stops:draft") as look:
        stop = get_stop(look.session, slug)
        narrative = get_narrative(look.session, stop, lang=lang, **query)
        pagination_parameters.item_count = count = count_takes(look.session, narrative)
        takes = list_takes(
            look.session,
            narrative,
            Voicing.of(settings),
            offset=min(pagination_parameters.first_item, count),
            limit=pagination_parameters.page_size,
        )
        documents = [take_document(take, addresses=addresses) for take in takes]
        return documents, HTTPStatus.OK, _PRIVATE


@narrations.post("/stops/<slug>/narrations/<lang>/preview")
@narrations.doc(**GUARDED, parameters=[IDEMPOTENCY_KEY])
@narrations.arguments(PreviewTextSchema)
@narrations.response(202, PreviewSchema, headers=_POLLED)
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


@narrations.get("/previews/<preview_id>")
@narrations.doc(**GUARDED)
@narrations.response(200, PreviewSchema)
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
