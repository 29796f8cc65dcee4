"""The lexicon: found, corrected, confirmed, and heard before it is saved."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, signed_in, viewing
from tourapp.errors import ConflictError, InvalidError, StaleError
from tourapp.narration.editing import (
    Changed,
    change_entry,
    confirm_entry,
    create_entry,
    remove_entry,
)
from tourapp.narration.lexicon import Entry
from tourapp.narration.lexicon.store import (
    EntryQuery,
    count_entries,
    entry_of,
    find_claimant,
    get_entry,
    list_entries,
)
from tourapp.narration.previews.services import WAITING, find_preview, request_preview
from tourapp.narration.schemas import audio_files
from tourapp.narration.voicing import Voicing
from tourapp.staff.forms import FaultyFormError
from tourapp.staff.lexicon.forms import FIELDS, HOW_SAID, TAKEN, WHO, fields_of, read_entry
from tourapp.staff.lexicon.queries import list_told
from tourapp.stops.content import LANGUAGES
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_resources, nudge_worker
from tourapp.web.frames import as_json, is_for_a_script, onwards, page, page_number, sent
from tourapp.web.numbers import counted

lexicon = Blueprint("lexicon", __name__, url_prefix="/bureau/lexique")

LISTED_AT_ONCE = 50

_ENTRY = "/<whole:entry_id>"
_CHANGED_MEANWHILE = (
    "Cette entrée a changé entre-temps\u202f: rien n’a été fait. Voici où elle en est."
)


@lexicon.get("")
@needs("lexicon:write")
def entries() -> AnyResponse:
    """List the entries with these words, a page at a time."""
    number = page_number()
    lang, words = request.args.get("lang", LANGUAGES[0]), request.args.get("q", "")
    query = EntryQuery(lang=lang if lang in LANGUAGES else None, words=words)
    with viewing() as view:
        count = count_entries(view.session, query)
        offset = (number - 1) * LISTED_AT_ONCE
        listed = list_entries(view.session, query, offset=offset, limit=LISTED_AT_ONCE)
    return page(
        "lexicon.html",
        entries=listed,
        count=count,
        query=query,
        languages=LANGUAGES,
        page_number=number,
        pages_count=max(1, -(-count // LISTED_AT_ONCE)),
    )


@lexicon.get("/nouveau")
@needs("lexicon:write")
def new() -> AnyResponse:
    """Show an empty form, or one that says already which word it is for."""
    return _form_page({"lang": LANGUAGES[0]} | request.args.to_dict())


@lexicon.post("/nouveau")
@needs("lexicon:write")
def post_entry() -> AnyResponse:
    """Add an entry; the texts in which it stands are spoken again."""
    try:
        entry = read_entry(request.form)
        with changing() as act:
            changed = create_entry(act.session, entry, by=act.by, voicing=_voicing())
    except FaultyFormError as error:
        return _form_page(request.form.to_dict(), faults=error.faults)
    except ConflictError:
        return _form_page(request.form.to_dict(), faults={"written": TAKEN}, rival=entry)
    return _told(changed, said=f"«\u202f{entry.written}\u202f» est dans le lexique.")


@lexicon.get(_ENTRY)
@needs("lexicon:write")
def one(entry_id: int) -> AnyResponse:
    """Show how a word is said, in which texts, and who agrees."""
    with viewing() as view:
        fields = fields_of(get_entry(view.session, entry_id))
    return _form_page(fields | request.args.to_dict(), entry_id=entry_id)


@lexicon.post(_ENTRY)
@needs("lexicon:write")
def post_change(entry_id: int) -> AnyResponse:
    """Say a word otherwise; the texts in which it stands are spoken again."""
    with viewing() as view:
        kept = fields_of(get_entry(view.session, entry_id))
    written = kept | {name: sent(name) for name in (*HOW_SAID, "tag")}
    try:
        entry = read_entry(written)
        changes = {name: getattr(entry, name) for name in HOW_SAID}
        with changing() as act:
            changed = change_entry(
                act.session, entry_id, changes, tag=sent("tag"), by=act.by, voicing=_voicing()
            )
    except FaultyFormError as error:
        return _form_page(written, entry_id=entry_id, faults=error.faults)
    except StaleError:
        return _overtaken(entry_id)
    return _told(changed, said="C’est enregistré.")


@lexicon.post(f"{_ENTRY}/confirmer")
@needs("lexicon:write")
def post_confirmation(entry_id: int) -> AnyResponse:
    """Note who agrees to how a word is said."""
    name = sent("by").strip()
    try:
        with changing() as act:
            confirm_entry(act.session, entry_id, tag=sent("tag"), confirmed_by=name, by=act.by)
    except StaleError:
        return _overtaken(entry_id)
    except InvalidError:
        with viewing() as view:
            fields = fields_of(get_entry(view.session, entry_id))
        return _form_page(fields | {"by": name}, entry_id=entry_id, faults={"by": WHO})
    flash("C’est confirmé.")
    return onwards(url_for("lexicon.one", entry_id=entry_id))


@lexicon.post(f"{_ENTRY}/retirer")
@needs("lexicon:write")
def post_removal(entry_id: int) -> AnyResponse:
    """Let the rules alone say a word again."""
    try:
        with changing() as act:
            changed = remove_entry(
                act.session, entry_id, tag=sent("tag"), by=act.by, voicing=_voicing()
            )
    except StaleError:
        return _overtaken(entry_id)
    said = f"«\u202f{changed.row.written}\u202f» n’est plus dans le lexique."
    return _told(changed, said=said, onto=url_for("lexicon.entries"))


@lexicon.post("/ecouter")
@needs("lexicon:write")
def post_listening() -> AnyResponse:
    """Have a word spoken as it is written into the form, which nobody has saved."""
    fields = {name: sent(name) for name in (*FIELDS, "tag") if sent(name)}
    entry_id = request.form.get("entry", type=counted)
    try:
        entry = read_entry({"written": "mot"} | fields)
    except FaultyFormError as error:
        if is_for_a_script():
            return as_json({"faults": error.faults}, HTTPStatus.UNPROCESSABLE_ENTITY)
        return _form_page(fields, entry_id=entry_id, faults=error.faults)
    with changing() as act:
        wanted = request_preview(act.session, entry.said, lang=entry.lang, by=act.by)
    nudge_worker()
    if is_for_a_script():
        return onwards(url_for("listening.listen", preview_id=wanted.id))
    return onwards(_form_address(entry_id, fields | {"ecoute": wanted.id}))


def _form_address(entry_id: int | None, fields: Mapping[str, str]) -> str:
    """Return a form that is filled in already."""
    if entry_id is None:
        return url_for("lexicon.new", **fields)  # type: ignore[arg-type] # names of fields alone
    return url_for("lexicon.one", entry_id=entry_id, **fields)  # type: ignore[arg-type] # as above


def _form_page(
    fields: Mapping[str, str],
    *,
    entry_id: int | None = None,
    faults: Mapping[str, str] | None = None,
    rival: Entry | None = None,
) -> AnyResponse:
    with viewing() as view:
        row = None if entry_id is None else get_entry(view.session, entry_id)
        entry = _find_entry(fields) if row is None else entry_of(row)
        told = list_told(view.session, entry, version=_voicing().version) if entry else []
        preview = find_preview(view.session, fields.get("ecoute", ""), now=view.by.at)
        claimant = None if rival is None else find_claimant(view.session, rival)
    return page(
        "lexicon_entry.html",
        row=row,
        told=told,
        preview=preview,
        files=[] if preview is None else audio_files(preview, addresses=Addresses()),
        is_waiting=preview is not None and preview.state in WAITING,
        claimant=claimant,
        values={"by": signed_in().person.name} | dict.fromkeys(FIELDS, "") | {**fields},
        languages=LANGUAGES,
        faults=faults,
    )


def _find_entry(fields: Mapping[str, str]) -> Entry | None:
    """Return what is written into a form so far, where it can be said already."""
    try:
        return read_entry(fields)
    except FaultyFormError:
        return None


def _told(changed: Changed, *, said: str, onto: str = "") -> AnyResponse:
    """Lead on, telling how much is spoken again."""
    nudge_worker()
    wanted = changed.narrations_wanted
    follows = f" Sons refaits\u202f: {wanted}, dans la minute." if wanted else ""
    flash(said + follows)
    return onwards(onto or url_for("lexicon.one", entry_id=changed.row.id))


def _overtaken(entry_id: int) -> AnyResponse:
    flash(_CHANGED_MEANWHILE)
    return onwards(url_for("lexicon.one", entry_id=entry_id))


def _voicing() -> Voicing:
    return Voicing.of(current_resources().settings)
