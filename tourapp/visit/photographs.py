"""The photographs of a stop: what its page is given, and what the API says of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tourapp.media import media_type
from tourapp.pictures.models import PictureForm
from tourapp.stops.content import told_in
from tourapp.visit.pictures import Pictured
from tourapp.web.addresses import Addresses

_HERE = Addresses()


@dataclass(frozen=True, slots=True)
class ShownFormat:
    """A photograph in one format: its type, and its files with how wide they are."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPicture:
    """A photograph: the file that every browser shows, and lighter ones for those that can."""

    url: str
    width: int
    height: int
    formats: list[ShownFormat]
    alt_lang: str
    alt: str
    caption_lang: str
    caption: str | None
    credit: str
    licence: str


def shown_picture(pictured: Pictured, *, lang: str) -> ShownPicture:
    """Return a photograph as a page shows it, told in its language where there are the words."""
    picture = pictured.picture
    formats = [_shown_format(forms) for forms in pictured.forms.values()]
    alt_lang, alt = told_in(picture.alt, lang)
    caption_lang, caption = told_in(picture.caption, lang) if picture.caption else (lang, None)
    common = list(pictured.forms.values())[-1]
    return ShownPicture(
        url=_HERE.media(common[0].media),
        width=common[-1].width,
        height=common[-1].height,
        formats=formats,
        alt_lang=alt_lang,
        alt=alt,
        caption_lang=caption_lang,
        caption=caption,
        credit=picture.credit,
        licence=picture.licence,
    )


def _shown_format(forms: Sequence[PictureForm]) -> ShownFormat:
    sources = (f"{_HERE.media(form.media)} {form.width}w" for form in forms)
    return ShownFormat(media_type(forms[0].media), ", ".join(sources))


def picture_document(pictured: Pictured, *, lang: str, addresses: Addresses) -> dict[str, Any]:
    """Return what `PictureSchema` describes."""
    picture = pictured.picture
    alt_lang, alt = told_in(picture.alt, lang)
    _, caption = told_in(picture.caption, lang) if picture.caption else (lang, None)
    return {
        "alt": alt,
        "caption": caption,
        "lang": alt_lang,
        "credit": picture.credit,
        "licence": picture.licence,
        "focus": picture.focus,
        "files": [
            {
                "url": addresses.media(form.media),
                "type": media_type(form.media),
                "width": form.width,
                "height": form.height,
                "bytes": form.bytes,
            }
            for forms in pictured.forms.values()
            for form in forms
        ],
    }
