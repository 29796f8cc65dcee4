"""Changing stops over HTTP: drafts, revisions, publication."""

from http import HTTPStatus
from typing import Any

from flask import Response

from tourapp.accounts.guards import GUARDED, acting, condition, looking, required_tag
from tourapp.narration.voicing import Voicing
from tourapp.publishing.naming import about_telling
from tourapp.publishing.placing import change_place
from tourapp.publishing.scheduling import clear_end, schedule, set_end, unschedule
from tourapp.publishing.schemas import (
    PLACE_CHANGES,
    DraftSchema,
    EndSchema,
    NarrativePartsSchema,
    PlaceSchema,
    PublicationSchema,
    RevisionSchema,
    ScheduleSchema,
    TellingQuerySchema,
    draft_document,
    place_document,
    revision_document,
)
from tourapp.publishing.services import publish_at, withdraw
from tourapp.stops.editing import Edited, Telling, get_edited, save_draft, submit_draft
from tourapp.stops.models import Revision, Stop
from tourapp.stops.services import get_narrative, get_stop, list_revisions
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current_resources, nudge_worker
from tourapp.web.idempotency import IDEMPOTENCY_KEY

changes = ApiBlueprint(
    "changes",
    __name__,
    url_prefix="/api/v1/stops",
    description="Changing stops, with a token",
)

_CONDITION = condition("the ETag of the state that the change is made on")

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@changes.get("/<slug>/draft")
@changes.doc(**GUARDED)
@changes.arguments(TellingQuerySchema, location="query")
@changes.response(200, DraftSchema)
@about_telling
def get_draft(telling: Telling) -> Answer:
    """Return one's own draft, else the newest revision to begin from."""
    with acting("stops:draft") as act:
        edited = get_edited(act.session, telling, person_id=act.by.person_id)
        return _draft(edited, telling)


@changes.patch("/<slug>")
@changes.doc(**GUARDED, parameters=[_CONDITION])
@changes.arguments(TellingQuerySchema, location="query")
@changes.arguments(NarrativePartsSchema)
@changes.response(200, DraftSchema)
@about_telling
def patch_stop(telling: Telling, parts: dict[str, str]) -> Answer:
    """Write any part of one's own draft; what visitors see does not change."""
    with acting("stops:draft") as act:
        tag = required_tag()
        edited = save_draft(act.session, telling, parts, tag=tag, by=act.by)
        return _draft(edited, telling)


@changes.get("/<slug>/revisions")
@changes.doc(**GUARDED)
@changes.arguments(TellingQuerySchema, location="query")
@changes.response(200, RevisionSchema(many=True))
def get_revisions(query: dict[str, Any], slug: str) -> Answer:
    """List the revisions of a narrative, the newest first; the ETag is the stop's."""
    with acting("stops:draft") as act:
        stop = get_stop(act.session, slug)
        narrative = get_narrative(act.session, stop, **query)
        revisions = list_revisions(act.session, narrative)
        documents = [revision_document(revision, narrative) for revision in revisions]
        return documents, HTTPStatus.OK, _tagged(str(stop.version))


@changes.post("/<slug>/revisions")
@changes.doc(**GUARDED, parameters=[_CONDITION, IDEMPOTENCY_KEY])
@changes.arguments(TellingQuerySchema, location="query")
@changes.response(201, RevisionSchema)
@about_telling
def post_revision(telling: Telling) -> Answer:
    """Submit one's own draft as a revision; the ETag to name is the draft's."""
    with acting("stops:draft") as act:
        revision = submit_draft(act.session, telling, tag=required_tag(), by=act.by)
        return _revision(revision, HTTPStatus.CREATED)


@changes.post("/<slug>/publish")
@changes.doc(**GUARDED, parameters=[_CONDITION])
@changes.arguments(TellingQuerySchema, location="query")
@changes.arguments(PublicationSchema)
@changes.response(200, RevisionSchema)
@about_telling
def publish(telling: Telling, publication: dict[str, int]) -> Answer:
    """Let every visitor see a revision from now on; the ETag to name is the stop's."""
    resources = current_resources()
    with acting("stops:publish") as act:
        revision = publish_at(
            act.session,
            telling,
            publication["revision"],
            tag=required_tag(),
            by=act.by,
            voicing=Voicing.of(resources.settings),
        )
        answer = _revision(revision)
    nudge_worker()
    return answer


