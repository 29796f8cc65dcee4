"""The pages on which a stop is found: by words, or on a map."""

import math
from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, Response, abort, request
from flask_babel import gettext as _

from tourapp.stops.content import LANGUAGES
from tourapp.stops.finding import Finder
from tourapp.stops.queries import StopQuery
from tourapp.visit.found.wording import site_description
from tourapp.visit.frame import page_of, shared_by_emblem
from tourapp.visit.presenting import listed_stop
from tourapp.visit.services import Slice, list_page
from tourapp.visit.shown import ListedStop
from tourapp.web.addresses import Addresses
from tourapp.web.context import current, current_day, current_resources
from tourapp.web.security import policy_with_images_of
from tourapp.web.tiles import tiles_of

LISTED_AT_ONCE = 60
FOUND_AT_ONCE = 20
LONGEST_QUESTION = 200

_IN_LANGUAGE = f"<any({', '.join(LANGUAGES)}):lang>"

finding = Blueprint("finding", __name__)


@finding.get(f"/{_IN_LANGUAGE}/arrets")
def stop_list(lang: str) -> Response:
    """List the stops, or those that say what is searched for."""
    asked = request.args.get("q", "").strip()[:LONGEST_QUESTION]
    number = request.args.get("page", default=1, type=int)
    at_once = FOUND_AT_ONCE if asked else LISTED_AT_ONCE
    count, stops = _listed(StopQuery(lang=lang, words=asked), number=number, at_once=at_once)
    pages_count = max(1, math.ceil(count / at_once))
    if not 1 <= number <= pages_count:
        abort(HTTPStatus.NOT_FOUND)
    url = None if asked or number > 1 else _public().stop_list(lang=lang)
    return page_of(
        "stops.html",
        canonical_url=url,
        shared=url and shared_by_emblem(_("Trouver un arrêt"), site_description(), url=url),
        asked=asked,
        count=count,
        stops=stops,
        page_number=number,
        pages_count=pages_count,
    )


@finding.get(f"/{_IN_LANGUAGE}/carte")
def stop_map(lang: str) -> Response:
    """Show the stops on a map, and beside it as a list."""
    count, stops = _listed(StopQuery(lang=lang), number=1, at_once=LISTED_AT_ONCE)
    settings = current_resources().settings
    url = _public().map(lang=lang)
    page = page_of(
        "map.html",
        canonical_url=url,
        shared=shared_by_emblem(_("La carte"), site_description(), url=url),
        stops=stops,
        is_whole=count <= LISTED_AT_ONCE,
        tiles=tiles_of(settings),
    )
    page.headers["Content-Security-Policy"] = policy_with_images_of(settings.map_tiles_url)
    return page


def _listed(query: StopQuery, *, number: int, at_once: int) -> tuple[int, Sequence[ListedStop]]:
    resources = current_resources()
    page = Slice(max(0, number - 1) * at_once, at_once)
    with resources.database.reading() as session:
        listed = list_page(
            session,
            query,
            finder=current(Finder),
            engines=resources.settings.engines,
            page=page,
        )
        today = current_day()
        stops = [listed_stop(each, lang=query.lang, today=today) for each in listed.stops]
        return listed.count, stops


def _public() -> Addresses:
    return Addresses(current_resources().settings.public_url)
