"""Taking the visit along: its page, the page that stands in without signal, and what keeps both."""

from typing import Any

from flask import Blueprint, Response, json, render_template
from flask_babel import gettext as _

from tourapp.itineraries.queries import get_itinerary
from tourapp.offline.tours import EVERY_STOP, MOST_STOPS
from tourapp.stops.content import LANGUAGES
from tourapp.stops.queries import count_published_stops
from tourapp.visit.frame import kept, page_of
from tourapp.web.addresses import Addresses
from tourapp.web.assets import asset_url
from tourapp.web.context import current_resources

_IN_LANGUAGE = f"<any({', '.join(LANGUAGES)}):lang>"
_HERE = Addresses()
_SCHIST = "#1d1f22"
_ICONS = (
    ("icons/visite-192.png", "192x192", "any"),
    ("icons/visite-512.png", "512x512", "any"),
    ("icons/visite-maskable-512.png", "512x512", "maskable"),
)

offline = Blueprint("offline", __name__)


@offline.get(f"/{_IN_LANGUAGE}/emporter")
def take_along(lang: str) -> Response:
    """Offer to take the visit along."""
    with current_resources().database.reading() as session:
        is_too_long = count_published_stops(session) > MOST_STOPS
    return page_of(
        "take_along.html",
        canonical_url=_public().take_along(lang=lang),
        tour_url=_HERE.tour(EVERY_STOP, lang=lang),
        itinerary=None,
        most_stops=MOST_STOPS if is_too_long else None,
        is_offered=current_resources().settings.offline,
    )


@offline.get(f"/{_IN_LANGUAGE}/itineraires/<slug>/emporter")
def take_itinerary_along(lang: str, slug: str) -> Response:
    """Offer to take an itinerary along, with the stops that it passes by."""
    with current_resources().database.reading() as session:
        itinerary = get_itinerary(session, slug)
        return page_of(
            "take_along.html",
            canonical_url=_public().itinerary_along(slug, lang=lang),
            tour_url=_HERE.tour(slug, lang=lang),
            itinerary=itinerary,
            itinerary_url=_HERE.itinerary_page(slug, lang=lang),
            most_stops=None,
            is_offered=current_resources().settings.offline,
        )


@offline.get(f"/{_IN_LANGUAGE}/hors-ligne")
def without_signal(lang: str) -> Response:  # noqa: ARG001 -- its address tells the page's language
    """Tell what was taken along: shown in the place of a page that was not."""
    return page_of("without_signal.html")


@offline.get("/service-worker.js")
def service_worker() -> Response:
    """Send what answers on the phone without signal, or what takes it away for good."""
    name = "worker" if current_resources().settings.offline else "leaving"
    body = render_template("visit/service_worker.js", name=name)
    return kept(Response(body, content_type="text/javascript; charset=utf-8"))


@offline.get(f"/{_IN_LANGUAGE}/application.webmanifest")
def manifest(lang: str) -> Response:
    """Let the visit be put on the phone's first screen (W3C Web Application Manifest)."""
    body = json.dumps(_manifest(lang))
    return kept(Response(body, content_type="application/manifest+json"))


def _manifest(lang: str) -> dict[str, Any]:
    return {
        "id": "/",
        "name": _("Le bassin minier, en marchant"),
        "short_name": _("Bassin minier"),
        "lang": lang,
        "start_url": _HERE.home(lang=lang),
        "scope": "/",
        "display": "standalone",
        "background_color": _SCHIST,
        "theme_color": _SCHIST,
        "icons": [
            {"src": asset_url(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for path, sizes, purpose in _ICONS
        ],
    }


def _public() -> Addresses:
    return Addresses(current_resources().settings.public_url)
