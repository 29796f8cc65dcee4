"""Tours over HTTP: what a phone takes along."""

from typing import Any

from flask import abort

from tourapp.offline.gathering import Gatherer
from tourapp.offline.schemas import TourSchema
from tourapp.offline.services import list_tour_stops
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

    `tous-les-arrets` is the tour of all stops.
    """
    if lang not in LANGUAGES:
        abort(404, f"tours are told in {', '.join(LANGUAGES)}")
    with current_resources().database.reading() as session:
        stops = list_tour_stops(session, slug, lang=lang)
    files = current(Gatherer).gather(stops, lang=lang)
    return {
        "tour": slug,
        "lang": lang,
        "version": version_of(files),
        "stops": [
            {
                "number": stop.number,
                "title": stop.title,
                "codes": stop.codes,
                "page": _HERE.stop_page(stop.slug, lang=lang),
            }
            for stop in stops
        ],
        "files": files,
    }
