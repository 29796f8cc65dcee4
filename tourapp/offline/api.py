"""Tours over HTTP: what a phone takes along."""

from typing import Any

from flask import abort

from tourapp.offline.gathering import Gatherer
from tourapp.offline.schemas import TourSchema
from tourapp.offline.services import TourContent, get_tour_content
from tourapp.offline.tours import version_of
from tourapp.stops.content import LANGUAGES
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current, current_resources

tours = ApiBlueprint("tours", __name__, url_prefix="/api/v1", description="Tours to take along")

_HERE = Addresses()


@tours.get("/tours/<slug>/<lang>")
@tours.etag
@tours.response(200, TourSchema)
def get_tour(slug: str, lang: str) -> dict[str, Any]:
    """Return every file of a tour in one language, with its bytes and its hash.

    `tous-les-arrets` is the tour of all stops; a published itinerary's slug is that of its own.
    """
    if lang not in LANGUAGES:
        abort(404, f"tours are told in {', '.join(LANGUAGES)}")
    with current_resources().database.reading() as session:
        tour = get_tour_content(session, slug, lang=lang)
    files = current(Gatherer).gather(tour, lang=lang)
    return {
        "tour": slug,
        "lang": lang,
        "title": tour.title,
        "pages": _pages(tour, lang=lang),
        "version": version_of(files),
        "stops": [
            {
                "number": stop.number,
                "title": stop.title,
                "codes": stop.codes,
                "page": _HERE.stop_page(stop.slug, lang=lang),
            }
            for stop in tour.stops
        ],
        "files": files,
    }


def _pages(tour: TourContent, *, lang: str) -> dict[str, str | None]:
    if tour.itinerary is None:
        return {"along": _HERE.take_along(lang=lang), "itinerary": None}
    return {
        "along": _HERE.itinerary_along(tour.itinerary, lang=lang),
        "itinerary": _HERE.itinerary_page(tour.itinerary, lang=lang),
    }
