"""The visitor's pages: a stop, a sign that leads to it, and the home page with its keypad."""

import math
from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from tourapp.errors import NotFoundError, UnavailableError
from tourapp.signage.codes import find_number
from tourapp.signage.services import RetiredSignError, get_leading_sign
from tourapp.stops.content import LANGUAGES, Variant
from tourapp.stops.queries import (
    StopQuery,
    count_published_stops,
    get_published_stop,
    get_published_stop_by_number,
)
from tourapp.visit.found.sharing import SharedPage, shared_stop
from tourapp.visit.found.wording import site_description, site_title
from tourapp.visit.frame import frame, page_lang, page_of, shared_by_emblem
from tourapp.visit.presenting import listed_stop, shown_stop
from tourapp.visit.problems import told
from tourapp.visit.services import get_visited, get_visited_by_sign, list_visited
from tourapp.visit.shown import ListedStop
from tourapp.visit.visited import Visited
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_day, current_resources
from tourapp.web.errors import Problem
from tourapp.web.languages import wished_languages

LISTED_AT_ONCE = 60

# What a page that went wrong offers instead, and what a robot that tries addresses costs.
MOST_OFFERED = 12

_IN_LANGUAGE = f"<any({', '.join(LANGUAGES)}):lang>"

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> AnyResponse:
    """Show the home page in the phone's language."""
    with force_locale(_first_wish(LANGUAGES) or LANGUAGES[0]):
        page = _keypad_page()
    page.vary.add("Accept-Language")
    return page


@pages.get(f"/{_IN_LANGUAGE}/")
def home_in(lang: str) -> AnyResponse:  # noqa: ARG001 -- its address tells the page's language
    """Show the home page in a language that was chosen."""
    return _keypad_page()


def _keypad_page() -> AnyResponse:
    """Show the stops and the keypad; a number or a code that was keyed in leads to its stop."""
    keyed = request.args.get("numero", "").strip()
    if not keyed:
        return _home(number=request.args.get("page", default=1, type=int))
    try:
        return redirect(_keyed_page(keyed), HTTPStatus.SEE_OTHER)
    except NotFoundError:
        problem = _(
            "Aucun arrêt ne répond à « %(keyed)s ». Vérifiez le numéro sur le panneau.",
            keyed=keyed,
        )
        page = _home(keyed=keyed, problem=problem)
        page.status_code = HTTPStatus.NOT_FOUND
        return page


@pages.get(f"/{_IN_LANGUAGE}/arrets/<slug>")
def stop(lang: str, slug: str) -> AnyResponse:
    """Show a stop."""
    return stop_page(_visited(slug, lang=lang, variant="standard"), lang=lang)


@pages.get(f"/{_IN_LANGUAGE}/arrets/<slug>/facile")
def easy_stop(lang: str, slug: str) -> AnyResponse:
    """Show a stop in plain words."""
    return stop_page(_visited(slug, lang=lang, variant="facile"), lang=lang)


@pages.get("/Q/<code>")
@pages.get("/q/<code>")
def sign(code: str) -> AnyResponse:
    """Show the stop that a sign leads to, without a detour, in the phone's language."""
    resources = current_resources()
    with resources.database.reading() as session:
        visited = get_visited_by_sign(
            session,
            code,
            accept=_first_wish,
            engines=resources.settings.engines,
        )
    with force_locale(visited.narrative.lang):
        page = stop_page(visited, lang=visited.narrative.lang)
    page.vary.add("Accept-Language")
    return page


def render_problem(problem: Problem) -> str:
    """Draw the page that tells a visitor what went wrong, with a way on."""
    with force_locale(_language_of_a_problem()):
        return _problem_page(problem)


def _problem_page(problem: Problem) -> str:
    heading, sentence = told(problem)
    return render_template(
        "visit/error.html",
        **frame(),
        heading=heading,
        sentence=sentence,
        stops=_way_on(problem),
    )


def _language_of_a_problem() -> str:
    """Return the language of the address, else the phone's: no address may be there at all."""
    first = request.path.split("/", 2)[1]
    return first if first in LANGUAGES else _first_wish(LANGUAGES) or LANGUAGES[0]


