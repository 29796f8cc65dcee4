"""What a page tells of itself to whoever does not look at it: messengers and search engines.

Every address in it names the public host, since it is read elsewhere.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tourapp.narration.queries import Heard
from tourapp.narration.schemas import audio_files
from tourapp.pictures.models import PictureForm
from tourapp.stops.content import Closure, told_in
from tourapp.visit.visited import Visited
from tourapp.web.addresses import Addresses

_LOCALES = {"fr": "fr_FR", "en": "en_GB", "nl": "nl_NL", "de": "de_DE"}
CONTEXT = "https://schema.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPicture:
    """The picture beside a link, and what it shows."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPage:
    """A page as a link to it shows it (Open Graph), and as schema.org describes it."""

    kind: str
    title: str
    description: str
    locale: str
    other_locales: list[str]
    picture: SharedPicture | None
    linked_data: dict[str, Any]


def shared_stop(visited: Visited, *, addresses: Addresses, today: date) -> SharedPage:
    """Return what a stop's page tells of itself."""
    lang, revision = visited.narrative.lang, visited.revision
    picture = _picture(visited.card, alt=_card_alt(visited), addresses=addresses)
    return SharedPage(
        kind="article",
        title=f"{visited.stop.number}. {revision.title}",
        description=revision.lede,
        locale=_LOCALES[lang],
        other_locales=[_LOCALES[other] for other in visited.told_languages if other != lang],
        picture=picture,
        linked_data=_attraction(visited, picture, addresses=addresses, today=today),
    )


def shared_page(
    title: str,
    description: str,
    *,
    lang: str,
    card: PictureForm | None,
    addresses: Addresses,
    linked_data: dict[str, Any],
) -> SharedPage:
    """Return what a page tells of itself that is there in every language, such as the home page."""
    return SharedPage(
        kind="website",
        title=title,
        description=description,
        locale=_LOCALES[lang],
        other_locales=[locale for other, locale in _LOCALES.items() if other != lang],
        picture=_picture(card, alt=title, addresses=addresses),
        linked_data=linked_data,
    )


def page_data(kind: str, title: str, description: str, *, url: str, lang: str) -> dict[str, Any]:
    """Return what schema.org says of a page that is about no single place."""
    return {
        "@context": CONTEXT,
        "@type": kind,
        "name": title,
        "description": description,
        "url": url,
        "inLanguage": lang,
    }


def spoken_length(seconds: float) -> str:
    """Write a length of time after ISO 8601, such as `PT2M05S`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"PT{minutes}M{rest:02}S"


def _picture(card: PictureForm | None, *, alt: str, addresses: Addresses) -> SharedPicture | None:
    if card is None:
        return None
    url = addresses.media(card.media)
    return SharedPicture(url=url, width=card.width, height=card.height, alt=alt)


def _card_alt(visited: Visited) -> str:
    """Return what the picture beside a link shows: the first photograph, or the drawing."""
    card = visited.card
    for pictured in visited.pictures[:1]:
        if card is not None and card.source_media == pictured.picture.media:
            return told_in(pictured.picture.alt, visited.narrative.lang)[1]
    return visited.revision.drawing_alt


def _attraction(
    visited: Visited,
    picture: SharedPicture | None,
    *,
    addresses: Addresses,
    today: date,
) -> dict[str, Any]:
    stop, lang = visited.stop, visited.narrative.lang
    url = addresses.stop_page(stop.slug, lang=lang)
    elevation = {} if stop.altitude_m is None else {"elevation": stop.altitude_m}
    told: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "TouristAttraction",
        "@id": url,
        "url": url,
        "name": visited.revision.title,
        "description": visited.revision.lede,
        "image": [] if picture is None else [picture.url],
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": stop.latitude,
            "longitude": stop.longitude,
            **elevation,
        },
        "isAccessibleForFree": True,
        "availableLanguage": list(visited.told_languages),
    }
    if closures := visited.list_closures(today):
        told["specialOpeningHoursSpecification"] = [_closed(each) for each in closures]
    if visited.heard is not None:
        told["subjectOf"] = _audio(visited, visited.heard, addresses=addresses)
    return told


def _closed(closure: Closure) -> dict[str, Any]:
    # From midnight to midnight is how schema.org says that a place does not open.
    until = {"validThrough": closure.until_day.isoformat()} if closure.until_day else {}
    return {
        "@type": "OpeningHoursSpecification",
        "opens": "00:00",
        "closes": "00:00",
        "validFrom": closure.from_day.isoformat(),
        **until,
    }


def _audio(visited: Visited, heard: Heard, *, addresses: Addresses) -> dict[str, Any]:
    common = audio_files(heard.narration, addresses=addresses)[-1]
    return {
        "@type": "AudioObject",
        "name": visited.revision.title,
        "contentUrl": common["url"],
        "encodingFormat": common["type"],
        "contentSize": str(common["bytes"]),
        "duration": spoken_length(float(heard.narration.duration_s or 0)),
        "inLanguage": visited.narrative.lang,
    }
