"""What a group reads and hears at its halts: the narrative in the variant that was chosen there."""

from collections.abc import Iterable
from typing import Protocol

from sqlalchemy.orm import Session

from tourapp.stops.content import Variant
from tourapp.stops.queries import PublishedStop, find_published_stops

Told = dict[tuple[int, Variant], PublishedStop]


class ToldHalt(Protocol):
    """A halt of an itinerary, or of a walk that copied it."""

    @property
    def stop_id(self) -> int | None:
        """The stop that it is made at, if at any."""

    @property
    def variant(self) -> Variant:
        """The variant that was chosen for the group."""


def find_told(session: Session, halts: Iterable[ToldHalt], *, lang: str) -> Told:
    """Return what visitors are told at halts, by stop and variant, in the best language there is.

    Where the chosen variant is not told in that language, the full narrative is.
    """
    wanted = {(halt.stop_id, halt.variant) for halt in halts if halt.stop_id is not None}
    full = find_published_stops(session, [stop_id for stop_id, _ in wanted], lang=lang)
    in_plain = [stop_id for stop_id, variant in wanted if variant == "facile"]
    plain = find_published_stops(session, in_plain, lang=lang, variant="facile") if in_plain else {}
    alike: Told = {
        (stop_id, "facile"): each
        for stop_id, each in plain.items()
        if stop_id in full and each.narrative.lang == full[stop_id].narrative.lang
    }
    return {key: full[key[0]] for key in wanted if key[0] in full} | alike
