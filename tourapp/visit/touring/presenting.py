"""What the templates of itineraries are given."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel import Locale
from markupsafe import Markup
from sqlalchemy.orm import Session

from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.outline import Outlined, PlacedHalt, outline
from tourapp.itineraries.planning import Plan, PlannedStage
from tourapp.itineraries.route import Point, Transport
from tourapp.narration.queries import find_heard_of
from tourapp.pictures.names import LEAD
from tourapp.stops.queries import PublishedStop
from tourapp.visit.photographs import ShownPicture, shown_picture
from tourapp.visit.pictures import list_leading
from tourapp.visit.roadbook.drawing import profile_svg
from tourapp.visit.touring.mapping import TALL, DrawnMap, drawn_map
from tourapp.web.addresses import Addresses

_HERE = Addresses()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHalt:
    """A halt of an itinerary, and the way that leads there; lengths in metres, times in seconds."""

    position: int
    anchor: str
    slug: str | None
    number: int | None
    title: str
    lede: str | None
    lang: str
    url: str | None
    drawing_url: str | None
    photograph: ShownPicture | None
    stay_min: int
    sound_s: float | None
    stage: PlannedStage
    transport: Transport
    routed_by: str | None
    point: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItinerary:
    """An itinerary's page."""

    itinerary: Itinerary
    plan: Plan
    map: DrawnMap
    profile: Markup | None
    halts: tuple[ShownHalt, ...]
    sound_s: float
    files: dict[str, str]
    paper_url: str

    @property
    def is_loop(self) -> bool:
        """Whether it ends where it began, so that one can join it anywhere."""
        return len(self.halts) > 1 and self.halts[0].point == self.halts[-1].point


def shown_itinerary(
    session: Session,
    itinerary: Itinerary,
    *,
    lang: str,
    engines: Sequence[str],
) -> ShownItinerary:
    """Return an itinerary as its page shows it, with the stops' titles in the page's language."""
    outlined = outline(session, itinerary, lang=lang)
    sounds = _sounds(session, outlined, engines=engines)
    photographs = _photographs(session, outlined, lang=lang)
    staged = zip(outlined.places, outlined.plan.stages, _anchors(outlined.places), strict=True)
    halts = tuple(
        _halt(place, stage, anchor=anchor, sounds=sounds, photographs=photographs, lang=lang)
        for place, stage, anchor in staged
    )
    return ShownItinerary(
        itinerary=itinerary,
        plan=outlined.plan,
        map=drawn_map(outlined.places, most_height=TALL),
        profile=_profile(outlined, lang),
        halts=halts,
        sound_s=sum(sounds.values()),
        files={form: f"{_HERE.itinerary(itinerary.slug)}.{form}" for form in ("gpx", "kml")},
        paper_url=_HERE.road_book(itinerary.slug),
    )


def _profile(outlined: Outlined, lang: str) -> Markup | None:
    drawn = profile_svg(outlined, locale=Locale(lang))
    # Drawn from figures alone: no text of anybody stands in it.
    return None if drawn is None else Markup(drawn)  # noqa: S704


def _sounds(
    session: Session,
    outlined: Outlined,
    *,
    engines: Sequence[str],
) -> dict[int, float]:
    revisions = {
        place.published.revision.id: place.published.revision
        for place in outlined.places
        if place.published is not None
    }
    heard = find_heard_of(session, list(revisions.values()), engines=engines)
    return {revision_id: each.narration.duration_s or 0.0 for revision_id, each in heard.items()}


def _photographs(session: Session, outlined: Outlined, *, lang: str) -> dict[int, ShownPicture]:
    stop_ids = [place.published.stop.id for place in outlined.places if place.published is not None]
    leading = list_leading(session, stop_ids, LEAD)
    return {stop_id: shown_picture(each, lang=lang) for stop_id, each in leading.items()}


def _anchors(places: Sequence[PlacedHalt]) -> Iterator[str]:
    """Yield what names each halt on the page: its stop, and which time one comes there."""
    passed: Counter[str] = Counter()
    for place in places:
        if place.halt.stop is None:
            yield f"halte-{place.halt.position}"
            continue
        slug = place.halt.stop.slug
        passed[slug] += 1
        yield f"arret-{slug}" + (f".{passed[slug]}" if passed[slug] > 1 else "")


def _page(told: PublishedStop, *, lang: str) -> str:
    return _HERE.stop_page(told.stop.slug, lang=lang, variant=told.narrative.variant)


def _halt(
    place: PlacedHalt,
    stage: PlannedStage,
    *,
    anchor: str,
    sounds: dict[int, float],
    photographs: dict[int, ShownPicture],
    lang: str,
) -> ShownHalt:
    halt, told = place.halt, place.published
    stop, revision = (halt.stop, None) if told is None else (told.stop, told.revision)
    return ShownHalt(
        position=halt.position,
        anchor=anchor,
        slug=None if told is None else told.stop.slug,
        number=None if stop is None else stop.number,
        title=place.title,
        lede=None if revision is None else revision.lede,
        lang=lang if told is None else told.narrative.lang,
        url=None if told is None else _page(told, lang=lang),
        drawing_url=None if told is None else _HERE.media(told.stop.drawing_media),
        photograph=None if told is None else photographs.get(told.stop.id),
        stay_min=halt.stay_min,
        sound_s=None if revision is None else sounds.get(revision.id),
        stage=stage,
        transport=halt.transport,
        routed_by=place.source if place.is_routed else None,
        point=place.point,
    )
