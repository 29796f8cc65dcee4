"""Signs printed over HTTP: ordered, and fetched when the worker has made them."""

from datetime import datetime
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from tourapp.accounts.guards import GUARDED, acting, looking
from tourapp.signage.plates.batches import WAITING, get_batch, request_batch
from tourapp.signage.plates.schemas import (
    BatchOrderSchema,
    BatchSchema,
    batch_document,
    order_of,
)
from tourapp.signage.plates.services import list_chosen
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current_resources
from tourapp.web.idempotency import IDEMPOTENCY_KEY

batches = ApiBlueprint(
    "sign_batches",
    __name__,
    url_prefix="/api/v1/signs/batches",
    description="Signs, printed, with a token",
)

POLL_S = 1
PERMISSION = "signs:manage"

_PRIVATE = {"Cache-Control": "no-store"}
_POLLED = {
    "Location": {"schema": {"type": "string", "format": "uri"}, "description": "where to ask"},
    "Retry-After": {"schema": {"type": "integer"}, "description": "when, in seconds"},
}

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@batches.post("")
@batches.doc(**GUARDED, parameters=[IDEMPOTENCY_KEY])
@batches.arguments(BatchOrderSchema)
@batches.response(202, BatchSchema, headers=_POLLED)
def post_batch(given: dict[str, Any]) -> Answer:
    """Have signs printed as one file, kept for an hour; ask again at its `Location`."""
    settings = current_resources().settings
    order = order_of(given, today=datetime.now(ZoneInfo(settings.time_zone)).date())
    with acting(PERMISSION) as act:
        signs = list_chosen(act.session, order.choice)
        batch = request_batch(act.session, order, signs=len(signs), by=act.by)
    document = batch_document(batch, addresses=Addresses(settings.public_url))
    located = {"Location": document["url"], "Retry-After": str(POLL_S)}
    return document, HTTPStatus.ACCEPTED, _PRIVATE | located


@batches.get("/<batch_id>")
@batches.doc(**GUARDED)
@batches.response(200, BatchSchema)
def read_batch(batch_id: str) -> Answer:
    """Return how far a batch is, and its file once it is ready; gone after an hour."""
    addresses = Addresses(current_resources().settings.public_url)
    with looking(PERMISSION) as look:
        batch = get_batch(look.session, batch_id, now=look.by.at)
    later = {"Retry-After": str(POLL_S)} if batch.state in WAITING else {}
    return batch_document(batch, addresses=addresses), HTTPStatus.OK, _PRIVATE | later
