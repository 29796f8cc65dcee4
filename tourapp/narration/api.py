"""Narrations over HTTP: what is heard, and how it came to be."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from flask_smorest.pagination import PaginationParameters

from tourapp.accounts.guards import GUARDED, looking
from tourapp.narration.schemas import (
    NarrationSchema,
    TakeSchema,
    VariantQuerySchema,
    narration_document,
    take_document,
)
from tourapp.narration.takes import count_takes, get_heard, list_takes
from tourapp.narration.voicing import Voicing
from tourapp.stops.queries import get_published_narrative
from tourapp.stops.services import get_narrative, get_stop
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint, asked_page
from tourapp.web.context import current_resources

narrations = ApiBlueprint(
    "narrations",
    __name__,
    url_prefix="/api/v1",
    description="Narratives, spoken",
)

_PRIVATE = {"Cache-Control": "no-store"}

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
        page = asked_page(pagination_parameters, count=count_takes(look.session, narrative))
        takes = list_takes(
            look.session,
            narrative,
            Voicing.of(settings),
            offset=page.offset,
            limit=page.limit,
        )
        documents = [take_document(take, addresses=addresses) for take in takes]
        return documents, HTTPStatus.OK, _PRIVATE
