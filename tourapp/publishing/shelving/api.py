"""Copying stops, putting them away and bringing them back, over HTTP."""

from http import HTTPStatus
from typing import Any

from tourapp.accounts.guards import GUARDED, acting, condition, required_tag
from tourapp.publishing.schemas import PlaceSchema, place_document
from tourapp.publishing.shelving.copying import copy_stop
from tourapp.publishing.shelving.schemas import NEW_COPY, CopySchema, copy_document
from tourapp.publishing.shelving.services import archive_stop, bring_back
from tourapp.stops.models import Stop
from tourapp.web.api import ApiBlueprint

shelves = ApiBlueprint(
    "shelves",
    __name__,
    url_prefix="/api/v1/stops",
    description="Stops as wholes, with a token",
)

_CONDITION = condition("the ETag of the stop that the change is made on")
_CHANGING: dict[str, Any] = GUARDED | {"parameters": [_CONDITION]}

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@shelves.post("/<slug>/copies")
@shelves.doc(**GUARDED)
@shelves.arguments(NEW_COPY)
@shelves.response(201, CopySchema)
def post_copy(wanted: dict[str, Any], slug: str) -> Answer:
    """Make another stop with the same texts, which wait to be published."""
    with acting("stops:publish") as act:
        to, number = wanted.get("slug"), wanted.get("number")
        copy = copy_stop(act.session, slug, to=to, number=number, by=act.by)
        return copy_document(copy), HTTPStatus.CREATED, _tagged(copy.stop)


@shelves.put("/<slug>/archive")
@shelves.doc(**_CHANGING)
@shelves.response(200, PlaceSchema)
def put_archive(slug: str) -> Answer:
    """Withdraw all that is told at a stop, and leave it out of the lists; nothing is deleted."""
    with acting("stops:publish") as act:
        return _answer(archive_stop(act.session, slug, tag=required_tag(), by=act.by))


@shelves.delete("/<slug>/archive")
@shelves.doc(**_CHANGING)
@shelves.response(200, PlaceSchema)
def delete_archive(slug: str) -> Answer:
    """Put a stop into the lists again; its texts wait to be published."""
    with acting("stops:publish") as act:
        return _answer(bring_back(act.session, slug, tag=required_tag(), by=act.by))


def _answer(stop: Stop) -> Answer:
    return place_document(stop), HTTPStatus.OK, _tagged(stop)


def _tagged(stop: Stop) -> dict[str, str]:
    return {"ETag": f'"{stop.version}"', "Cache-Control": "no-store"}
