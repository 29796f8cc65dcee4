"""Itineraries from files, over HTTP."""

from dataclasses import asdict
from http import HTTPStatus

from flask import request

from tourapp.accounts.guards import GUARDED, acting
from tourapp.itineraries.api import WRITE, Answer, answer
from tourapp.itineraries.drafting.schemas import DraftedItinerarySchema, NamedQuerySchema
from tourapp.itineraries.drafting.services import draft_itinerary
from tourapp.itineraries.drawings.content import DRAWING_TYPES, LONGEST_FILE_BYTES
from tourapp.itineraries.drawings.reading import read_drawing
from tourapp.web.api import ApiBlueprint
from tourapp.web.idempotency import IDEMPOTENCY_KEY

itinerary_drafts = ApiBlueprint(
    "itinerary_drafts",
    __name__,
    url_prefix="/api/v1/itineraries",
    description="Itineraries from files",
)

_FILE = {
    "required": True,
    "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in DRAWING_TYPES},
}


@itinerary_drafts.post("/from-file")
@itinerary_drafts.doc(**GUARDED, parameters=[IDEMPOTENCY_KEY], requestBody=_FILE)
@itinerary_drafts.arguments(NamedQuerySchema, location="query")
@itinerary_drafts.response(201, DraftedItinerarySchema)
def post_file(query: dict[str, str]) -> Answer:
    """Make an itinerary, private at first, from a GPX, KML or GeoJSON file of at most 10 MB."""
    request.max_content_length = LONGEST_FILE_BYTES
    drawing = read_drawing(request.get_data())
    with acting(WRITE) as act:
        draft = draft_itinerary(act.session, drawing, named=query["named"], by=act.by)
        document, status, headers = answer(
            act.session, draft.itinerary, by=act.by, status=HTTPStatus.CREATED
        )
        return document | {"remarks": [asdict(each) for each in draft.remarks]}, status, headers
