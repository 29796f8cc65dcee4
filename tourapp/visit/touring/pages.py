"""Pages of itineraries: all that are published, and one of them."""

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.queries import (
    get_itinerary,
    get_unlisted_itinerary,
    list_itineraries,
)
from tourapp.pictures.models import PictureForm
from tourapp.pictures.names import CARD
from tourapp.pictures.services import find_form
from tourapp.stops.content import LANGUAGES
from tourapp.visit.found.emblem import emblem_media
from tourapp.visit.frame import kept, page_lang, page_of, shared_by_emblem
from tourapp.visit.pictures import find_card
from tourapp.visit.touring.following import followed_document
from tourapp.visit.touring.presenting import ShownItinerary, shown_itinerary
from tourapp.visit.touring.sharing import shared_itinerary
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_resources

_IN_LANGUAGE = f"<any({', '.join(LANGUAGES)}):lang>"

touring = Blueprint("touring", __name__)


@touring.get(f"/{_IN_LANGUAGE}/itineraires")
def itineraries(lang: str) -> Response:
    """List the published itineraries."""
    resources = current_resources()
    about = _("Des arrêts mis en ordre pour une promenade, une journée ou un thème.")
    with resources.database.reading() as session:
        engines = resources.settings.engines
        listed = [
            shown_itinerary(session, each, lang=lang, engines=engines)
            for each in list_itineraries(session)
        ]
        return page_of(
            "itineraries.html",
            canonical_url=_public().itineraries(lang=lang),
            shared=shared_by_emblem(
                _("Les itinéraires"), about, url=_public().itineraries(lang=lang)
            ),
            about=about,
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


@touring.get("/sitemap-itineraires.xml")
def sitemap() -> Response:
    """List every page of itineraries: apart, since the others are prepared and these are not."""
    with current_resources().database.reading() as session:
        listed = [(each.slug, each.updated_at) for each in list_itineraries(session)]
    body = render_template(
        "visit/sitemap_of_itineraries.xml",
        addresses=_public(),
        languages=LANGUAGES,
        pages=[(None, None), *listed],
    )
    return kept(Response(body, content_type="application/xml"))


def _page(session: Session, chosen: Itinerary, *, canonical_url: str | None = None) -> Response:
    engines = current_resources().settings.engines
    tour = shown_itinerary(session, chosen, lang=page_lang(), engines=engines)
    # One that only its link leads to tells nobody else of itself.
    shared = canonical_url and shared_itinerary(
        tour,
        lang=page_lang(),
        card=_find_card(session, chosen, tour),
        addresses=_public(),
    )
    return page_of(
        "itinerary.html",
        canonical_url=canonical_url,
        shared=shared or None,
        tour=tour,
        followed=followed_document(tour, url=request.path, lang=page_lang()),
        # One that only its link leads to is followed, and not taken along: tours name public pages.
        along_url=canonical_url and Addresses().itinerary_along(chosen.slug, lang=page_lang()),
    )


def _find_card(session: Session, chosen: Itinerary, tour: ShownItinerary) -> PictureForm | None:
    """Return the picture of the first stop that visitors may see, else the visit's emblem."""
    shown = zip(chosen.halts, tour.halts, strict=True)
    stops = (halt.stop for halt, told in shown if halt.stop is not None and told.url)
    cards = (find_card(session, stop) for stop in stops)
    return next(filter(None, cards), None) or find_form(session, emblem_media(), CARD)


def _public() -> Addresses:
    return Addresses(current_resources().settings.public_url)
