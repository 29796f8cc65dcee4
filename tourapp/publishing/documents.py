"""Which addresses are answered by prepared documents, by the topic that they tell of."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tourapp.offline.tours import EVERY_STOP
from tourapp.signage.services import list_codes
from tourapp.stops.content import LANGUAGES
from tourapp.stops.models import Stop
from tourapp.stops.queries import list_languages
from tourapp.stops.topics import LISTS, TOURS, find_stop_of
from tourapp.web.addresses import Addresses

_HERE = Addresses()

_LANG = "|".join(LANGUAGES)
_SLUG = "[a-z0-9-]{1,100}"
PREPARED = (
    rf"/|/({_LANG})/(podcast\.xml)?|/sitemap\.xml|/Q/[0-9A-Z]{{1,12}}|/({_LANG})/arrets/{_SLUG}(/facile)?"
    rf"|/({_LANG})/(arrets|carte|emporter|hors-ligne|accessibilite|confidentialite)"
    rf"|/api/v1/tours/{_SLUG}/({_LANG})|/api/v1/stops(\.geojson(\?lang=({_LANG}))?)?"
    rf"|/api/v1/stops/{_SLUG}(\?lang=({_LANG})|/narrations/({_LANG}))?"
)
"""The pattern of every address that is prepared; no other one is looked for."""


@dataclass(frozen=True, slots=True)
class Published:
    """An address that is prepared, in one of the languages that it is answered in."""

    address: str
    lang: str


def list_published(session: Session, topic: str) -> list[Published]:
    """Return the addresses of a topic; one that has nothing to answer is left out when rendered.

    Lists with free parameters and QR codes are not among them.
    """
    if topic == LISTS:
        return list(_lists())
    if topic == TOURS:
        return [Published(_HERE.tour(EVERY_STOP, lang=lang), lang) for lang in LANGUAGES]
    stop = find_stop_of(session, topic)
    return [] if stop is None else list(_documents_of(session, stop))


def _lists() -> Iterator[Published]:
    for address in (_HERE.sitemap(), _HERE.stops(), _HERE.geojson()):
        yield Published(address, LANGUAGES[0])
    for lang in LANGUAGES:
        yield Published(_HERE.home(), lang)
        for address in (
            *_HERE.constant_pages(lang=lang),
            _HERE.geojson(lang=lang),
            _HERE.podcast(lang=lang),
        ):
            yield Published(address, lang)


def _documents_of(session: Session, stop: Stop) -> Iterator[Published]:
    languages = list_languages(session, [stop.id])[stop.id]
    codes = list_codes(session, stop.id)
    if languages:
        yield Published(_HERE.stop(stop.slug), LANGUAGES[0])
    for lang in languages:
        yield Published(_HERE.stop_page(stop.slug, lang=lang), lang)
        yield Published(_HERE.stop(stop.slug, lang=lang), lang)
        yield Published(_HERE.narration(stop.slug, lang=lang), lang)
        yield from (Published(_HERE.sign(code), lang) for code in codes)
    for lang in list_languages(session, [stop.id], variant="facile")[stop.id]:
        yield Published(_HERE.stop_page(stop.slug, lang=lang, variant="facile"), lang)
