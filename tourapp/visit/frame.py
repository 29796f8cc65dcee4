"""What every visitor's page stands in: its language, the ways to others, how long it is kept."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import Response, render_template
from flask_babel import get_locale

from tourapp.pictures.names import CARD
from tourapp.pictures.services import find_form
from tourapp.stops.content import LANGUAGES
from tourapp.visit.found.emblem import emblem_media
from tourapp.visit.found.sharing import SharedPage, page_data, shared_page
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_resources

_HERE = Addresses()

_NAMES = {"fr": "Français", "en": "English", "nl": "Nederlands", "de": "Deutsch"}


def page_lang() -> str:
    """Return the language that the page speaks, whatever that of the text on it."""
    return str(get_locale().language)


def frame(
    canonical_url: str | None = None,
    *,
    told_in: Sequence[str] = LANGUAGES,
) -> dict[str, Any]:
    """Return what the template of every page is given; `told_in` are its text's languages."""
    path = urlsplit(canonical_url or "").path
    return {
        "lang": page_lang(),
        "canonical_url": canonical_url,
        "alternates": {} if canonical_url is None else _alternates(canonical_url, told_in),
        "shared": None,
        "home_url": _HERE.home(lang=page_lang()),
        "stop_list_url": _HERE.stop_list(lang=page_lang()),
        "itineraries_url": _HERE.itineraries(lang=page_lang()),
        "map_url": _HERE.map(lang=page_lang()),
        "take_along_url": _HERE.take_along(lang=page_lang()),
        "manifest_url": _HERE.manifest(lang=page_lang()),
        "geojson_url": _HERE.geojson(lang=page_lang()),
        "accessibility_url": _HERE.accessibility(lang=page_lang()),
        "privacy_url": _HERE.privacy(lang=page_lang()),
        "language_names": _NAMES,
        "told_in": told_in,
        "languages": {lang: _in_language(lang, path) for lang in LANGUAGES},
        "api_docs_url": _HERE.api_docs(),
    }


def page_of(
    template: str,
    *,
    canonical_url: str | None = None,
    told_in: Sequence[str] = LANGUAGES,
    **shown: object,
) -> Response:
    """Return a page; without a canonical address, other languages are found at the home page."""
    given = frame(canonical_url, told_in=told_in) | shown
    body = render_template(f"visit/{template}", **given)
    page = Response(body, content_type="text/html; charset=utf-8")
    page.headers["Content-Language"] = page_lang()
    return kept(page)


def shared_by_emblem(
    title: str, description: str, *, url: str, kind: str = "CollectionPage"
) -> SharedPage:
    """Return what a page tells of itself that is about no single stop: with the visit's emblem."""
    resources = current_resources()
    with resources.database.reading() as session:
        card = find_form(session, emblem_media(), CARD)
    return shared_page(
        title,
        description,
        lang=page_lang(),
        card=card,
        addresses=Addresses(resources.settings.public_url),
        linked_data=page_data(kind, title, description, url=url, lang=page_lang()),
    )


def kept(response: Response) -> Response:
    """Let an answer be kept, and be asked about each time."""
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response


def _alternates(canonical_url: str, told_in: Sequence[str]) -> dict[str, str]:
    """Return the page's address in each language, and for whoever wishes for none of them."""
    parts = urlsplit(canonical_url)
    base = f"{parts.scheme}://{parts.netloc}"
    found = {lang: base + _in_language(lang, parts.path) for lang in told_in}
    is_home = parts.path == _HERE.home(lang=page_lang())
    default = base + _HERE.home() if is_home else found[told_in[0]]
    return found | {"x-default": default}


def _in_language(lang: str, path: str) -> str:
    first, _, rest = path.removeprefix("/").partition("/")
    return f"/{lang}/{rest}" if first in LANGUAGES else _HERE.home(lang=lang)
