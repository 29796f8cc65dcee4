"""What a road book is made of: an itinerary laid out, its signs, and the settings."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor
from tourapp.errors import ConflictError, ForbiddenError, UnauthenticatedError
from tourapp.itineraries.clock import clock
from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.outline import Outlined, PlacedHalt, outline
from tourapp.itineraries.planning import PlannedStage
from tourapp.itineraries.services import may_lead
from tourapp.settings import Settings
from tourapp.signage.codes import sign_url
from tourapp.signage.plates.gathering import imprint
from tourapp.signage.services import list_first_codes
from tourapp.visit.figures import calendar_day, coordinates, distance, walking_time
from tourapp.visit.roadbook.content import PaperHalt, RoadBook, Wish
from tourapp.visit.roadbook.drawing import map_svg, profile_svg
from tourapp.visit.roadbook.wording import (
    elapsed,
    locale_of,
    minutes,
    told_climb,
    told_way,
)
from tourapp.visit.roadbook.words import WORDS
from tourapp.visit.touring.mapping import drawn_map
from tourapp.web.addresses import Addresses


def gather_road_book(
    session: Session,
    itinerary: Itinerary,
    wish: Wish,
    *,
    settings: Settings,
    viewer: Actor | None,
) -> RoadBook:
    """Return what a road book says; the guide's version holds notes and questions.

    Raises UnauthenticatedError or ForbiddenError where the guide's is not for the viewer, and
    ConflictError for an itinerary without halts.
    """
    _require_right(itinerary, wish, viewer)
    outlined = outline(session, itinerary, pace=wish.pace)
    if not outlined.places:
        message = f"itinerary {itinerary.slug!r} has no halt to print"
        raise ConflictError(message)
    zone = ZoneInfo(settings.time_zone)
    lang, locale = itinerary.lang, locale_of(itinerary.lang)
    day = _newest(outlined).astimezone(zone).date()
    is_open = itinerary.visibility == "published"
    return RoadBook(
        title=itinerary.title,
        summary=itinerary.summary,
        lang=lang,
        version=wish.version,
        is_by_the_clock=wish.starts_at is not None,
        facts=list(_facts(outlined)),
        map=map_svg(drawn_map(outlined.places), locale=locale),
        profile=profile_svg(outlined, locale=locale),
        halts=_halts(session, outlined, wish, public_url=settings.public_url, zone=zone),
        day=day,
        written_day=calendar_day(day, locale=locale),
        address=_bare(Addresses(settings.public_url).itinerary_page(itinerary.slug, lang=lang))
        if is_open
        else None,
        imprint=imprint(settings, printed_on=day),
    )


def _require_right(itinerary: Itinerary, wish: Wish, viewer: Actor | None) -> None:
    if wish.version == "public":
        return
    if viewer is None:
        message = "the guide's version needs the header Authorization: Bearer TOKEN"
        raise UnauthenticatedError(message)
    if not may_lead(itinerary, viewer):
        message = f"{viewer.who} may not read the notes of itinerary {itinerary.slug!r}"
        raise ForbiddenError(message)


def _newest(outlined: Outlined) -> datetime:
    """Return when what is printed changed last: the same state gives the same file."""
    told = (place.published for place in outlined.places if place.published is not None)
    changed = (each.narrative.published_at or each.stop.updated_at for each in told)
    return max([outlined.itinerary.updated_at, *changed])


def _facts(outlined: Outlined) -> Iterator[tuple[str, str]]:
    itinerary, plan = outlined.itinerary, outlined.plan
    words = WORDS[itinerary.lang]
    yield words["distance"], distance(plan.distance_m, locale=locale_of(itinerary.lang))
    yield words["moving"], walking_time(plan.moving_s)
    yield words["total"], walking_time(plan.total_s)
    yield words["climb"], told_climb(plan, lang=itinerary.lang)
    yield words["difficulty"], words[itinerary.difficulty]
    for name in ("theme", "audience", "meeting", "accessibility"):
        if told := getattr(itinerary, name):
            yield words[name], told


def _halts(
    session: Session,
    outlined: Outlined,
    wish: Wish,
    *,
    public_url: str,
    zone: ZoneInfo,
) -> list[PaperHalt]:
    stop_ids = [place.halt.stop_id for place in outlined.places if place.halt.stop_id is not None]
    codes = list_first_codes(session, stop_ids)
    starts_at = wish.starts_at and wish.starts_at.astimezone(zone)
    return [
        _halt(
            place,
            stage,
            lang=outlined.itinerary.lang,
            is_for_guide=wish.version == "guide",
            starts_at=starts_at,
            url=_url(place, codes, public_url=public_url),
        )
        for place, stage in zip(outlined.places, outlined.plan.stages, strict=True)
    ]


def _halt(
    place: PlacedHalt,
    stage: PlannedStage,
    *,
    lang: str,
    is_for_guide: bool,
    starts_at: datetime | None,
    url: str | None,
) -> PaperHalt:
    halt, stop = place.halt, place.halt.stop
    told = place.published and place.published.revision
    return PaperHalt(
        position=halt.position,
        title=place.title,
        lede=told.lede if told else "",
        lang=place.published.narrative.lang if place.published else lang,
        number=None if stop is None else stop.number,
        way=told_way(stage, halt.transport, lang=lang),
        arrives=_moment(stage.arrives_s, starts_at, lang=lang),
        leaves=_moment(stage.leaves_s, starts_at, lang=lang),
        stay=minutes(halt.stay_min),
        look=told.look if told else "",
        safety=told.safety if told else "",
        place=coordinates(*place.point.place, locale=locale_of(lang)),
        rescue_post=None if stop is None else stop.rescue_post,
        url=url,
        note=halt.note if is_for_guide else "",
        question=halt.question if is_for_guide else "",
    )


def _moment(seconds: int, starts_at: datetime | None, *, lang: str) -> str:
    if starts_at is None:
        return elapsed(seconds)
    return clock(starts_at + timedelta(seconds=seconds), lang=lang)


def _url(place: PlacedHalt, codes: Mapping[int, str], *, public_url: str) -> str | None:
    """Return what leads to a halt's page: its sign's own address, which tells the full narrative.

    What has no sign, or is told in plain words, has the address of its page.
    """
    if place.published is None:
        return None
    stop, told = place.published.stop, place.published.narrative
    if told.variant == "standard" and (code := codes.get(stop.id)):
        return sign_url(public_url, code)
    return Addresses(public_url).stop_page(stop.slug, lang=told.lang, variant=told.variant)


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return parts.netloc + parts.path
