"""Gathering the files of a tour: the pages as the application answers them, and what they show."""

from collections.abc import Iterable, Iterator, Sequence
from contextvars import Context
from dataclasses import dataclass
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from werkzeug.test import Client

from tourapp.catalogue.queries import list_documents
from tourapp.errors import UnavailableError
from tourapp.media import MediaStore, media_type
from tourapp.offline.services import TourContent
from tourapp.offline.tours import Kind, NamedMedia, TourFile, file_of, find_media
from tourapp.resources import Resources
from tourapp.web.addresses import Addresses
from tourapp.web.assets import asset_url
from tourapp.web.encoding import IDENTITY

_HERE = Addresses()

# What pages may load: all of it, since some is asked for only when it is needed.
_ASSETS = (
    "css/*.css",
    "js/*.js",
    "js/offline/*.js",
    "js/following/*.js",
    "icons/*",
    "vendor/leaflet.*",
)
_NOT_VISITORS = {"staff.css", "guide.css", "api-docs.js"}


class _Answer(NamedTuple):
    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Gathers the files of tours from what an application answers.

    `fingerprint` tells which prepared documents are those that it would answer now.
    """

    app: Flask
    resources: Resources
    fingerprint: str

    def gather(self, tour: TourContent, *, lang: str) -> list[TourFile]:
        """Return every file of a tour in one language, or raise UnavailableError."""
        addresses = dict(_addresses(tour, lang=lang))
        prepared = self._prepared(addresses)
        files: list[TourFile] = []
        for address, kind in addresses.items():
            body, content_type = prepared.get(address) or _asked(self.app, address)
            page = file_of(address, body, kind=kind, content_type=content_type)
            files += [page, *_shown(self.resources.media, page, body.decode())]
        return list(dict.fromkeys([*files, *_assets(self.app)]))

    def _prepared(self, addresses: Iterable[str]) -> dict[str, _Answer]:
        """Return what is ready to be answered: most of a tour, when one stop of it changed."""
        with self.resources.database.reading() as session:
            return {
                address: _Answer(document.body, dict(document.headers)["Content-Type"])
                for address in addresses
                for document in list_documents(
                    session, address, encoding=IDENTITY, fingerprint=self.fingerprint
                )
            }


def _addresses(tour: TourContent, *, lang: str) -> Iterator[tuple[str, Kind]]:
    for address in (
        *_HERE.constant_pages(lang=lang),
        *_pages_of_itinerary(tour.itinerary, lang=lang),
        *(_HERE.stop_page(stop.slug, lang=lang) for stop in tour.stops),
        *(
            _HERE.stop_page(stop.slug, lang=lang, variant="facile")
            for stop in tour.stops
            if stop.is_told_plainly
        ),
    ):
        yield address, "page"
    yield _HERE.geojson(lang=lang), "data"


def _pages_of_itinerary(slug: str | None, *, lang: str) -> Sequence[str]:
    if slug is None:
        return ()
    return _HERE.itinerary_page(slug, lang=lang), _HERE.itinerary_along(slug, lang=lang)


def _asked(app: Flask, address: str) -> _Answer:
    """Return what the application answers to everybody."""
    # In a context of its own: another request is being answered in this one.
    answer = Context().run(Client(app).get, address, environ_overrides={"REMOTE_ADDR": "127.0.0.1"})
    if answer.status_code != HTTPStatus.OK:
        message = f"{address} answers {answer.status}"
        raise UnavailableError(message)
    return _Answer(answer.get_data(), answer.headers["Content-Type"])


def _shown(media: MediaStore, page: TourFile, text: str) -> Iterator[TourFile]:
    for named in find_media(text, url=page.url):
        size = media.find_size(named.name)
        if size is not None:
            yield _media_file(named, size)


def _media_file(named: NamedMedia, size: int) -> TourFile:
    return TourFile(
        url=_HERE.media(named.name),
        kind=named.kind,
        type=media_type(named.name),
        bytes=size,
        sha256=named.sha256,
        one_of=named.one_of,
        width_px=named.width_px,
    )


def _assets(app: Flask) -> Iterator[TourFile]:
    folder = Path(str(app.static_folder))
    found = (path for pattern in _ASSETS for path in sorted(folder.glob(pattern)))
    for path in found:
        if path.name not in _NOT_VISITORS:
            content_type, _ = guess_type(path.name)
            url = asset_url(path.relative_to(folder).as_posix())
            yield file_of(url, path.read_bytes(), kind="asset", content_type=content_type or "")
