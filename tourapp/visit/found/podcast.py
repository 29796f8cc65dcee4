"""The stops as a podcast: an episode each, in one language, in the order of their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING, cast

from sqlalchemy.orm import Session

from tourapp.errors import NotFoundError
from tourapp.narration.queries import Heard
from tourapp.narration.schemas import audio_files
from tourapp.pictures.names import COVER
from tourapp.pictures.services import find_form
from tourapp.stops.queries import StopQuery
from tourapp.visit.found.emblem import emblem_media
from tourapp.visit.services import list_visited
from tourapp.visit.visited import Visited
from tourapp.web.addresses import Addresses
from tourapp.web.wellformed import well_formed

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A stop's sound; `guid` stays whatever else changes, so that nobody hears it as a new one."""

    number: int
    guid: str
    title: str
    description: str
    url: str
    audio_url: str
    audio_type: str
    audio_bytes: int
    duration_s: int
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Podcast:
    """The feed of a language."""

    lang: str
    url: str
    home_url: str
    artwork_url: str | None
    built: str
    episodes: list[Episode]


def get_podcast(
    session: Session,
    lang: str,
    *,
    engines: Sequence[str],
    addresses: Addresses,
) -> Podcast:
    """Return the feed of a language, or raise NotFoundError where nothing is spoken in it yet."""
    visited = list_visited(session, StopQuery(lang=lang), engines=engines)
    spoken = [
        (each, each.heard)
        for each in visited
        if each.heard is not None and each.narrative.lang == lang
    ]
    if not spoken:
        message = f"nothing is spoken in {lang!r} yet"
        raise NotFoundError(message)
    artwork = find_form(session, emblem_media(), COVER)
    return Podcast(
        lang=lang,
        url=addresses.podcast(lang=lang),
        home_url=addresses.home(lang=lang),
        artwork_url=None if artwork is None else addresses.media(artwork.media),
        built=format_datetime(max(each.updated_at for each, _ in spoken), usegmt=True),
        episodes=[_episode(each, heard, addresses=addresses) for each, heard in spoken],
    )


def _episode(visited: Visited, heard: Heard, *, addresses: Addresses) -> Episode:
    stop, lang = visited.stop, visited.narrative.lang
    common = audio_files(heard.narration, addresses=addresses)[-1]
    return Episode(
        number=stop.number,
        guid=f"urn:bassin-minier:arret:{stop.id}:{lang}",
        title=well_formed(visited.revision.title),
        description=well_formed(visited.revision.lede),
        url=addresses.stop_page(stop.slug, lang=lang),
        audio_url=common["url"],
        audio_type=common["type"],
        audio_bytes=common["bytes"],
        duration_s=round(float(heard.narration.duration_s or 0)),
        published=format_datetime(cast("datetime", visited.narrative.published_at), usegmt=True),
    )
