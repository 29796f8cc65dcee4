"""Signs printed as one file: ordered by a form, watched, fetched."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.errors import GoneError, InvalidError, NotFoundError
from tourapp.media import media_type
from tourapp.signage.plates.batches import WAITING, get_batch, request_batch
from tourapp.signage.plates.content import THEMES
from tourapp.signage.plates.formats import FORMATS
from tourapp.signage.plates.orders import PACKINGS, SUFFIXES, Choice
from tourapp.signage.plates.schemas import BatchOrderSchema, order_of
from tourapp.signage.plates.services import MOST_PLATES, list_chosen
from tourapp.staff.forms import FaultyFormError, checked
from tourapp.staff.signs.plates.wording import refusal
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_day
from tourapp.web.frames import onwards, page
from tourapp.web.numbers import read_whole

plates = Blueprint("plates", __name__, url_prefix="/bureau/panneaux/imprimer")

_FAULTS = {
    "format": "Choisissez un format de la liste.",
    "theme": "Choisissez clair ou sombre.",
    "packing": "Choisissez une sorte de fichier.",
    "distance_cm": "La distance va de 1 à 1000 centimètres.",
}
_BOXES = ("hard", "marks", "wheelchair")
_USUAL = {"format": "a5", "theme": "light", "packing": "pdf"} | dict.fromkeys(
    ("distance_cm", *_BOXES), ""
)
_CHOICE_FAULT = (
    f"Il faut de 1 à {MOST_PLATES} panneaux, qui mènent tous quelque part\u202f:"
    " revenez à la liste pour en choisir d’autres."
)


@plates.get("")
@needs("signs:manage")
def order() -> AnyResponse:
    """Show the form of an order, for the signs that were ticked or for all."""
    return _order_page({})


@plates.post("")
@needs("signs:manage")
def post_order() -> AnyResponse:
    """Have signs printed, and lead to where one sees how far they are."""
    try:
        given = order_of(_given(), today=current_day())
        with changing() as act:
            chosen = list_chosen(act.session, given.choice)
            batch = request_batch(act.session, given, signs=len(chosen), by=act.by)
    except FaultyFormError as error:
        return _order_page(request.form.to_dict(), faults=error.faults)
    except (InvalidError, NotFoundError, GoneError):
        return _order_page(request.form.to_dict(), faults={"code": _CHOICE_FAULT})
    flash("La commande est partie.")
    return onwards(url_for("plates.batch", batch_id=batch.id))


@plates.get("/<batch_id>")
@needs("signs:manage")
def batch(batch_id: str) -> AnyResponse:
    """Show how far an order is, and its file once it is ready."""
    with viewing() as view:
        found = get_batch(view.session, batch_id, now=view.by.at)
    name = found.file_media
    return page(
        "batch.html",
        batch=found,
        refusal=found.failure and refusal(found.failure),
        is_waiting=found.state in WAITING,
        file_url=name and Addresses().media(name),
        file_type=name and media_type(name),
        file_name=f"panneaux.{SUFFIXES[found.ordered['packing']]}",
    )


def _given() -> dict[str, Any]:
    form = request.form
    codes = form.getlist("code")
    written: dict[str, Any] = {
        "codes": codes,
        "all": not codes,
        "format": form.get("format", ""),
        "theme": form.get("theme", ""),
        "packing": form.get("packing", ""),
        "distance_cm": read_whole(form.get("distance_cm", "")) or None,
    }
    ticked = {name: name in form for name in _BOXES}
    given: dict[str, Any] = checked(BatchOrderSchema(), written | ticked, _FAULTS)
    return given


def _order_page(
    values: Mapping[str, str], *, faults: Mapping[str, str] | None = None
) -> AnyResponse:
    codes = request.values.getlist("code")
    with viewing() as view:
        choice = Choice(codes=tuple(codes), all=not codes)
        try:
            chosen = list_chosen(view.session, choice)
        except (InvalidError, NotFoundError, GoneError):
            chosen, faults = [], {"code": _CHOICE_FAULT} | dict(faults or {})
        return page(
            "plates.html",
            chosen=chosen,
            is_all=not codes,
            values=_USUAL | dict(values),
            formats=FORMATS,
            themes=THEMES,
            packings=PACKINGS,
            faults=faults,
        )
