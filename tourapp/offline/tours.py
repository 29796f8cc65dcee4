"""A tour that a phone takes along: every file of it, by the hash of its bytes. Pure."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

EVERY_STOP = "tous-les-arrets"
"""The slug of the tour of all stops; an itinerary's tour bears the itinerary's."""

MOST_STOPS = 60
"""How many stops can be taken along at once: some 30 MB of sound."""

Kind = Literal["page", "data", "picture", "sound", "words", "asset"]

# As pages name what they show; what they tell machines of is named with the site before it.
_MEDIA = re.compile(r"(?<=[\"',\s])/media/([0-9a-f]{64})\.([a-z0-9]{2,5})")
_PICTURE = re.compile(r"<picture>.*?</picture>", re.DOTALL)
_FORM = re.compile(r"/media/([0-9a-f]{64})\.([a-z]{3,4}) (\d+)w")
_KINDS: dict[str, Kind] = {"opus": "sound", "mp3": "sound", "vtt": "words"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TourFile:
    """A file under its address; of those that share a `one_of` a phone needs a single one."""

    url: str
    kind: Kind
    type: str
    bytes: int
    sha256: str
    one_of: str | None = None
    width_px: int | None = None


@dataclass(frozen=True, slots=True)
class NamedMedia:
    """A media file that a page names; of a photograph's forms, how wide each is."""

    name: str
    sha256: str
    kind: Kind
    one_of: str | None = None
    width_px: int | None = None


def find_media(page: str, *, url: str) -> Iterator[NamedMedia]:
    """Yield the media files that the page at an address names, each once.

    The formats of its clip stand for one another, and so do the forms of a photograph.
    """
    forms = {named.name: named for named in _find_forms(page)}
    for digest, suffix in dict.fromkeys(_MEDIA.findall(page)):
        name, kind = f"{digest}.{suffix}", _KINDS.get(suffix, "picture")
        one_of = f"sound of {url}" if kind == "sound" else None
        yield forms.get(name) or NamedMedia(name, digest, kind, one_of)


def _find_forms(page: str) -> Iterator[NamedMedia]:
    for picture in _PICTURE.findall(page):
        # A photograph that two pages show is one: it is known by the same file on both, the last
        # one. A file that is not named by its bytes could not be verified, and stays behind.
        for common in _MEDIA.findall(picture)[-1:]:
            one_of = "picture /media/{}.{}".format(*common)
            for digest, suffix, width in _FORM.findall(picture):
                yield NamedMedia(f"{digest}.{suffix}", digest, "picture", one_of, int(width))


def file_of(url: str, body: bytes, *, kind: Kind, content_type: str) -> TourFile:
    """Return a file of which these are the bytes."""
    digest = hashlib.sha256(body).hexdigest()
    return TourFile(url=url, kind=kind, type=content_type, bytes=len(body), sha256=digest)


def version_of(files: Iterable[TourFile]) -> str:
    """Return what changes exactly when one of the files does."""
    listed = "\n".join(sorted(f"{file.url} {file.sha256}" for file in files))
    return hashlib.sha256(listed.encode()).hexdigest()[:16]
