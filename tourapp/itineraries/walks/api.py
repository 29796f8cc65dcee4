"""Led walks over HTTP, with a token; and a guide's calendar, behind its link."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response
from flask_smorest.pagination import PaginationParameters
from sqlalchemy.orm import Session

from tourapp.accounts.guards import GUARDED, acting, condition, looking, required_tag
from tourapp.itineraries.api import WRITE
from tourapp.itineraries.walks.content import WalkPlan
from tourapp.itineraries.walks.documents import walk_document
from tourapp.itineraries.walks.leading import end_walk, note_arrival, note_departure
from tourapp.itineraries.walks.models import Walk
from tourapp.itineraries.walks.queries import (
    count_phones,
    count_phones_of,
    count_walks,
    get_walk,
    list_walks,
    list_walks_of_feed,
)
from tourapp.itineraries.walks.schemas import (
    ArrivalSchema,
    FeedSchema,
    NewWalkSchema,
    TapSchema,
    WalkChangesSchema,
    WalkSchema,
)
from tourapp.itineraries.walks.services import (
    change_walk,
    create_walk,
    delete_walk,
    renew_feed,
)
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint, asked_page
from tourapp.web.context import current_resources

walks = ApiBlueprint(
    "walks",
    __name__,
    url_prefix="/api/v1/walks",
    description="Led walks: a group on an itinerary, on a day; with a token",
)

KEPT_IN_CALENDAR = timedelta(days=90)
"""How long a walk that is over stays in its guide's calendar."""

_CONDITION = condition("the ETag of the walk that the change is made on")
_FILE = {"type": "string", "format": "binary"}

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@walks.get("")
@walks.doc(**GUARDED)
@walks.response(200, WalkSchema(many=True))
@walks.paginate(page_size=20, max_page_size=100)
def get_walks(pagination_parameters: PaginationParameters) -> list[dict[str, Any]]:
    """List one's walks, the latest first; who publishes sees everybody's."""
    with looking(WRITE) as look:
        page = asked_page(pagination_parameters, count=count_walks(look.session, viewer=look.by))
        chosen = list_walks(
            look.session,
            viewer=look.by,
            offset=page.offset,
            limit=page.limit,
        )
        joined = count_phones_of(look.session, chosen)
        return [_document(walk, joined=joined[walk.id]) for walk in chosen]


@walks.post("")
@walks.doc(**GUARDED)
@walks.arguments(NewWalkSchema)
@walks.response(201, WalkSchema)
def post_walk(given: tuple[str, WalkPlan]) -> Answer:
    """Make a walk of an itinerary, in the order that it has now."""
    with acting(WRITE) as act:
        made = create_walk(act.session, *given, by=act.by)
        return _answer(act.session, made, status=HTTPStatus.CREATED)


@walks.get("/<whole:walk_id>")
@walks.doc(**GUARDED)
@walks.response(200, WalkSchema)
def get_one(walk_id: int) -> Answer:
    """Return a walk, with what came true of it."""
    with looking(WRITE) as look:
        return _answer(look.session, get_walk(look.session, walk_id, viewer=look.by))


@walks.patch("/<whole:walk_id>")
@walks.doc(**GUARDED, parameters=[_CONDITION])
@walks.arguments(WalkChangesSchema)
@walks.response(200, WalkSchema)
def patch_walk(changes: dict[str, Any], walk_id: int) -> Answer:
    """Change what was said of a walk beforehand."""
    with acting(WRITE) as act:
        changed = change_walk(act.session, walk_id, changes, tag=required_tag(), by=act.by)
        return _answer(act.session, changed)


@walks.delete("/<whole:walk_id>")
@walks.doc(**GUARDED, parameters=[_CONDITION])
@walks.response(204)
def remove_walk(walk_id: int) -> None:
    """Delete a walk, with all that was noted of it."""
    with acting(WRITE) as act:
        delete_walk(act.session, walk_id, tag=required_tag(), by=act.by)


