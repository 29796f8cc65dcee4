"""The lexicon over HTTP: listed, corrected, confirmed."""

from http import HTTPStatus
from typing import Any

from flask_smorest.pagination import PaginationParameters

from tourapp.accounts.guards import GUARDED, acting, condition, required_tag
from tourapp.narration.correcting.schemas import (
    ChangedEntrySchema,
    ConfirmationSchema,
    EntryChangeSchema,
    EntryQuerySchema,
    EntrySchema,
    NewEntrySchema,
    RemovalSchema,
    entry_document,
)
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
from tourapp.narration.voicing import Voicing
from tourapp.web.api import ApiBlueprint, asked_page
from tourapp.web.context import current_resources, nudge_worker
from tourapp.web.idempotency import IDEMPOTENCY_KEY

lexicon = ApiBlueprint(
    "lexicon",
    __name__,
    url_prefix="/api/v1/lexicon",
    description="How local names are said, with a token",
)

_CONDITION = condition("the ETag of the entry that the change is made on")

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@lexicon.get("")
@lexicon.doc(**GUARDED)
@lexicon.arguments(EntryQuerySchema, location="query")
@lexicon.response(200, EntrySchema(many=True))
@lexicon.paginate(page_size=50, max_page_size=200)
def get_entries(
    query: EntryQuery,
    pagination_parameters: PaginationParameters,
) -> list[dict[str, Any]]:
    """List the entries by language and written form."""
    with acting("lexicon:write") as act:
        page = asked_page(pagination_parameters, count=count_entries(act.session, query))
        rows = list_entries(
            act.session,
            query,
            offset=page.offset,
            limit=page.limit,
        )
        return [entry_document(row) for row in rows]


@lexicon.post("")
@lexicon.doc(**GUARDED, parameters=[IDEMPOTENCY_KEY])
@lexicon.arguments(NewEntrySchema)
@lexicon.response(201, ChangedEntrySchema)
def post_entry(entry: Entry) -> Answer:
    """Add an entry; every published text in which it stands is spoken again."""
    with acting("lexicon:write") as act:
        changed = create_entry(act.session, entry, by=act.by, voicing=_voicing())
    return _changed(changed, HTTPStatus.CREATED)


@lexicon.get("/<whole:entry_id>")
@lexicon.doc(**GUARDED)
@lexicon.response(200, EntrySchema)
def get_one_entry(entry_id: int) -> Answer:
    """Return an entry with its ETag."""
    with acting("lexicon:write") as act:
        return _entry(get_entry(act.session, entry_id))


@lexicon.patch("/<whole:entry_id>")
@lexicon.doc(**GUARDED, parameters=[_CONDITION])
@lexicon.arguments(EntryChangeSchema)
@lexicon.response(200, ChangedEntrySchema)
def patch_entry(changes: dict[str, str | None], entry_id: int) -> Answer:
    """Change how an entry is said; exactly the texts in which it stands are spoken again."""
    with acting("lexicon:write") as act:
        tag, voicing = required_tag(), _voicing()
        changed = change_entry(act.session, entry_id, changes, tag=tag, by=act.by, voicing=voicing)
    return _changed(changed, HTTPStatus.OK)


@lexicon.delete("/<whole:entry_id>")
@lexicon.doc(**GUARDED, parameters=[_CONDITION])
@lexicon.response(200, RemovalSchema)
def delete_entry(entry_id: int) -> dict[str, int]:
    """Remove an entry; a file that still has it does not bring it back."""
    with acting("lexicon:write") as act:
        tag, voicing = required_tag(), _voicing()
        changed = remove_entry(act.session, entry_id, tag=tag, by=act.by, voicing=voicing)
    nudge_worker()
    return {"narrations_wanted": changed.narrations_wanted}


@lexicon.post("/<whole:entry_id>/confirmation")
@lexicon.doc(**GUARDED, parameters=[_CONDITION])
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
