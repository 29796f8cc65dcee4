"""One's own account: password, second factor, devices, tokens."""

from flask import Blueprint, Response, flash, url_for
from markupsafe import Markup
from qrcode import QRCode
from qrcode.image.svg import SvgPathImage
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.services import get_person_by_id
from tourapp.accounts.signing.attempts import TooManyAttemptsError
from tourapp.accounts.signing.doorkeeping import WrongPasswordError
from tourapp.accounts.signing.guards import (
    MEMBER,
    caller,
    changing,
    door,
    forget_secret,
    needs,
    signed_in,
    viewing,
)
from tourapp.accounts.signing.passwords import PasswordError
from tourapp.accounts.signing.second_factor import (
    WrongCodeError,
    begin_second_factor,
    confirm_second_factor,
    count_recovery_codes,
    end_second_factor,
    renew_recovery_codes,
    uri_of,
)
from tourapp.accounts.signing.sign_ins import end_every_sign_in, end_sign_in, list_sign_ins
from tourapp.accounts.tokens import issue_token, list_tokens, revoke_token
from tourapp.accounts.wording import (
    PASSWORD_FAULTS,
    SCOPE_NAMES,
    WRONG_CODE,
    WRONG_OWN_PASSWORD,
    wait_told,
)
from tourapp.errors import ConflictError
from tourapp.web.frames import chosen, onwards, page, sent

LONGEST_LABEL = 80
TOKEN_DAYS = (30, 90, 365)

_SHOWN_ALREADY = (
    "Ce code est déjà demandé, et les codes de secours ont été montrés. Si vous ne les avez pas"
    " notés, faites-en de nouveaux."
)

account = Blueprint("account", __name__, url_prefix="/bureau/compte")


@account.get("")
@needs(MEMBER)
def overview() -> AnyResponse:
    """Show who one is here, and what can be changed."""
    return _overview()


@account.post("/mot-de-passe")
@needs(MEMBER)
def post_password() -> AnyResponse:
    """Choose another password, and sign in with it everywhere."""
    if fault := _find_password_fault():
        return _overview(faults={"password": fault})
    try:
        door().change_password(sent("wanted"), by=signed_in().by)
    except PasswordError as error:
        return _overview(faults={"wanted": PASSWORD_FAULTS[error.fault]})
    forget_secret()
    flash("Votre mot de passe est changé. Entrez avec le nouveau.")
    return onwards(url_for("signing.sign_in"))


@account.post("/appareils/<whole:sign_in_id>/fin")
@needs(MEMBER)
def post_device_end(sign_in_id: int) -> AnyResponse:
    """Have one device sign in again."""
    with changing() as act:
        end_sign_in(act.session, sign_in_id, by=act.by)
    flash("Cet appareil est déconnecté.")
    return onwards(url_for("account.overview"))


@account.post("/appareils/fin")
@needs(MEMBER)
def post_every_device_end() -> AnyResponse:
    """Have every device sign in again, this one too."""
    with changing() as act:
        person = get_person_by_id(act.session, act.by.person_id)
        end_every_sign_in(act.session, person, by=act.by)
    forget_secret()
    flash("Tous vos appareils sont déconnectés.")
    return onwards(url_for("signing.sign_in"))


@account.get("/double")
@needs(MEMBER)
def second_factor() -> AnyResponse:
    """Show the second factor: absent, to be confirmed, or asked for."""
    return _second_factor()


@account.post("/double")
@needs(MEMBER)
def post_second_factor() -> AnyResponse:
    """Choose the secret that the phone is to read."""
    if fault := _find_password_fault():
        return _second_factor(faults={"password": fault})
    with changing() as act:
        begin_second_factor(act.session, get_person_by_id(act.session, act.by.person_id), by=act.by)
    return onwards(url_for("account.second_factor"))


@account.post("/double/confirmer")
@needs(MEMBER)
def post_confirmation() -> AnyResponse:
    """Ask for codes from now on, and show the recovery codes this once."""
    try:
        with changing() as act:
            person = get_person_by_id(act.session, act.by.person_id)
            codes = confirm_second_factor(act.session, person, sent("code"), by=act.by)
    except WrongCodeError:
        return _second_factor(faults={"code": WRONG_CODE})
    except ConflictError:
        flash(_SHOWN_ALREADY)
        return onwards(url_for("account.second_factor"))
    return page("recovery.html", codes=codes)


