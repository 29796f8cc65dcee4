"""A stop's photographs: all of them with what is sent, and one with its words and its point."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from io import BytesIO
from typing import IO

from flask import Blueprint, abort, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.guards import Acting
from tourapp.accounts.signing.guards import changing, needs, receives, viewing
from tourapp.errors import ConflictError, StaleError
from tourapp.intake import RefusedFileError
from tourapp.pictures.intake import MOST_BYTES, WIDEST_PX, take_in
from tourapp.publishing.pictures.services import (
    add_picture,
    describe_picture,
    get_picture,
    order_pictures,
    remove_picture,
    require_room,
)
from tourapp.staff.forms import FaultyFormError
from tourapp.staff.pictures.forms import read_words, values_of
from tourapp.staff.pictures.frames import list_frames
from tourapp.stops.content import LANGUAGES, MOST_PICTURES
from tourapp.stops.models import Stop
from tourapp.stops.pictures import pictures_of
from tourapp.stops.services import find_narrative, get_head, get_stop
from tourapp.visit.pictures import list_pictured
from tourapp.web.context import current_resources
from tourapp.web.frames import onwards, page, sent

photographs = Blueprint("photographs", __name__, url_prefix="/bureau/arrets/<slug>/images")

# Of a form, beside the photograph.
_WORDS_BYTES = 100_000

_REFUSED = (
    "Ce fichier ne se lit pas comme une photographie. Donnez un JPEG, un PNG, un WebP ou un AVIF"
    " entier, de 20 Mo et de 40 millions de pixels au plus."
)
_THERE_ALREADY = "Cet arrêt montre déjà cette photographie, ou n’a plus de place pour une autre."
_OVERTAKEN = "Cet arrêt a changé entre-temps\u202f: rien n’a été fait. Voici où il en est."


@photographs.get("")
@needs("stops:draft")
def gallery(slug: str) -> AnyResponse:
    """Show the photographs of a stop in their order."""
    return _gallery(slug)


@photographs.post("")
@needs("stops:publish")
@receives(MOST_BYTES + _WORDS_BYTES)
def post_picture(slug: str) -> AnyResponse:
    """Add a photograph: its pixels alone are kept."""
    try:
        words = read_words(request.form)
        with viewing() as view:
            require_room(view.session, slug, tag=sent("tag"))
        kept = take_in(_photograph(), current_resources().media, widest_px=WIDEST_PX)
        with changing() as act:
            add_picture(act.session, slug, kept, words, tag=sent("tag"), by=act.by)
    except FaultyFormError as error:
        return _gallery(slug, faults=error.faults)
    except RefusedFileError:
        return _gallery(slug, faults={"photo": _REFUSED})
    except ConflictError:
        return _gallery(slug, faults={"photo": _THERE_ALREADY})
    except StaleError:
        return _onwards(slug, _OVERTAKEN)
    return _onwards(slug, "L’image est ajoutée. Les visiteurs la voient dans quelques instants.")


@photographs.get("/<file>")
@needs("stops:draft")
def one(slug: str, file: str) -> AnyResponse:
    """Show what is said of a photograph, and the point that matters most in it."""
    return _one(slug, file)


@photographs.post("/<file>")
@needs("stops:publish")
def post_words(slug: str, file: str) -> AnyResponse:
    """Say something else of a photograph."""
    try:
        words = read_words(request.form)
    except FaultyFormError as error:
        return _one(slug, file, faults=error.faults)

    def describe(act: Acting) -> None:
        describe_picture(act.session, slug, file, words, tag=sent("tag"), by=act.by)

    return _changed(slug, describe, said="C’est enregistré, les visiteurs le voient déjà.")


@photographs.post("/<file>/avancer")
@needs("stops:publish")
def post_forwards(slug: str, file: str) -> AnyResponse:
    """Show a photograph before the one that it follows."""

    def forwards(act: Acting) -> None:
        shown = pictures_of(get_stop(act.session, slug))
        place = shown.index(get_picture(shown, file))
        files = [each.file for each in shown]
        files.insert(max(0, place - 1), files.pop(place))
        order_pictures(act.session, slug, files, tag=sent("tag"), by=act.by)

    return _changed(slug, forwards, said="L’ordre est changé.")


@photographs.post("/<file>/retirer")
@needs("stops:publish")
def post_removal(slug: str, file: str) -> AnyResponse:
    """Take a photograph away."""

    def remove(act: Acting) -> None:
        remove_picture(act.session, slug, file, tag=sent("tag"), by=act.by)

    return _changed(slug, remove, said="L’image est retirée.")


def _changed(slug: str, change: Callable[[Acting], None], *, said: str) -> AnyResponse:
    """Make a change on the state that the form names, and tell what became of it."""
    try:
        with changing() as act:
            change(act)
    except StaleError:
        said = _OVERTAKEN
    return _onwards(slug, said)


def _onwards(slug: str, said: str) -> AnyResponse:
    flash(said)
    return onwards(url_for("photographs.gallery", slug=slug))


def _photograph() -> IO[bytes]:
    given = request.files.get("photo")
    return BytesIO() if given is None else given.stream


def _gallery(slug: str, *, faults: Mapping[str, str] | None = None) -> AnyResponse:
    with viewing() as view:
        stop = get_stop(view.session, slug)
        shown = {
            each.picture.file: each.forms["jpg"][0].media
            for each in list_pictured(view.session, stop)
        }
        return page(
            "pictures.html",
            stop=stop,
            title=_title(view, stop),
            pictures=pictures_of(stop),
            frames=[list_frames(picture) for picture in pictures_of(stop)[:1]],
            shown=shown,
            most=MOST_PICTURES,
            values=request.form.to_dict(),
            faults=faults,
        )


def _one(slug: str, file: str, *, faults: Mapping[str, str] | None = None) -> AnyResponse:
    with viewing() as view:
        stop = get_stop(view.session, slug)
        picture = next((each for each in pictures_of(stop) if each.file == file), None)
        if picture is None:
            abort(HTTPStatus.NOT_FOUND)
        return page(
            "picture.html",
            stop=stop,
            title=_title(view, stop),
            picture=picture,
            frames=list_frames(picture),
            languages=LANGUAGES[1:],
            values=values_of(picture) | request.form.to_dict(),
            faults=faults,
        )


def _title(view: Acting, stop: Stop) -> str:
    narrative = find_narrative(view.session, stop, lang=LANGUAGES[0])
    return stop.slug if narrative is None else get_head(view.session, narrative).title
