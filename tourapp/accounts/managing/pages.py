"""People and the log, for whoever administers."""

from collections.abc import Mapping

from flask import Blueprint, Response, flash, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.managing.queries import PAGE_SIZE, count_events, list_events
from tourapp.accounts.managing.services import delivery_by, invite, send_away
from tourapp.accounts.models import Person
from tourapp.accounts.permissions import ROLES
from tourapp.accounts.services import (
    KnownAddressError,
    LastAdministratorError,
    UnknownAddressError,
    enable_person,
    get_person_by_id,
    list_people,
    set_roles,
)
from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.accounts.signing.letters import INVITING, link_url, send_link
from tourapp.accounts.wording import ROLE_HINTS, ROLE_NAMES
from tourapp.mail import open_mailer
from tourapp.web.context import current_resources
from tourapp.web.frames import chosen, onwards, page, page_number, sent

LONGEST_NAME = 120

managing = Blueprint("managing", __name__, url_prefix="/bureau")

_LAST = "Il faut qu’au moins une personne active garde l’administration."


@managing.get("/personnes")
@needs("people:manage")
def people() -> AnyResponse:
    """List everybody, and offer to invite somebody."""
    return _people()


@managing.post("/personnes")
@needs("people:manage")
def post_person() -> AnyResponse:
    """Invite somebody: a link goes to their address, and is shown this once."""
    email, name, roles = sent("email"), sent("name")[:LONGEST_NAME], chosen("roles", ROLES)
    given = {"email": email, "name": name, "roles": roles}
    if not roles:
        return _people(given, faults={"roles": "Choisissez au moins un rôle."})
    try:
        with changing() as act:
            person, secret = invite(
                act.session,
                email=email,
                name=name,
                roles=roles,
                secret_key=current_resources().settings.secret_key,
                by=act.by,
            )
    except UnknownAddressError:
        return _people(given, faults={"email": "Ce n’est pas une adresse électronique."})
    except KnownAddressError:
        return _people(given, faults={"email": "Cette adresse est déjà connue, voyez la liste."})
    return _invited(person, secret)


@managing.post("/personnes/<whole:person_id>/lien")
@needs("people:manage")
def post_link(person_id: int) -> AnyResponse:
    """Send somebody another link to choose a password."""
    with changing() as act:
        person = get_person_by_id(act.session, person_id)
        secret_key = current_resources().settings.secret_key
        secret = send_link(act.session, person, INVITING, secret_key=secret_key, by=act.by)
    return _invited(person, secret)


@managing.post("/personnes/<whole:person_id>/roles")
@needs("people:manage")
def post_roles(person_id: int) -> AnyResponse:
    """Give somebody these roles and no others."""
    roles = chosen("roles", ROLES)
    if not roles:
        return _people(faults={f"roles-{person_id}": "Choisissez au moins un rôle."})
    try:
        with changing() as act:
            person = get_person_by_id(act.session, person_id)
            set_roles(act.session, person, roles, by=act.by)
    except LastAdministratorError:
        return _people(faults={f"roles-{person_id}": _LAST})
    flash(f"Les rôles de {person.name} sont changés.")
    return onwards(url_for("managing.people"))


@managing.post("/personnes/<whole:person_id>/fin")
@needs("people:manage")
def post_end(person_id: int) -> AnyResponse:
    """Let nothing of somebody's work any more."""
    try:
        with changing() as act:
            person = get_person_by_id(act.session, person_id)
            send_away(act.session, person, by=act.by)
    except LastAdministratorError:
        return _people(faults={f"roles-{person_id}": _LAST})
    flash(f"{person.name} n’a plus accès au bureau.")
    return onwards(url_for("managing.people"))


@managing.post("/personnes/<whole:person_id>/retour")
@needs("people:manage")
def post_return(person_id: int) -> AnyResponse:
    """Let somebody in again."""
    with changing() as act:
        person = get_person_by_id(act.session, person_id)
        enable_person(act.session, person, by=act.by)
    flash(f"{person.name} a de nouveau accès au bureau.")
    return onwards(url_for("managing.people"))


@managing.get("/journal")
@needs("people:manage")
def log() -> AnyResponse:
    """Show what was changed, the newest first."""
    number = page_number()
    with viewing() as view:
        count = count_events(view.session)
        events = list_events(view.session, offset=(number - 1) * PAGE_SIZE)
    pages_count = max(1, -(-count // PAGE_SIZE))
    return page("log.html", events=events, page_number=number, pages_count=pages_count)


def _invited(person: Person, secret: str) -> Response:
    settings = current_resources().settings
    is_kept = delivery_by(settings) == "kept"
    return page(
        "invited.html",
        person=person,
        url=link_url(settings, secret),
        kept_in=open_mailer(settings.mail_url).described if is_kept else "",
    )


def _people(
    given: Mapping[str, object] | None = None, *, faults: dict[str, str] | None = None
) -> Response:
    with viewing() as view:
        everybody = list_people(view.session)
    return page(
        "people.html",
        people=everybody,
        given=given or {"email": "", "name": "", "roles": ["redaction"]},
        role_names=ROLE_NAMES,
        role_hints=ROLE_HINTS,
        faults=faults,
    )