@account.post("/double/secours")
@needs(MEMBER)
def post_recovery_codes() -> AnyResponse:
    """Show new recovery codes, in the place of those before."""
    if fault := _find_password_fault():
        return _second_factor(faults={"password": fault})
    with changing() as act:
        person = get_person_by_id(act.session, act.by.person_id)
        codes = renew_recovery_codes(act.session, person, by=act.by)
    return page("recovery.html", codes=codes)


@account.post("/double/fin")
@needs(MEMBER)
def post_second_factor_end() -> AnyResponse:
    """Ask for no codes any more."""
    if fault := _find_password_fault():
        return _second_factor(faults={"end_password": fault})
    with changing() as act:
        end_second_factor(act.session, get_person_by_id(act.session, act.by.person_id), by=act.by)
    flash("Le code du téléphone n’est plus demandé.")
    return onwards(url_for("account.second_factor"))


@account.get("/jetons")
@needs(MEMBER)
def tokens() -> AnyResponse:
    """List one's tokens, and offer to make one."""
    return _tokens()


@account.post("/jetons")
@needs(MEMBER)
def post_token() -> AnyResponse:
    """Make a token, and show it this once."""
    by = signed_in().by
    label = sent("label").strip()[:LONGEST_LABEL]
    scopes = chosen("scopes", by.permissions)
    days = next((days for days in TOKEN_DAYS if sent("days") == str(days)), TOKEN_DAYS[0])
    if not label:
        return _tokens(scopes=scopes, faults={"label": "Dites à quoi ce jeton servira."})
    if not scopes:
        return _tokens(label=label, faults={"scopes": "Choisissez au moins un droit."})
    with changing() as act:
        person = get_person_by_id(act.session, by.person_id)
        secret = issue_token(act.session, person, label=label, scopes=scopes, days=days, by=act.by)
    return _tokens(secret=secret)


@account.post("/jetons/<whole:token_id>/fin")
@needs(MEMBER)
def post_token_end(token_id: int) -> AnyResponse:
    """Refuse a token from now on."""
    with changing() as act:
        revoke_token(act.session, token_id, by=act.by)
    flash("Ce jeton ne vaut plus rien.")
    return onwards(url_for("account.tokens"))


def _overview(*, faults: dict[str, str] | None = None) -> Response:
    with viewing() as view:
        sign_ins = list_sign_ins(view.session, view.by.person_id)
    here = signed_in().sign_in_id
    return page("account.html", sign_ins=sign_ins, here=here, faults=faults)


def _second_factor(*, faults: dict[str, str] | None = None) -> Response:
    with viewing() as view:
        person = get_person_by_id(view.session, view.by.person_id)
        left = count_recovery_codes(view.session, person)
    is_begun = person.totp_secret is not None and not person.has_second_factor
    qr = _drawn(uri_of(person)) if is_begun else ""
    return page("second_factor.html", person=person, left=left, qr=qr, faults=faults)


def _tokens(
    *,
    secret: str = "",
    label: str = "",
    scopes: list[str] | None = None,
    faults: dict[str, str] | None = None,
) -> Response:
    with viewing() as view:
        listed = list_tokens(view.session, view.by.person_id)
    offered = {name: SCOPE_NAMES[name] for name in sorted(view.by.permissions)}
    return page(
        "tokens.html",
        tokens=listed,
        secret=secret,
        label=label,
        scopes=scopes or [],
        offered=offered,
        days=TOKEN_DAYS,
        now=view.by.at,
        faults=faults,
    )


def _find_password_fault() -> str | None:
    """Ask for the password anew, and return what is wrong with the one that was given."""
    try:
        door().ask_again(sent("password"), by=signed_in().by, caller=caller())
    except TooManyAttemptsError as error:
        return wait_told(error)
    except WrongPasswordError:
        return WRONG_OWN_PASSWORD
    return None


def _drawn(uri: str) -> Markup:
    code = QRCode(image_factory=SvgPathImage, border=4)
    code.add_data(uri)
    return Markup(code.make_image().to_string(encoding="unicode"))  # noqa: S704 -- our own drawing
