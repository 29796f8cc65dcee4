"""What our own exports say beyond what their formats know, so that they can be read again."""

from dataclasses import asdict
from typing import Any

from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.outline import PlacedHalt
from tourapp.itineraries.writing import content_of


def told_itinerary(itinerary: Itinerary) -> dict[str, Any]:
    """Return what an itinerary says beside its halts."""
    told = asdict(content_of(itinerary))
    del told["halts"]
    return _given(told)


def told_halt(place: PlacedHalt) -> dict[str, Any]:
    """Return what a halt says to everyone, beside where it is."""
    halt = place.halt
    told = {
        "stop": halt.stop and halt.stop.slug,
        "spot": halt.spot_name,
        "stay_min": halt.stay_min,
        "variant": halt.variant,
        "transport": halt.transport,
    }
    return _given(told)


def told_way(place: PlacedHalt) -> dict[str, Any]:
    """Return to which halt a way leads, and where it comes from."""
    told = {"number": place.halt.position, "source": place.source, "origin": place.origin}
    return _given(told)


def _given(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value not in ("", None)}
