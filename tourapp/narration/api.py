"""Narrations and the lexicon over HTTP: what is heard, how it came to be, how it is corrected."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from flask_smorest.pagination import PaginationParameters

from tourapp.accounts.guards import acting, looking, required_tag
from tourapp.errors import NotFoundError
from tourapp.narration.editing import (
    Changed,
    change_entry,
    confirm_entry,
    create_entry,
    remove_entry,
)
from tourapp.narration.lexicon import Entry
from tourapp.narration.lexicon.store import EntryQuery, count_entries, get_entry, list_entries
from tourapp.narration.models import LexiconEntry
from tourapp.narration.previews import WAITING, get_preview, request_preview
from tourapp.narration.schemas import (
    ChangedEntrySchema,
    ConfirmationSchema,
    EntryChangeSchema,
    EntryQuerySchema,
    EntrySchema,
    NarrationSchema,
    NewEntrySchema,
    PreviewSchema,
    PreviewTextSchema,
    RemovalSchema,
    TakeSchema,
    VariantQuerySchema,
    entry_document,
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

narrations = ApiBlueprint(
    "narrations",
    __name__,
    url_prefix="/api/v1",
    description="Narratives, spoken",
)

lexicon = ApiBlueprint(
    "lexicon",
    __name__,
    url_prefix="/api/v1/lexicon",
    description="How local names are said, with a token",
)

_GUARDED: dict[str, Any] = {"security": [{"token": []}]}
_CONDITION = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "description": "the ETag of the entry that the change is made on",
}

POLL_S = 1

_PRIVATE = {"Cache-Control": "no-store"}
_POLLED = {
    "Location": {"schema": {"type": "string", "format": "uri"}, "description": "where to ask"},
    "Retry-After": {"schema": {"type": "integer"}, "description": "when, in seconds"},
}

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@narrations.get("/stops/<slug>/narrations/<lang>")
@narrations.etag
@narrations.response(200, NarrationSchema)
def get_narration(slug: str, lang: str) -> dict[str, Any]:
    """Return the sound of a stop in one language, with its cues."""
    resources = current_resources()
    settings = resources.settings
    with resources.database.reading() as session:
        published = get_published_narrative(session, slug, lang=lang)
        heard = get_heard(session, published, engines=settings.engines, now=datetime.now(UTC))
    return narration_document(heard, lang=lang, addresses=Addresses(settings.public_url))


@narrations.get("/stops/<slug>/narrations/<lang>/takes")
@narrations.doc(security=[{"token": []}])
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
@narrations.doc(security=[{"token": []}])
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
@narrations.doc(security=[{"token": []}])
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


@lexicon.get("")
@lexicon.doc(**_GUARDED)
@lexicon.arguments(EntryQuerySchema, location="query")
@lexicon.response(200, EntrySchema(many=True))
@lexicon.paginate(page_size=50, max_page_size=200)
def get_entries(
    query: EntryQuery,
    pagination_parameters: PaginationParameters,
) -> list[dict[str, Any]]:
    """List the entries by language and written form."""
    with acting("lexicon:write") as act:
        pagination_parameters.item_count = count = count_entries(act.session, query)
        rows = list_entries(
            act.session,
            query,
            offset=min(pagination_parameters.first_item, count),
            limit=pagination_parameters.page_size,
        )
        return [entry_document(row) for row in rows]


@lexicon.post("")
@lexicon.doc(**_GUARDED)
@lexicon.arguments(NewEntrySchema)
@lexicon.response(201, ChangedEntrySchema)
def post_entry(entry: Entry) -> Answer:
    """Add an entry; every published text in which it stands is spoken again."""
    with acting("lexicon:write") as act:
        changed = create_entry(act.session, entry, by=act.by, voicing=_voicing())
    return _changed(changed, HTTPStatus.CREATED)


@lexicon.get("/<int(max=2147483647):entry_id>")
@lexicon.doc(**_GUARDED)
@lexicon.response(200, EntrySchema)
def get_one_entry(entry_id: int) -> Answer:
    """Return an entry with its ETag."""
    with acting("lexicon:write") as act:
        return _entry(get_entry(act.session, entry_id))


@lexicon.patch("/<int(max=2147483647):entry_id>")
@lexicon.doc(**_GUARDED, parameters=[_CONDITION])
@lexicon.arguments(EntryChangeSchema)
@lexicon.response(200, ChangedEntrySchema)
def patch_entry(changes: dict[str, str | None], entry_id: int) -> Answer:
    """Change how an entry is said; exactly the texts in which it stands are spoken again."""
    with acting("lexicon:write") as act:
        tag, voicing = required_tag(), _voicing()
        changed = change_entry(act.session, entry_id, changes, tag=tag, by=act.by, voicing=voicing)
    return _changed(changed, HTTPStatus.OK)


@lexicon.delete("/<int(max=2147483647):entry_id>")
@lexicon.doc(**_GUARDED, parameters=[_CONDITION])
@lexicon.response(200, RemovalSchema)
def delete_entry(entry_id: int) -> dict[str, int]:
    """Remove an entry; a file that still has it does not bring it back."""
    with acting("lexicon:write") as act:
        tag, voicing = required_tag(), _voicing()
        changed = remove_entry(act.session, entry_id, tag=tag, by=act.by, voicing=voicing)
    nudge_worker()
    return {"narrations_wanted": changed.narrations_wanted}


@lexicon.post("/<int(max=2147483647):entry_id>/confirmation")
@lexicon.doc(**_GUARDED, parameters=[_CONDITION])
@lexicon.arguments(ConfirmationSchema)
@lexicon.response(200, EntrySchema)
def post_confirmation(confirmation: dict[str, str], entry_id: int) -> Answer:
    """Note who agrees to how an entry is said; a later change of its sound undoes it."""
    with acting("lexicon:write") as act:
        name = confirmation.get("by", act.by.who)
        row = confirm_entry(act.session, entry_id, tag=required_tag(), confirmed_by=name, by=act.by)
        return _entry(row)


def _voicing() -> Voicing:
    return Voicing.of(current_resources().settings)


def _changed(changed: Changed, status: HTTPStatus) -> Answer:
    nudge_worker()
    document, _, tagged = _entry(changed.row)
    return document | {"narrations_wanted": changed.narrations_wanted}, status, tagged


def _entry(row: LexiconEntry) -> Answer:
    tagged = {"ETag": f'"{row.version}"', "Cache-Control": "no-store"}
    return entry_document(row), HTTPStatus.OK, tagged
