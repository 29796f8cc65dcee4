"""The door of the bureau: address and password, the phone's code, a link to choose a password."""

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.models import Person
from tourapp.accounts.signing.attempts import TooManyAttemptsError
from tourapp.accounts.signing.doorkeeping import WrongPasswordError
from tourapp.accounts.signing.guards import (
    ANYONE,
    MEMBER,
    admit,
    caller,
    changing,
    door,
    forget_secret,
    keep_device,
    needs,
    shown_secret,
    signed_in,
)
from tourapp.accounts.signing.links import get_linked
from tourapp.accounts.signing.passwords import PasswordError
from tourapp.accounts.signing.second_factor import WrongCodeError
from tourapp.accounts.signing.sign_ins import end_sign_in
from tourapp.accounts.wording import PASSWORD_FAULTS, WRONG_CODE, WRONG_PASSWORD, wait_told
from tourapp.web.context import current_resources
from tourapp.web.entrance import ROOMS
from tourapp.web.frames import onwards, page, sent

HOME = "/bureau/"

signing = Blueprint("signing", __name__, url_prefix="/bureau")


@signing.get("/entrer")
@needs(ANYONE)
def sign_in() -> AnyResponse:
    """Ask for address and password."""
    return _door(email="")


@signing.post("/entrer")
@needs(ANYONE)
def post_sign_in() -> AnyResponse:
    """Let somebody in, or on to the code."""
    email = sent("email")
    try:
        admitted = door().sign_in(email, sent("password"), caller=caller())
    except TooManyAttemptsError as error:
        return _door(email=email, faults={"password": wait_told(error)})
    except WrongPasswordError:
        return _door(email=email, faults={"password": WRONG_PASSWORD})
    if admitted.needs_code:
        return admit(admitted, onwards(url_for("signing.code", suite=_wanted())))
    return admit(admitted, onwards(_wanted()))


@signing.get("/code")
@needs(ANYONE)
def code() -> AnyResponse:
    """Ask for the phone's code."""
    return page("code.html", wanted=_wanted())


@signing.post("/code")
@needs(ANYONE)
def post_code() -> AnyResponse:
    """Let somebody in who shows the right code."""
    try:
        admitted = door().confirm(shown_secret(), sent("code"), caller=caller())
    except TooManyAttemptsError as error:
        return page("code.html", wanted=_wanted(), faults={"code": wait_told(error)})
    except WrongCodeError:
        return page("code.html", wanted=_wanted(), faults={"code": WRONG_CODE})
    return admit(admitted, onwards(_wanted()))


@signing.post("/sortir")
@needs(MEMBER)
def sign_out() -> AnyResponse:
    """End the sign-in of this device."""
    with changing() as act:
        end_sign_in(act.session, signed_in().sign_in_id, by=act.by)
    forget_secret()
    return onwards(url_for("signing.sign_in"))


@signing.get("/mot-de-passe-oublie")
@needs(ANYONE)
def forgotten() -> AnyResponse:
    """Ask where to send a link."""
    return page("forgotten.html", is_sent=False, email="")


@signing.post("/mot-de-passe-oublie")
@needs(ANYONE)
def post_forgotten() -> AnyResponse:
    """Send a link, where somebody has this address; the answer is the same for all."""
    email = sent("email")
    try:
        door().rescue(email, caller=caller())
    except TooManyAttemptsError as error:
        faults = {"email": wait_told(error)}
        return page("forgotten.html", is_sent=False, email=email, faults=faults)
    return page("forgotten.html", is_sent=True, email=email)


@signing.get("/lien/<secret>")
@needs(ANYONE)
def link(secret: str) -> AnyResponse:
    """Let the holder of a link choose a password."""
    with current_resources().database.reading() as session:
        person = get_linked(session, secret, now=caller().at)
    return page("link.html", email=person.email)


@signing.post("/lien/<secret>")
@needs(ANYONE)
def post_link(secret: str) -> AnyResponse:
    """Give the holder of a link a password, and let them sign in with it."""
    with current_resources().database.reading() as session:
        email = get_linked(session, secret, now=caller().at).email
    try:
        person = door().use_link(secret, sent("password"), caller=caller())
    except PasswordError as error:
        faults = {"password": PASSWORD_FAULTS[error.fault]}
        return page("link.html", email=email, faults=faults)
    forget_secret()
    return _welcomed(person)


def _welcomed(person: Person) -> AnyResponse:
    # Whoever had the letter is known on this device: nobody who tries passwords keeps them out.
    return keep_device(_door(email=person.email, is_chosen=True), person.id)


def _door(*, email: str, is_chosen: bool = False, faults: dict[str, str] | None = None) -> Response:
    return page("door.html", email=email, wanted=_wanted(), is_chosen=is_chosen, faults=faults)


def _wanted() -> str:
    """Return where somebody was on the way to: behind this door, nowhere else."""
    wanted = request.values.get("suite", "")
    is_ours = wanted.startswith(tuple(f"{room}/" for room in ROOMS)) and "\\" not in wanted
    return wanted if is_ours else HOME
