"""What an itinerary's page tells of itself: to messengers, and to search engines as a trip."""

from typing import Any

from tourapp.pictures.models import PictureForm
from tourapp.visit.found.sharing import CONTEXT, SharedPage, shared_page
from tourapp.visit.touring.presenting import ShownHalt, ShownItinerary
from tourapp.web.addresses import Addresses


def shared_itinerary(
    tour: ShownItinerary,
    *,
    lang: str,
    card: PictureForm | None,
    addresses: Addresses,
) -> SharedPage:
    """Return what a published itinerary's page tells of itself."""
    told = tour.itinerary
    url = addresses.itinerary_page(told.slug, lang=lang)
    return shared_page(
        told.title,
        told.summary,
        lang=lang,
        card=card,
        addresses=addresses,
        linked_data=_trip(tour, url=url, addresses=addresses),
    )


def _trip(tour: ShownItinerary, *, url: str, addresses: Addresses) -> dict[str, Any]:
    told = tour.itinerary
    public = {"touristType": told.audience} if told.audience else {}
    halts = [_halt(halt, addresses=addresses) for halt in tour.halts]
    return {
        "@context": CONTEXT,
        "@type": "TouristTrip",
        "@id": url,
        "url": url,
        "name": told.title,
        "description": told.summary,
        **public,
        "itinerary": {
            "@type": "ItemList",
            "itemListOrder": "https://schema.org/ItemListOrderAscending",
            "numberOfItems": len(halts),
            "itemListElement": halts,
        },
    }


def _halt(halt: ShownHalt, *, addresses: Addresses) -> dict[str, Any]:
    place: dict[str, Any] = {
        "@type": "Place",
        "name": halt.title,
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": halt.point.latitude,
            "longitude": halt.point.longitude,
        },
    }
    if halt.url is not None:
        url = addresses.base + halt.url
        place |= {"@type": "TouristAttraction", "@id": url, "url": url}
    return {"@type": "ListItem", "position": halt.position, "item": place}
