"""Recordings over HTTP: given, listed, withdrawn."""

from http import HTTPStatus
from typing import Any

from flask import Response

from tourapp.accounts.guards import GUARDED, acting, condition, looking, required_tag
from tourapp.narration.recordings.giving import (
    Given,
    give_recording,
    list_recordings,
    require_place,
    withdraw_recording,
)
from tourapp.narration.recordings.intake import LONGEST_UPLOAD_BYTES, take_in
from tourapp.narration.recordings.schemas import (
    GivenQuerySchema,
    RecordingSchema,
    recording_document,
)
from tourapp.narration.schemas import VariantQuerySchema
from tourapp.narration.voicing import Voicing
from tourapp.stops.editing import Telling
from tourapp.stops.services import get_narrative, get_stop
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current_resources, nudge_worker
from tourapp.web.idempotency import IDEMPOTENCY_KEY, is_key_taken
from tourapp.web.uploads import streamed_body

recordings = ApiBlueprint(
    "recordings",
    __name__,
    url_prefix="/api/v1/stops",
    description="Narratives, read by people",
)

_CONDITION = condition("the stop's ETag")
_SOUND = {
    "required": True,
    "description": "the file itself: WAV, MP3, M4A, FLAC or Ogg",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}

_GIVING = GUARDED | {"parameters": [_CONDITION, IDEMPOTENCY_KEY], "requestBody": _SOUND}

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@recordings.get("/<slug>/narrations/<lang>/recordings")
@recordings.doc(**GUARDED)
@recordings.arguments(VariantQuerySchema, location="query")
@recordings.response(200, RecordingSchema(many=True))
def get_recordings(query: dict[str, Any], slug: str, lang: str) -> Answer:
    """List the recordings of a narrative, the newest first; the ETag is the stop's."""
    addresses = _addresses()
    with looking("stops:draft") as look:
        stop = get_stop(look.session, slug)
        narrative = get_narrative(look.session, stop, lang=lang, **query)
        listed = list_recordings(look.session, narrative)
        documents = [recording_document(given, addresses=addresses) for given in listed]
        return documents, HTTPStatus.OK, _tagged(stop.version)


@recordings.post("/<slug>/narrations/<lang>/recordings")
@recordings.doc(**_GIVING)
@recordings.arguments(GivenQuerySchema, location="query")
@recordings.response(201, RecordingSchema)
def post_recording(query: dict[str, Any], slug: str, lang: str) -> Answer:
    """Give a recording of a text; visitors hear it once it is mastered. The ETag is the stop's."""
    resources = current_resources()
    telling = Telling(slug=slug, lang=lang, variant=query.pop("variant"))
    given = Given(telling=telling, **query)
    with looking("stops:publish") as look:
        tag = required_tag()
        if not is_key_taken(look.session, person_id=look.by.person_id):
            require_place(look.session, given, tag=tag)
    sound = take_in(streamed_body(LONGEST_UPLOAD_BYTES), resources.media)
    with acting("stops:publish") as act:
        voicing = Voicing.of(resources.settings)
        kept = give_recording(act.session, given, sound, tag=tag, by=act.by, voicing=voicing)
        document = recording_document(kept, addresses=_addresses())
        tagged = _tagged(kept.revision.narrative.stop.version)
    nudge_worker()
    return document, HTTPStatus.CREATED, tagged


@recordings.delete("/<slug>/narrations/<lang>/recordings/<whole:recording_id>")
@recordings.doc(**GUARDED, parameters=[_CONDITION])
@recordings.arguments(VariantQuerySchema, location="query")
@recordings.response(204)
def delete_recording(query: dict[str, Any], slug: str, lang: str, recording_id: int) -> Response:
    """Withdraw a recording for good; an engine is heard again. The ETag is the stop's."""
    telling = Telling(slug=slug, lang=lang, **query)
    with acting("stops:publish") as act:
        stop = withdraw_recording(act.session, telling, recording_id, tag=required_tag(), by=act.by)
        return Response(status=HTTPStatus.NO_CONTENT, headers=_tagged(stop.version))


def _addresses() -> Addresses:
    return Addresses(current_resources().settings.public_url)


def _tagged(version: int) -> dict[str, str]:
    return {"ETag": f'"{version}"', "Cache-Control": "no-store"}
