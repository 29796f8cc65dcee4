"""The history of a narrative: everything that was published can be again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.guards import Acting
from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.errors import InvalidError, StaleError
from tourapp.narration.voicing import Voicing
from tourapp.publishing.scheduling import clear_end, schedule, set_end, unschedule
from tourapp.publishing.services import publish_at, withdraw
from tourapp.reviewing.queries import list_readers
from tourapp.reviewing.services import get_reading
from tourapp.staff.versions.services import compare, list_versions, take_up
from tourapp.staff.writing.addresses import TELLING, address_of, telling_of
from tourapp.staff.writing.services import get_written
from tourapp.staff.writing.wording import PARTS, telling_name
from tourapp.stops.editing import Telling
from tourapp.stops.services import get_narrative
from tourapp.web.context import current_resources, nudge_worker
from tourapp.web.frames import onwards, page, sent
from tourapp.web.numbers import counted

versions = Blueprint("versions", __name__, url_prefix="/bureau/arrets")

_LINE = f"{TELLING}/versions"
_ONE = f"{_LINE}/<whole:number>"

_NOT_TO_COME = "Donnez un jour et une heure à venir."
_CHANGED_MEANWHILE = "Cet arrêt a changé entre-temps\u202f: rien n’a été fait. Voici où il en est."


@versions.get(_LINE)
@needs("stops:draft")
def line(**which: str) -> AnyResponse:
    """List the versions of a narrative, the newest first."""
    return _line(telling_of(which))


@versions.get(_ONE)
@needs("stops:draft")
def one(number: int, **which: str) -> AnyResponse:
    """Show what a version changed, word by word."""
    return version_page(telling_of(which), number)


@versions.post(f"{_ONE}/reprendre")
@needs("stops:draft")
def post_taking_up(number: int, **which: str) -> AnyResponse:
    """Make one's own draft of a version."""
    telling = telling_of(which)
    try:
        with changing() as act:
            take_up(act.session, telling, number, base=sent("base"), by=act.by)
    except StaleError:
        flash(_CHANGED_MEANWHILE)
        return onwards(_address(telling))
    flash(f"La version {number} est dans votre brouillon. Relisez-la, puis publiez-la.")
    return onwards(address_of("edit", telling))


@versions.post(f"{_ONE}/publier")
@needs("stops:publish")
def post_publication(number: int, **which: str) -> AnyResponse:
    """Let every visitor see a version."""
    telling = telling_of(which)
    voicing = Voicing.of(current_resources().settings)

    def publish(act: Acting) -> str:
        publish_at(act.session, telling, number, tag=sent("tag"), by=act.by, voicing=voicing)
        return f"La version {number} est publiée. Le son suit dans la minute."

    return _changed(telling, publish)


@versions.post(f"{_ONE}/programmer")
@needs("stops:publish")
def post_schedule(number: int, **which: str) -> AnyResponse:
    """Have a version published by itself, at a time of the place."""
    telling = telling_of(which)

    def plan(act: Acting) -> str:
        at = _moment(sent("at"))
        schedule(act.session, telling, number, at=at, tag=sent("tag"), by=act.by)
        return f"La version {number} sera publiée d’elle-même."

    try:
        return _changed(telling, plan)
    except (InvalidError, ValueError):
        return _line(telling, faults={f"at-{number}": _NOT_TO_COME})


@versions.post(f"{_LINE}/deprogrammer")
@needs("stops:publish")
def post_unschedule(**which: str) -> AnyResponse:
    """Let no version wait for its time any more."""
    telling = telling_of(which)

    def unplan(act: Acting) -> str:
        unschedule(act.session, telling, tag=sent("tag"), by=act.by)
        return "Plus rien n’est prévu."

    return _changed(telling, unplan)


@versions.post(f"{_LINE}/fin")
@needs("stops:publish")
def post_end(**which: str) -> AnyResponse:
    """Have a narrative withdrawn by itself, at a time of the place."""
    telling = telling_of(which)

    def end(act: Acting) -> str:
        set_end(act.session, telling, at=_moment(sent("end")), tag=sent("tag"), by=act.by)
        return "Ce texte sera retiré de lui-même. Le corriger n’y change rien."

    try:
        return _changed(telling, end)
    except (InvalidError, ValueError):
        return _line(telling, faults={"end": _NOT_TO_COME})


@versions.post(f"{_LINE}/sans-fin")
@needs("stops:publish")
def post_end_cleared(**which: str) -> AnyResponse:
    """Let a narrative be seen without end."""
    telling = telling_of(which)

    def clear(act: Acting) -> str:
        clear_end(act.session, telling, tag=sent("tag"), by=act.by)
        return "Ce texte reste visible, sans date de fin."

    return _changed(telling, clear)


@versions.post(f"{_LINE}/retirer")
@needs("stops:publish")
def post_withdrawal(**which: str) -> AnyResponse:
    """Hide a narrative from visitors; its versions stay."""
    telling = telling_of(which)

    def hide(act: Acting) -> str:
        withdraw(act.session, telling, tag=sent("tag"), by=act.by)
        return "Les visiteurs ne voient plus ce texte. Ses versions restent ici."

    return _changed(telling, hide)


def version_page(
    telling: Telling, number: int, *, faults: Mapping[str, str] | None = None
) -> AnyResponse:
    """Draw a version: what it changed, what was asked and said of it; with what is being said."""
    with_number = request.args.get("avec", default=number - 1, type=counted)
    with viewing() as view:
        compared = compare(view.session, telling, number, with_number=with_number)
        reading = get_reading(view.session, telling, number)
        readers = list_readers(view.session)
        stop = get_written(view.session, telling, by=view.by).edited.stop
        return page(
            "version.html",
            stop=stop,
            name=telling_name(telling.lang, telling.variant),
            compared=compared,
            reading=reading,
            readers=[reader for reader in readers if reader.id != view.by.person_id],
            parts=PARTS,
            labels={part.name: part.label for part in PARTS},
            line_url=_address(telling),
            values=request.form,
            faults=faults,
        )


def _moment(written: str) -> datetime:
    """Return a time of the place as a field gives it, or raise ValueError."""
    zone = ZoneInfo(current_resources().settings.time_zone)
    return datetime.fromisoformat(written).replace(tzinfo=zone)


def _changed(telling: Telling, change: Callable[[Acting], str]) -> AnyResponse:
    """Make a change on the state that the form names, and tell what became of it."""
    try:
        with changing() as act:
            said = change(act)
    except StaleError:
        said = _CHANGED_MEANWHILE
    else:
        nudge_worker()
    flash(said)
    return onwards(_address(telling))


def _line(telling: Telling, *, faults: dict[str, str] | None = None) -> AnyResponse:
    with viewing() as view:
        written = get_written(view.session, telling, by=view.by)
        stop = written.edited.stop
        narrative = get_narrative(view.session, stop, lang=telling.lang, variant=telling.variant)
        listed = list_versions(view.session, narrative, telling)
    return page(
        "versions.html",
        written=written,
        stop=stop,
        narrative=narrative,
        versions=listed,
        name=telling_name(telling.lang, telling.variant),
        edit_url=address_of("edit", telling),
        line_url=_address(telling),
        faults=faults,
    )


def _address(telling: Telling) -> str:
    return url_for("versions.line", slug=telling.slug, lang=telling.lang, variant=telling.variant)
