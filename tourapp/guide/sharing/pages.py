"""Who sees an itinerary and who writes at it, over HTTP."""

from collections.abc import Callable, Mapping
from typing import cast, get_args

from flask import Blueprint, flash, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.guards import Acting
from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.errors import StaleError
from tourapp.guide.sharing.services import NobodyError, share_with, stop_sharing_with
from tourapp.itineraries.content import Visibility
from tourapp.itineraries.followable import HiddenStopsError, TooFewHaltsError
from tourapp.itineraries.queries import get_itinerary
from tourapp.itineraries.services import (
    delete_itinerary,
    get_for_change,
    set_visibility,
)
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_resources
from tourapp.web.frames import chosen, onwards, page, sent

WRITE = "itineraries:write"

sharing = Blueprint("sharing", __name__, url_prefix="/guide/itineraires/<slug>/partage")

_SHOWN: dict[str, str] = {
    "private": "Seuls ses auteurs le voient désormais.",
    "unlisted": "Qui a le lien peut le suivre\u202f; il n’est pas dans la liste des visiteurs.",
    "published": "Les visiteurs le trouvent dans leur liste.",
}


@sharing.get("")
@needs(WRITE)
def overview(slug: str) -> AnyResponse:
    """Show who sees an itinerary, and who may change it."""
    return _overview(slug)


@sharing.post("/montrer")
@needs(WRITE)
def post_visibility(slug: str) -> AnyResponse:
    """Show an itinerary to everyone, to who has its link, or to its authors alone."""
    wish = cast("Visibility", (*chosen("visibility", get_args(Visibility)), "private")[0])

    def show(act: Acting) -> None:
        set_visibility(act.session, slug, wish, tag=sent("tag"), by=act.by)

    return _changed(slug, show, said=_SHOWN[wish])


@sharing.post("/inviter")
@needs(WRITE)
def post_editor(slug: str) -> AnyResponse:
    """Let somebody change an itinerary too."""
    email = sent("email").strip()

    def share(act: Acting) -> None:
        share_with(act.session, slug, email, tag=sent("tag"), by=act.by)

    return _changed(slug, share, said=f"{email} peut le changer aussi.")


@sharing.post("/retirer")
@needs(WRITE)
def post_editor_end(slug: str) -> AnyResponse:
    """Let somebody change an itinerary no more."""
    email = sent("leaver")

    def end(act: Acting) -> None:
        stop_sharing_with(act.session, slug, email, tag=sent("tag"), by=act.by)

    return _changed(slug, end, said=f"{email} ne peut plus le changer.")


@sharing.post("/supprimer")
@needs(WRITE)
def post_deletion(slug: str) -> AnyResponse:
    """Delete an itinerary."""
    try:
        with changing() as act:
            delete_itinerary(act.session, slug, tag=sent("tag"), by=act.by)
    except StaleError:
        return _was_overtaken(slug)
    flash("L’itinéraire est supprimé.")
    return onwards(url_for("guiding.shelf"))


def _changed(slug: str, change: Callable[[Acting], None], *, said: str) -> AnyResponse:
    """Change something on the state that the form names, and tell what became of it."""
    try:
        with changing() as act:
            change(act)
    except TooFewHaltsError:
        return _overview(slug, faults={"visibility": "Ajoutez d’abord au moins deux haltes."})
    except HiddenStopsError as error:
        hidden = ", ".join(error.slugs)
        fault = f"Les visiteurs ne voient pas encore ces arrêts\u202f: {hidden}."
        return _overview(slug, faults={"visibility": fault})
    except NobodyError:
        fault = (
            "Aucun guide n’a cette adresse au bureau. L’administration peut l’y inviter,"
            " ou lui donner le rôle de guide."
        )
        return _overview(slug, faults={"email": fault})
    except StaleError:
        return _was_overtaken(slug)
    flash(said)
    return onwards(url_for("sharing.overview", slug=slug))


def _was_overtaken(slug: str) -> AnyResponse:
    flash("Cet itinéraire a changé entre-temps\u202f: rien n’a été fait. Voici où il en est.")
    return onwards(url_for("sharing.overview", slug=slug))


def _overview(slug: str, *, faults: Mapping[str, str] | None = None) -> AnyResponse:
    with viewing() as view:
        itinerary = get_itinerary(view.session, slug, viewer=view.by)
        tag = str(itinerary.version)
        # Whoever may only read it is refused as any change of theirs would be.
        get_for_change(view.session, slug, tag=tag, by=view.by)
        return page(
            "sharing.html",
            "guide",
            itinerary=itinerary,
            link=Addresses(current_resources().settings.public_url).unlisted_itinerary(
                itinerary.secret
            ),
            visibilities=get_args(Visibility),
            email=sent("email"),
            faults=faults,
        )
