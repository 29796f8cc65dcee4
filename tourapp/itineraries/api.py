"""Itineraries over HTTP: read by everyone, made and changed with a token."""

from http import HTTPStatus
from typing import Any

from flask import request
from flask_smorest.pagination import PaginationParameters
from sqlalchemy.orm import Session

from tourapp.accounts.guards import (
    GUARDED,
    WELCOMING,
    acting,
    condition,
    required_tag,
    welcoming,
)
from tourapp.accounts.services import Actor, get_person
from tourapp.itineraries.content import ItineraryContent
from tourapp.itineraries.documents import itinerary_document, summary_document
from tourapp.itineraries.drawings.content import DRAWING_TYPES, LONGEST_FILE_BYTES
from tourapp.itineraries.models import Itinerary
from tourapp.itineraries.ordering import propose_order
from tourapp.itineraries.outline import outline
from tourapp.itineraries.paths import DrawnPath, read_path
from tourapp.itineraries.queries import count_itineraries, get_itinerary, list_itineraries
from tourapp.itineraries.route import PaceName
from tourapp.itineraries.schemas import (
    EditorsSchema,
    ItineraryChangesSchema,
    ItinerarySchema,
    ItinerarySummarySchema,
    NewItinerarySchema,
    PaceQuerySchema,
    PathQuerySchema,
    ProposalSchema,
    VisibilitySchema,
)
from tourapp.itineraries.services import (
    change_itinerary,
    create_itinerary,
    delete_itinerary,
    duplicate_itinerary,
    may_change,
    set_editors,
    set_visibility,
)
from tourapp.itineraries.ways import remove_path, set_path
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint, asked_page
from tourapp.web.context import current_resources
from tourapp.web.idempotency import IDEMPOTENCY_KEY

WRITE = "itineraries:write"

itineraries = ApiBlueprint(
    "itineraries",
    __name__,
    url_prefix="/api/v1/itineraries",
    description="Itineraries: stops in order, and the ways between them",
)

_CONDITION = condition("the ETag of the itinerary that the change is made on")

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@itineraries.get("")
@itineraries.doc(**WELCOMING)
@itineraries.response(200, ItinerarySummarySchema(many=True))
@itineraries.paginate(page_size=20, max_page_size=100)
def get_itineraries(pagination_parameters: PaginationParameters) -> list[dict[str, Any]]:
    """List the published itineraries by title; with a token, one's own too."""
    with welcoming(WRITE) as (session, viewer):
        page = asked_page(pagination_parameters, count=count_itineraries(session, viewer=viewer))
        chosen = list_itineraries(
            session,
            viewer=viewer,
            offset=page.offset,
            limit=page.limit,
        )
        return [summary_document(itinerary) for itinerary in chosen]


@itineraries.post("")
@itineraries.doc(**GUARDED, parameters=[IDEMPOTENCY_KEY])
@itineraries.arguments(NewItinerarySchema)
@itineraries.response(201, ItinerarySchema)
def post_itinerary(given: dict[str, Any]) -> Answer:
    """Make an itinerary, private at first; its slug comes from its title."""
    with acting(WRITE) as act:
        made = create_itinerary(act.session, ItineraryContent(**given), by=act.by)
        return answer(act.session, made, by=act.by, status=HTTPStatus.CREATED)


@itineraries.get("/<slug>")
@itineraries.doc(**WELCOMING)
@itineraries.arguments(PaceQuerySchema, location="query")
@itineraries.response(200, ItinerarySchema)
def get_one(query: dict[str, PaceName], slug: str) -> Answer:
    """Return an itinerary with its ways and times; its authors see their notes."""
    with welcoming(WRITE) as (session, viewer):
        itinerary = get_itinerary(session, slug, viewer=viewer)
        return answer(session, itinerary, by=viewer, pace=query["pace"])


@itineraries.patch("/<slug>")
@itineraries.doc(**GUARDED, parameters=[_CONDITION])
@itineraries.arguments(ItineraryChangesSchema)
@itineraries.response(200, ItinerarySchema)
def patch_itinerary(changes: dict[str, Any], slug: str) -> Answer:
    """Change any part of an itinerary; halts are given as a whole, in their new order."""
    with acting(WRITE) as act:
        changed = change_itinerary(act.session, slug, changes, tag=required_tag(), by=act.by)
        return answer(act.session, changed, by=act.by)


