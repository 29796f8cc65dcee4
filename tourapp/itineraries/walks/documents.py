"""What the API says of a walk, as values that the schemas describe."""

from typing import Any

from tourapp.itineraries.walks.joining import Whereabouts
from tourapp.itineraries.walks.models import Walk, WalkHalt
from tourapp.stops.queries import PublishedStop
from tourapp.web.addresses import Addresses


def walk_document(walk: Walk, *, joined: int, addresses: Addresses) -> dict[str, Any]:
    """Return what `WalkSchema` describes."""
    return {
        "id": walk.id,
        "itinerary": walk.itinerary,
        "title": walk.title,
        "guide": walk.guide.email,
        "group_name": walk.group_name,
        "participants": walk.participants,
        "lang": walk.lang,
        "meeting": walk.meeting,
        "pace": walk.pace,
        "starts_at": walk.starts_at,
        "state": walk.state,
        "code": walk.code,
        "join_url": walk.code and addresses.walk(walk.code),
        "joined": joined,
        "started_at": walk.started_at,
        "ended_at": walk.ended_at,
        "halts": [_halt_document(halt) for halt in walk.halts],
    }


def whereabouts_document(told: Whereabouts, *, addresses: Addresses) -> dict[str, Any]:
    """Return what a joined phone is told: nothing of the group but where it is."""
    return {
        "state": told.state,
        "position": told.here and told.here.position,
        "title": told.here and told.here.title,
        "url": told.page and _page(told.page, lang=told.walk.lang, addresses=addresses),
        "next_title": told.following and told.following.title,
    }


def _page(read: PublishedStop, *, lang: str, addresses: Addresses) -> str:
    return addresses.stop_page(read.stop.slug, lang=lang, variant=read.narrative.variant)


def _halt_document(halt: WalkHalt) -> dict[str, Any]:
    return {
        "position": halt.position,
        "stop": halt.stop and halt.stop.slug,
        "title": halt.title,
        "variant": halt.variant,
        "transport": halt.transport,
        "distance_m": halt.distance_m,
        "way_s": halt.way_s,
        "is_estimate": halt.is_estimate,
        "arrives_s": halt.arrives_s,
        "leaves_s": halt.leaves_s,
        "note": halt.note,
        "question": halt.question,
        "reached_at": halt.reached_at,
        "left_at": halt.left_at,
    }