@walks.post("/<whole:walk_id>/arrivals")
@walks.doc(**GUARDED)
@walks.arguments(ArrivalSchema)
@walks.response(200, WalkSchema)
def post_arrival(given: dict[str, Any], walk_id: int) -> Answer:
    """Note that the whole group is at a halt; told twice, it stays as it was."""
    with acting(WRITE) as act:
        at = given["at"] or act.by.at
        walk = note_arrival(act.session, walk_id, given["position"], at=at, by=act.by)
        return _answer(act.session, walk)


@walks.post("/<whole:walk_id>/departures")
@walks.doc(**GUARDED)
@walks.arguments(TapSchema)
@walks.response(200, WalkSchema)
def post_departure(given: dict[str, Any], walk_id: int) -> Answer:
    """Note that the group leaves the halt where it is; told twice, it stays as it was."""
    with acting(WRITE) as act:
        walk = note_departure(act.session, walk_id, at=given["at"] or act.by.at, by=act.by)
        return _answer(act.session, walk)


@walks.put("/<whole:walk_id>/end")
@walks.doc(**GUARDED)
@walks.arguments(TapSchema)
@walks.response(200, WalkSchema)
def put_end(given: dict[str, Any], walk_id: int) -> Answer:
    """End a walk: its code leads nowhere any more, phones are counted and forgotten."""
    with acting(WRITE) as act:
        walk = end_walk(act.session, walk_id, at=given["at"] or act.by.at, by=act.by)
        return _answer(act.session, walk)


@walks.get("/<whole:walk_id>/summary.pdf")
@walks.doc(**GUARDED)
@walks.response(200, _FILE, content_type="application/pdf")
def get_summary(walk_id: int) -> Response:
    """Return what came of a walk on one page, in French."""
    from tourapp.itineraries.walks.summary import walk_summary  # noqa: PLC0415 -- sets type

    settings = current_resources().settings
    with looking(WRITE) as look:
        walk = get_walk(look.session, walk_id, viewer=look.by)
        pdf = walk_summary(
            walk,
            joined=count_phones(look.session, walk),
            organisation=settings.organisation,
            zone=ZoneInfo(settings.time_zone),
            root=settings.root,
        )
    disposition = f'inline; filename="marche-{walk_id}.pdf"'
    return Response(pdf, headers={"Content-Disposition": disposition, "Cache-Control": "no-store"})


@walks.put("/calendar")
@walks.doc(**GUARDED)
@walks.response(200, FeedSchema)
def put_feed() -> Answer:
    """Make the link to one's calendar anew, and tell it this once; a former one ends."""
    addresses = Addresses(current_resources().settings.public_url)
    with acting(WRITE) as act:
        url = addresses.walks_calendar(renew_feed(act.session, by=act.by))
    return {"url": url}, HTTPStatus.OK, {"Cache-Control": "no-store"}


@walks.get("/calendar/<secret>.ics")
@walks.response(200, _FILE, content_type="text/calendar; charset=utf-8")
def get_calendar(secret: str) -> Response:
    """Return a guide's walks as iCalendar, for whoever has the link."""
    from tourapp.itineraries.walks.calendar import walks_calendar  # noqa: PLC0415 -- seldom asked

    resources = current_resources()
    since = datetime.now(UTC) - KEPT_IN_CALENDAR
    with resources.database.reading() as session:
        listed = list_walks_of_feed(session, secret, since=since)
        written = walks_calendar(listed, zone=ZoneInfo(resources.settings.time_zone))
    return Response(written, headers={"Cache-Control": "no-store"})


def _answer(session: Session, walk: Walk, *, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    headers = {"ETag": f'"{walk.version}"', "Cache-Control": "no-store"}
    return _document(walk, joined=count_phones(session, walk)), status, headers


def _document(walk: Walk, *, joined: int) -> dict[str, Any]:
    addresses = Addresses(current_resources().settings.public_url)
    return walk_document(walk, joined=joined, addresses=addresses)