def _way_on(problem: Problem) -> Sequence[ListedStop]:
    # What broke an answer might break the list too.
    if problem.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        with suppress(UnavailableError):
            near = problem.cause.near if isinstance(problem.cause, RetiredSignError) else None
            return _listed(most=MOST_OFFERED, near=near)
    return []


def _visited(slug: str, *, lang: str, variant: Variant) -> Visited:
    resources = current_resources()
    engines = resources.settings.engines
    with resources.database.reading() as session:
        return get_visited(session, slug, lang=lang, engines=engines, variant=variant)


def stop_page(visited: Visited, *, lang: str) -> Response:
    """Draw a stop, in a language that the page speaks around it."""
    public_url = current_resources().settings.public_url
    canonical = public_url + _canonical(visited)
    shown = shown_stop(
        visited,
        requested_lang=lang,
        public_url=public_url,
        today=current_day(),
    )
    page = page_of(
        "stop.html",
        canonical_url=canonical,
        told_in=visited.told_languages,
        shared=shared_stop(visited, addresses=Addresses(public_url), today=current_day()),
        stop=shown,
    )
    page.headers["Content-Language"] = visited.narrative.lang
    page.headers["Content-Location"] = _canonical(visited)
    return page


def _canonical(visited: Visited) -> str:
    told = visited.narrative
    return Addresses().stop_page(visited.stop.slug, lang=told.lang, variant=told.variant)


def _keyed_page(keyed: str) -> str:
    resources = current_resources()
    with resources.database.reading() as session:
        slug = _keyed_slug(session, keyed)
    return Addresses().stop_page(slug, lang=page_lang())


def _keyed_slug(session: Session, keyed: str) -> str:
    number = find_number(keyed)
    if number is not None:
        return get_published_stop_by_number(session, number, lang=page_lang()).stop.slug
    slug = get_leading_sign(session, keyed).stop.slug
    return get_published_stop(session, slug, lang=page_lang()).stop.slug


def _first_wish(languages: Sequence[str]) -> str | None:
    """Return what the phone wishes for most of these languages."""
    wishes = wished_languages(request.headers.get("Accept-Language", ""))
    return next((wish for wish in wishes if wish in languages), None)


def _home(*, number: int = 1, keyed: str = "", problem: str | None = None) -> Response:
    resources = current_resources()
    with resources.database.reading() as session:
        count = count_published_stops(session)
    pages_count = max(1, math.ceil(count / LISTED_AT_ONCE))
    if not 1 <= number <= pages_count:
        abort(HTTPStatus.NOT_FOUND)
    stops = _listed(offset=(number - 1) * LISTED_AT_ONCE)
    is_first = not keyed and number == 1
    page = page_of(
        "home.html",
        canonical_url=_public_home() if is_first else None,
        shared=_shared_home() if is_first else None,
        about=site_description(),
        has_podcast=any(stop.duration_s and stop.lang == page_lang() for stop in stops),
        podcast_url=Addresses().podcast(lang=page_lang()),
        stops=stops,
        keyed=keyed,
        problem=problem,
        page_number=number,
        pages_count=pages_count,
    )
    page.headers["Content-Location"] = Addresses().home(lang=page_lang())
    return page


def _shared_home() -> SharedPage:
    return shared_by_emblem(site_title(), site_description(), url=_public_home(), kind="WebSite")


def _public_home() -> str:
    return Addresses(current_resources().settings.public_url).home(lang=page_lang())


def _listed(
    *,
    offset: int = 0,
    most: int = LISTED_AT_ONCE,
    near: tuple[float, float] | None = None,
) -> Sequence[ListedStop]:
    resources = current_resources()
    with resources.database.reading() as session:
        visited = list_visited(
            session,
            StopQuery(lang=page_lang(), near=near),
            engines=resources.settings.engines,
            offset=offset,
            limit=most,
        )
        today = current_day()
        return [listed_stop(each, lang=page_lang(), today=today) for each in visited]
