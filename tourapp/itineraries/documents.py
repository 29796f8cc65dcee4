"""What the API says of an itinerary, as values that the schemas describe."""

from dataclasses import asdict
from typing import Any

from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.outline import Outlined, PlacedHalt
from tourapp.itineraries.planning import PlannedStage
from tourapp.itineraries.writing import content_of
from tourapp.web.addresses import Addresses


def summary_document(itinerary: Itinerary) -> dict[str, Any]:
    """Return what `ItinerarySummarySchema` describes."""
    told = asdict(content_of(itinerary))
    del told["halts"]
    return told | {
        "slug": itinerary.slug,
        "visibility": itinerary.visibility,
        "updated_at": itinerary.updated_at,
    }


def itinerary_document(
    outlined: Outlined,
    *,
    addresses: Addresses,
    for_authors: bool = False,
) -> dict[str, Any]:
    """Return what `ItinerarySchema` describes; notes, people and the link only for its authors."""
    itinerary, plan = outlined.itinerary, outlined.plan
    planned = zip(outlined.places, plan.stages, strict=True)
    halts = [_halt_document(place, stage) for place, stage in planned]
    document = summary_document(itinerary) | {
        "pace": outlined.pace,
        "distance_m": plan.distance_m,
        "ascent_m": plan.ascent_m,
        "descent_m": plan.descent_m,
        "moving_s": plan.moving_s,
        "total_s": plan.total_s,
        "overruns_s": outlined.overruns_s,
        "halts": halts,
    }
    if for_authors:
        for told, place in zip(halts, outlined.places, strict=True):
            told |= {"note": place.halt.note, "question": place.halt.question}
        document["editors"] = [editor.person.email for editor in itinerary.editors]
        document["link"] = addresses.unlisted_itinerary(itinerary.secret)
    return document


def _halt_document(place: PlacedHalt, stage: PlannedStage) -> dict[str, Any]:
    halt = place.halt
    return {
        "position": halt.position,
        "stop": halt.stop and halt.stop.slug,
        "title": place.title,
        "latitude": place.point.latitude,
        "longitude": place.point.longitude,
        "accuracy_m": halt.stop and halt.stop.accuracy_m,
        "stay_min": halt.stay_min,
        "variant": halt.variant,
        "transport": halt.transport,
        "way": _way_document(place, stage),
        "arrives_s": stage.arrives_s,
        "leaves_s": stage.leaves_s,
    }


def _way_document(place: PlacedHalt, stage: PlannedStage) -> dict[str, Any] | None:
    if stage.way is None:
        return None
    measured = {
        "duration_s": stage.way_s,
        "is_estimate": stage.is_estimate,
        "origin": place.origin,
        "source": place.source,
    }
    return asdict(stage.way) | measured
