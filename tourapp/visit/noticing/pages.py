"""What was noticed at a stop, page by page, and the form for more, which works without scripts."""

import math
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, redirect, request
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from tourapp.errors import ExceededError
from tourapp.observations.queries import (
    ObservationQuery,
    count_observations,
    list_observations,
)
from tourapp.observations.schemas import ObservationFormSchema
from tourapp.observations.services import LONGEST_TEXT, Noticed, add_observation
from tourapp.stops.content import LANGUAGES
from tourapp.stops.queries import get_published_stop
from tourapp.visit.frame import page_of
from tourapp.visit.noticing.presenting import shown_noticing
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_day, current_resources
from tourapp.web.posts import refuse_elsewhere

LISTED_AT_ONCE = 20

_STOP = f"/<any({', '.join(LANGUAGES)}):lang>/arrets/<slug>/remarques"
_HERE = Addresses()

noticing = Blueprint("noticing", __name__)


@noticing.get(_STOP)
def observations(lang: str, slug: str) -> Response:
    """Show what was noticed at a stop, the newest first."""
    return _page(slug, lang=lang, number=request.args.get("page", default=1, type=int))


@noticing.post(_STOP)
def post_observation(lang: str, slug: str) -> AnyResponse:
    """Keep what somebody noticed until it is read, and thank them."""
    refuse_elsewhere()
    try:
        _keep(ObservationFormSchema().load(request.form), slug, lang=lang)
    except ValidationError:
        return _page(slug, lang=lang, status=HTTPStatus.UNPROCESSABLE_ENTITY, fault=_fault())
    except ExceededError:
        fault = _("Beaucoup a été dit ici aujourd’hui. Revenez demain.")
        return _page(slug, lang=lang, status=HTTPStatus.TOO_MANY_REQUESTS, fault=fault)
    # Loading the thanks again sends nothing again.
    return redirect(_HERE.noticed_thanks(slug, lang=lang), HTTPStatus.SEE_OTHER)


@noticing.get(f"{_STOP}/merci")
def thanks(lang: str, slug: str) -> Response:
    """Thank whoever said something."""
    with current_resources().database.reading() as session:
        get_published_stop(session, slug, lang=lang)
    return page_of("noticed.html", stop_url=_HERE.stop_page(slug, lang=lang))


def _keep(form: dict[str, Any], slug: str, *, lang: str) -> None:
    # A robot fills in what nobody sees; it learns nothing by it.
    if form.pop("site"):
        return
    with current_resources().database.transaction() as session:
        add_observation(session, Noticed(stop=slug, lang=lang, **form), on=current_day())


def _fault() -> str:
    if len(request.form.get("text", "")) > LONGEST_TEXT:
        return str(_("C’est trop long\u202f: %(most)s caractères au plus.", most=LONGEST_TEXT))
    return str(_("Écrivez ce que vous remarquez, en quelques mots."))


def _page(
    slug: str,
    *,
    lang: str,
    number: int = 1,
    status: HTTPStatus = HTTPStatus.OK,
    fault: str | None = None,
) -> Response:
    """Draw what was noticed at a stop; with a fault, what was typed stays in the form."""
    offset = (number - 1) * LISTED_AT_ONCE
    with current_resources().database.reading() as session:
        published = get_published_stop(session, slug, lang=lang)
        query = ObservationQuery(stop=slug)
        pages_count = max(1, math.ceil(count_observations(session, query) / LISTED_AT_ONCE))
        if not 1 <= number <= pages_count:
            abort(HTTPStatus.NOT_FOUND)
        found = list_observations(session, query, offset=offset, limit=LISTED_AT_ONCE)
    shown = shown_noticing(slug, found, lang=lang, most=LISTED_AT_ONCE)
    text, kind = (request.form.get(name, "") for name in ("text", "kind"))
    is_first = number == 1 and fault is None
    page = page_of(
        "observations.html",
        canonical_url=_public().noticed(slug, lang=lang) if is_first else None,
        stop=published.revision,
        stop_lang=published.narrative.lang,
        stop_url=_HERE.stop_page(slug, lang=lang),
        noticing=replace(shown, text=text, kind=kind, fault=fault),
        page_number=number,
        pages_count=pages_count,
    )
    page.status_code = status
    return page


def _public() -> Addresses:
    return Addresses(current_resources().settings.public_url)