@changes.delete("/<slug>/publication")
@changes.doc(**GUARDED, parameters=[_CONDITION])
@changes.arguments(TellingQuerySchema, location="query")
@changes.response(204)
@about_telling
def delete_publication(telling: Telling) -> Response:
    """Hide a narrative from visitors; its revisions stay. The ETag to name is the stop's."""
    with acting("stops:publish") as act:
        stop = withdraw(act.session, telling, tag=required_tag(), by=act.by)
        return _nothing_of(stop)


@changes.put("/<slug>/schedule")
@changes.doc(**GUARDED, parameters=[_CONDITION])
@changes.arguments(TellingQuerySchema, location="query")
@changes.arguments(ScheduleSchema)
@changes.response(200, RevisionSchema)
@about_telling
def put_schedule(telling: Telling, planned: dict[str, Any]) -> Answer:
    """Have a revision published at a time; the ETag to name is the stop's."""
    with acting("stops:publish") as act:
        revision = schedule(
            act.session,
            telling,
            planned["revision"],
            at=planned["at"],
            tag=required_tag(),
            by=act.by,
        )
        return _revision(revision)


@changes.delete("/<slug>/schedule")
@changes.doc(**GUARDED, parameters=[_CONDITION])
@changes.arguments(TellingQuerySchema, location="query")
@changes.response(204)
@about_telling
def delete_schedule(telling: Telling) -> Response:
    """Let no revision wait for its time any more. The ETag to name is the stop's."""
    with acting("stops:publish") as act:
        stop = unschedule(act.session, telling, tag=required_tag(), by=act.by)
        return _nothing_of(stop)


@changes.put("/<slug>/end")
@changes.doc(**GUARDED, parameters=[_CONDITION])
@changes.arguments(TellingQuerySchema, location="query")
@changes.arguments(EndSchema)
@changes.response(200, RevisionSchema)
@about_telling
def put_end(telling: Telling, end: dict[str, Any]) -> Answer:
    """Have what is published withdrawn at a time; the ETag to name is the stop's."""
    with acting("stops:publish") as act:
        revision = set_end(act.session, telling, at=end["at"], tag=required_tag(), by=act.by)
        return _revision(revision)


@changes.delete("/<slug>/end")
@changes.doc(**GUARDED, parameters=[_CONDITION])
@changes.arguments(TellingQuerySchema, location="query")
@changes.response(204)
@about_telling
def delete_end(telling: Telling) -> Response:
    """Let what is published be seen without end. The ETag to name is the stop's."""
    with acting("stops:publish") as act:
        stop = clear_end(act.session, telling, tag=required_tag(), by=act.by)
        return _nothing_of(stop)


@changes.get("/<slug>/place")
@changes.doc(**GUARDED)
@changes.response(200, PlaceSchema)
def get_place(slug: str) -> Answer:
    """Return the live fields of a stop; the ETag is the stop's."""
    with looking("stops:draft") as look:
        stop = get_stop(look.session, slug)
        return _place(stop)


@changes.patch("/<slug>/place")
@changes.doc(**GUARDED, parameters=[_CONDITION])
@changes.arguments(PLACE_CHANGES)
@changes.response(200, PlaceSchema)
def patch_place(parts: dict[str, Any], slug: str) -> Answer:
    """Change any live field; every visitor sees it at once. The ETag to name is the stop's."""
    with acting("stops:publish") as act:
        stop = change_place(act.session, slug, parts, tag=required_tag(), by=act.by)
        return _place(stop)


def _draft(edited: Edited, telling: Telling) -> Answer:
    return draft_document(edited, telling), HTTPStatus.OK, _tagged(edited.tag)


def _revision(revision: Revision, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    narrative = revision.narrative
    return revision_document(revision, narrative), status, _tagged(str(narrative.stop.version))


def _place(stop: Stop) -> Answer:
    return place_document(stop), HTTPStatus.OK, _tagged(str(stop.version))


def _nothing_of(stop: Stop) -> Response:
    return Response(status=HTTPStatus.NO_CONTENT, headers=_tagged(str(stop.version)))


def _tagged(tag: str) -> dict[str, str]:
    return {"ETag": f'"{tag}"', "Cache-Control": "no-store"}
