"""The register of signs: listed, described, checked, moved, photographed, retired."""

from collections.abc import Callable, Mapping

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.guards import Acting
from tourapp.accounts.signing.guards import changing, needs, receives, viewing
from tourapp.errors import ConflictError, InvalidError, StaleError
from tourapp.pictures.intake import MOST_BYTES
from tourapp.signage.models import STATES
from tourapp.signage.register.photos import MOST_A_SIGN, add_photo, keep_photo, remove_photo
from tourapp.signage.register.queries import SignQuery
from tourapp.signage.register.scans import list_postings
from tourapp.signage.register.schemas import list_outdated
from tourapp.signage.register.services import (
    add_sign,
    change_sign,
    check_sign,
    move_sign,
    restore_sign,
    retire_sign,
)
from tourapp.signage.register.states import list_next
from tourapp.signage.reports.services import list_reports_of
from tourapp.signage.services import get_sign
from tourapp.staff.forms import FaultyFormError
from tourapp.staff.signs.forms import fields_of, read_check, read_description
from tourapp.staff.signs.queries import list_register
from tourapp.staff.writing.queries import list_standing, list_titles
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_day, current_resources
from tourapp.web.frames import onwards, page, page_number, page_with_map, sent

signs = Blueprint("signs", __name__, url_prefix="/bureau/panneaux")

LISTED_AT_ONCE = 60

_FORM_BYTES = 10_000
_RETIRED = "retired"


@signs.get("")
@needs("signs:manage")
def register() -> AnyResponse:
    """List the signs, a page at a time; those first that somebody should see to."""
    number = page_number()
    state = request.args.get("etat", "")
    query = SignQuery(
        states=tuple(each for each in STATES if each == state), retired=state == _RETIRED
    )
    with viewing() as view:
        listed = list_register(view.session, query, today=current_day())
        stops, titles = list_standing(view.session), list_titles(view.session)
    first = (number - 1) * LISTED_AT_ONCE
    return page(
        "signs.html",
        listed=listed[first : first + LISTED_AT_ONCE],
        count=len(listed),
        stops=stops,
        titles=titles,
        states=STATES,
        state=state,
        page_number=number,
        pages_count=max(1, -(-len(listed) // LISTED_AT_ONCE)),
    )


@signs.post("")
@needs("signs:manage")
def post_sign() -> AnyResponse:
    """Plan another sign for a stop."""
    with changing() as act:
        code = add_sign(act.session, sent("stop"), {}, by=act.by).code
    flash(f"Le panneau {code} est prévu. Dites où il sera, puis imprimez-le.")
    return onwards(_address(code))


@signs.get("/<code>")
@needs("signs:manage")
def one(code: str) -> AnyResponse:
    """Show a sign with all that is known of it."""
    return _sign_page(code)


@signs.post("/<code>/decrire")
@needs("signs:manage")
def post_description(code: str) -> AnyResponse:
    """Say anew where a sign hangs, and on what."""

    def describe(act: Acting) -> str:
        described = read_description(request.form)
        change_sign(act.session, code, described, tag=sent("tag"), by=act.by)
        return "C’est enregistré."

    return _changed(code, describe)


@signs.post("/<code>/controler")
@needs("signs:manage")
def post_check(code: str) -> AnyResponse:
    """Note that one stood before a sign, and what one found."""

    def check(act: Acting) -> str:
        found = read_check(request.form)
        check_sign(act.session, code, **found, tag=sent("tag"), by=act.by)
        return "Votre passage est noté."

    return _changed(code, check)


@signs.post("/<code>/deplacer")
@needs("signs:manage")
def post_move(code: str) -> AnyResponse:
    """Let a sign lead to another stop, at once."""

    def move(act: Acting) -> str:
        sign = move_sign(act.session, code, to=sent("stop"), tag=sent("tag"), by=act.by)
        return f"Ce panneau mène maintenant à l’arrêt {sign.stop.number}."

    return _changed(
        code,
        move,
        otherwise="Rien de cet arrêt n’est publié\u202f: le panneau ne mènerait à rien.",
    )


@signs.post("/<code>/retirer")
@needs("signs:manage")
def post_retirement(code: str) -> AnyResponse:
    """Let a sign lead nowhere any more."""

    def retire(act: Acting) -> str:
        retire_sign(act.session, code, tag=sent("tag"), by=act.by)
        return "Ce panneau ne mène plus à rien, et le dit à qui le lit."

    return _changed(code, retire)


@signs.post("/<code>/remettre")
@needs("signs:manage")
def post_return(code: str) -> AnyResponse:
    """Let a retired sign lead to its stop again."""

    def restore(act: Acting) -> str:
        sign = restore_sign(act.session, code, tag=sent("tag"), by=act.by)
        return f"Ce panneau mène de nouveau à l’arrêt {sign.stop.number}."

    return _changed(code, restore)


@signs.post("/<code>/photos")
@receives(MOST_BYTES + _FORM_BYTES)
@needs("signs:manage")
def post_photo(code: str) -> AnyResponse:
    """Add a photograph: its pixels alone are kept, not where and when it was taken."""
    with viewing() as view:
        get_sign(view.session, code)
    given = request.files.get("photo")
    if not given:
        return _sign_page(code, faults={"photo": "Choisissez une photo."})
    try:
        kept = keep_photo(current_resources().media, given.stream)
        with changing() as act:
            add_photo(act.session, code, kept, by=act.by)
    except InvalidError:
        told = "Ce n’est pas une photo que l’on puisse lire, ou elle est trop grande."
        return _sign_page(code, faults={"photo": told})
    except ConflictError:
        told = f"Ce panneau a déjà {MOST_A_SIGN} photos\u202f: retirez-en une d’abord."
        return _sign_page(code, faults={"photo": told})
    flash("La photo est ajoutée.")
    return onwards(_address(code))


@signs.post("/<code>/photos/<whole:photo_id>/retirer")
@needs("signs:manage")
def post_photo_end(code: str, photo_id: int) -> AnyResponse:
    """Take a photograph away."""
    with changing() as act:
        remove_photo(act.session, code, photo_id, by=act.by)
    flash("La photo est retirée.")
    return onwards(_address(code))


def _changed(
    code: str, change: Callable[[Acting], str], *, otherwise: str = "Cela ne peut pas se faire."
) -> AnyResponse:
    """Make a change on the state that the form names, and tell what became of it."""
    try:
        with changing() as act:
            said = change(act)
    except FaultyFormError as error:
        return _sign_page(code, faults=error.faults)
    except StaleError:
        said = "Ce panneau a changé entre-temps\u202f: rien n’a été fait. Voici où il en est."
    except ConflictError:
        said = otherwise
    flash(said)
    return onwards(_address(code))


def _sign_page(code: str, *, faults: Mapping[str, str] | None = None) -> AnyResponse:
    public_url = current_resources().settings.public_url
    with viewing() as view:
        sign = get_sign(view.session, code)
        stops, titles = list_standing(view.session), list_titles(view.session)
        return page_with_map(
            "sign.html",
            sign=sign,
            stops=stops,
            titles=titles,
            next_states=list_next(sign.state),
            outdated=list_outdated(sign, public_url=public_url),
            postings=list_postings(view.session, sign),
            reports=list_reports_of(view.session, sign),
            addresses=Addresses(),
            values=fields_of(sign) | request.form.to_dict(),
            faults=faults,
        )


def _address(code: str) -> str:
    return url_for("signs.one", code=code)
