"""Pages of itineraries: all that are published, and one of them."""

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.queries import (
    get_itinerary,
    get_unlisted_itinerary,
    list_itineraries,
)
from tourapp.stops.content import LANGUAGES
from tourapp.visit.frame import page_lang, page_of
from tourapp.visit.touring.presenting import shown_itinerary
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_resources

_IN_LANGUAGE = f"<any({', '.join(LANGUAGES)}):lang>"

touring = Blueprint("touring", __name__)


@touring.get(f"/{_IN_LANGUAGE}/itineraires")
def itineraries(lang: str) -> Response:
    """List the published itineraries."""
    resources = current_resources()
    with resources.database.reading() as session:
        engines = resources.settings.engines
        listed = [
            shown_itinerary(session, each, lang=lang, engines=engines)
            for each in list_itineraries(session)
        ]
        return page_of(
            "itineraries.html",
            canonical_url=_public().itineraries(lang=lang),
            itineraries=listed,
        )


@touring.get(f"/{_IN_LANGUAGE}/itineraires/<slug>")
def itinerary(lang: str, slug: str) -> Response:
    """Show a published itinerary."""
    with current_resources().database.reading() as session:
        chosen = get_itinerary(session, slug)
        return _page(session, chosen, canonical_url=_public().itinerary_page(slug, lang=lang))


@touring.get(f"/{_IN_LANGUAGE}/itineraires/lien/<secret>")
def unlisted_itinerary(lang: str, secret: str) -> Response:  # noqa: ARG001 -- the page's language
    """Show an itinerary to whoever has its link; no robot keeps it."""
    with current_resources().database.reading() as session:
        page = _page(session, get_unlisted_itinerary(session, secret))
    page.headers["X-Robots-Tag"] = "noindex"
    return page


def _page(session: Session, chosen: Itinerary, *, canonical_url: str | None = None) -> Response:
    engines = current_resources().settings.engines
    return page_of(
        "itinerary.html",
        canonical_url=canonical_url,
        tour=shown_itinerary(session, chosen, lang=page_lang(), engines=engines),
    )


def _public() -> Addresses:
    return Addresses(current_resources().settings.public_url)