@itineraries.delete("/<slug>")
@itineraries.doc(**GUARDED, parameters=[_CONDITION])
@itineraries.response(204)
def remove_itinerary(slug: str) -> None:
    """Delete an itinerary, with its halts and paths."""
    with acting(WRITE) as act:
        delete_itinerary(act.session, slug, tag=required_tag(), by=act.by)


@itineraries.post("/<slug>/copies")
@itineraries.doc(**GUARDED, parameters=[IDEMPOTENCY_KEY])
@itineraries.response(201, ItinerarySchema)
def copy_itinerary(slug: str) -> Answer:
    """Make a private copy of an itinerary, which is then one's own."""
    with acting(WRITE) as act:
        made = duplicate_itinerary(act.session, slug, by=act.by)
        return answer(act.session, made, by=act.by, status=HTTPStatus.CREATED)


@itineraries.put("/<slug>/visibility")
@itineraries.doc(**GUARDED, parameters=[_CONDITION])
@itineraries.arguments(VisibilitySchema)
@itineraries.response(200, ItinerarySchema)
def put_visibility(given: dict[str, Any], slug: str) -> Answer:
    """Show an itinerary to everyone, to whoever has its link, or to its authors only."""
    with acting(WRITE) as act:
        shown = set_visibility(
            act.session, slug, given["visibility"], tag=required_tag(), by=act.by
        )
        return answer(act.session, shown, by=act.by)


@itineraries.put("/<slug>/editors")
@itineraries.doc(**GUARDED, parameters=[_CONDITION])
@itineraries.arguments(EditorsSchema)
@itineraries.response(200, ItinerarySchema)
def put_editors(given: dict[str, list[str]], slug: str) -> Answer:
    """Let others change an itinerary too, by their addresses; the list is whole."""
    with acting(WRITE) as act:
        people = [get_person(act.session, email) for email in given["editors"]]
        shared = set_editors(act.session, slug, people, tag=required_tag(), by=act.by)
        return answer(act.session, shared, by=act.by)


@itineraries.put("/<slug>/halts/<whole:position>/path")
@itineraries.doc(
    **GUARDED,
    parameters=[_CONDITION],
    requestBody={
        "required": True,
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}} for kind in DRAWING_TYPES
        },
    },
)
@itineraries.arguments(PathQuerySchema, location="query")
@itineraries.response(200, ItinerarySchema)
def put_path(query: dict[str, str], slug: str, position: int) -> Answer:
    """Let a path lead to a halt: a GPX, KML or GeoJSON file of at most 10 MB, as it is."""
    tag = required_tag()
    request.max_content_length = LONGEST_FILE_BYTES
    path = DrawnPath(read_path(request.get_data(cache=False)), query["source"])
    with acting(WRITE) as act:
        changed = set_path(act.session, slug, position, path, tag=tag, by=act.by)
        return answer(act.session, changed, by=act.by)


@itineraries.delete("/<slug>/halts/<whole:position>/path")
@itineraries.doc(**GUARDED, parameters=[_CONDITION])
@itineraries.response(200, ItinerarySchema)
def delete_path(slug: str, position: int) -> Answer:
    """Go back to the estimate for the way to a halt."""
    with acting(WRITE) as act:
        changed = remove_path(act.session, slug, position, tag=required_tag(), by=act.by)
        return answer(act.session, changed, by=act.by)


@itineraries.get("/<slug>/proposal")
@itineraries.doc(**WELCOMING)
@itineraries.response(200, ProposalSchema)
def get_proposal(slug: str) -> dict[str, Any]:
    """Propose a shorter order, the first and the last halt held; nothing is applied."""
    with welcoming(WRITE) as (session, viewer):
        outlined = outline(session, get_itinerary(session, slug, viewer=viewer))
        proposal = propose_order([place.point.place for place in outlined.places])
        positions = [index + 1 for index in proposal.order]
        return {"positions": positions, "gain_m": proposal.gain_m}


def answer(
    session: Session,
    itinerary: Itinerary,
    *,
    by: Actor | None,
    pace: PaceName = "adult",
    status: HTTPStatus = HTTPStatus.OK,
) -> Answer:
    """Return an itinerary as the API answers with it, and its ETag."""
    document = itinerary_document(
        outline(session, itinerary, pace=pace),
        addresses=Addresses(current_resources().settings.public_url),
        for_authors=by is not None and may_change(itinerary, by),
    )
    headers = {"ETag": f'"{itinerary.version}"', "Cache-Control": "no-store" if by else "no-cache"}
    return document, status, headers
