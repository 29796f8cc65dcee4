"""The recordings of a narrative: given, listened to, withdrawn."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import BinaryIO, cast

from flask import Blueprint, flash, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, receives, viewing
from tourapp.errors import ExceededError, InvalidError, StaleError
from tourapp.narration.recordings.giving import (
    LONGEST_CREDIT,
    LONGEST_SPEAKER,
    Given,
    give_recording,
    list_recordings,
    require_place,
    withdraw_recording,
)
from tourapp.narration.recordings.intake import LONGEST_UPLOAD_BYTES, take_in
from tourapp.narration.schemas import audio_files
from tourapp.narration.voicing import Voicing
from tourapp.staff.forms import FaultyFormError
from tourapp.staff.writing.addresses import TELLING, address_of, telling_of
from tourapp.staff.writing.wording import telling_name
from tourapp.stops.editing import Telling
from tourapp.stops.services import get_head, get_narrative, get_stop, list_revisions
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_resources, nudge_worker
from tourapp.web.frames import as_json, is_for_a_script, onwards, page, sent
from tourapp.web.numbers import counted

recordings = Blueprint("recordings", __name__, url_prefix=f"/bureau/arrets{TELLING}/lectures")

_FORM_BYTES = 10_000
_WAITING = ("wanted", "rendering")
_CHANGED_MEANWHILE = "Cet arrêt a changé entre-temps\u202f: rien n’a été fait. Voici où il en est."
_UNHEARD = (
    "Ce n’est pas un enregistrement que l’on puisse entendre. Donnez un fichier WAV, MP3, M4A, FLAC"
    f" ou Ogg, de {LONGEST_UPLOAD_BYTES // 1_000_000} mégaoctets au plus."
)
_BUSY = "Un autre enregistrement arrive en ce moment. Envoyez le vôtre dans vingt secondes."
_SPEAKER = f"Dites qui lit, en {LONGEST_SPEAKER} caractères au plus."
_CREDIT = f"{LONGEST_CREDIT} caractères au plus."


@recordings.get("")
@needs("stops:draft")
def listed(**which: str) -> AnyResponse:
    """List who reads a narrative, how well it is understood, and what is still to be made."""
    return _page(telling_of(which))


@recordings.post("")
@receives(LONGEST_UPLOAD_BYTES + _FORM_BYTES)
@needs("stops:publish")
def post_recording(**which: str) -> AnyResponse:
    """Give a recording; visitors hear it once it is mastered."""
    telling = telling_of(which)
    try:
        _give(_given(telling))
    except FaultyFormError as error:
        if is_for_a_script():
            return as_json({"faults": error.faults}, HTTPStatus.UNPROCESSABLE_ENTITY)
        return _page(telling, faults=error.faults)
    except StaleError:
        flash(_CHANGED_MEANWHILE)
    else:
        nudge_worker()
        flash("L’enregistrement est arrivé. Les visiteurs l’entendront dès qu’il sera prêt.")
    return onwards(address_of("recordings", telling))


@recordings.post("/<whole:recording_id>/retirer")
@needs("stops:publish")
def post_withdrawal(recording_id: int, **which: str) -> AnyResponse:
    """Withdraw a recording for good; a voice is heard again."""
    telling = telling_of(which)
    said = "L’enregistrement est retiré\u202f: la voix du service est entendue de nouveau."
    try:
        with changing() as act:
            withdraw_recording(act.session, telling, recording_id, tag=sent("tag"), by=act.by)
    except StaleError:
        said = _CHANGED_MEANWHILE
    flash(said)
    return onwards(address_of("recordings", telling))


def _given(telling: Telling) -> Given:
    """Return what is said of the recording, or raise FaultyFormError."""
    given = Given(
        telling=telling,
        revision=request.form.get("revision", type=counted),
        speaker=sent("speaker").strip(),
        credit=sent("credit").strip(),
    )
    try:
        given.check()
    except InvalidError:
        is_credit = len(given.credit) > LONGEST_CREDIT
        fault = {"credit": _CREDIT} if is_credit else {"speaker": _SPEAKER}
        raise FaultyFormError(fault) from None
    return given


def _give(given: Given) -> None:
    resources = current_resources()
    with viewing() as view:
        require_place(view.session, given, tag=sent("tag"))
    try:
        # A form without a file sends nothing, which nobody hears either.
        sound = take_in(
            cast("BinaryIO", request.files.get("sound", FileStorage()).stream), resources.media
        )
    except InvalidError:
        raise FaultyFormError({"sound": _UNHEARD}) from None
    except ExceededError:
        raise FaultyFormError({"sound": _BUSY}) from None
    voicing = Voicing.of(resources.settings)
    with changing() as act:
        give_recording(act.session, given, sound, tag=sent("tag"), by=act.by, voicing=voicing)


def _page(telling: Telling, *, faults: Mapping[str, str] | None = None) -> AnyResponse:
    with viewing() as view:
        stop = get_stop(view.session, telling.slug)
        narrative = get_narrative(view.session, stop, lang=telling.lang, variant=telling.variant)
        given = list_recordings(view.session, narrative)
        revisions = list_revisions(view.session, narrative)
        title = get_head(view.session, narrative).title
    narrations = [each.narration for each in given if each.narration is not None]
    return page(
        "recordings.html",
        stop=stop,
        title=title,
        name=telling_name(telling.lang, telling.variant),
        address=lambda view: address_of(view, telling),
        given=given,
        revisions=revisions,
        files={each.id: audio_files(each, addresses=Addresses()) for each in narrations},
        is_waiting=any(each.state in _WAITING for each in narrations),
        longest=LONGEST_UPLOAD_BYTES,
        values={"speaker": "", "credit": "", "revision": ""} | request.form.to_dict(),
        faults=faults,
    )
