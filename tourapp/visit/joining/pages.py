"""Joining a led walk by its code, and being told where the group is."""

from http import HTTPStatus

from flask import Blueprint, Response, json, redirect, request
from flask_babel import force_locale
from marshmallow import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from tourapp.errors import InvalidError
from tourapp.itineraries.walks.documents import whereabouts_document
from tourapp.itineraries.walks.joining import join, whereabouts
from tourapp.itineraries.walks.queries import get_walk_by_code
from tourapp.visit.frame import kept, page_of
from tourapp.visit.joining.schemas import PhoneSchema
from tourapp.visit.joining.wording import farewell, invitation, sentence
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_resources
from tourapp.web.posts import refuse_elsewhere

joining = Blueprint("joining", __name__)

_HERE = Addresses()


@joining.get("/m")
def door() -> AnyResponse:
    """Ask for the code of a walk, or lead to the walk of the one that is given."""
    if typed := request.args.get("code", "").strip():
        return redirect(_HERE.walk(typed), HTTPStatus.SEE_OTHER)
    return page_of("walk_door.html")


@joining.get("/m/<code>")
@joining.get("/M/<code>", endpoint="walk_in_capitals")
def walk(code: str) -> Response:
    """Show a participant where the group is; the page speaks the language of the walk."""
    with current_resources().database.reading() as session:
        told = whereabouts(session, get_walk_by_code(session, code))
        with force_locale(told.walk.lang):
            page = page_of(
                "walk.html",
                walk=told.walk,
                told=whereabouts_document(told, addresses=_HERE),
                sentence=sentence(told),
                invitation=invitation(told),
                state_url=f"{_HERE.walk(told.walk.code or code)}/etat",
            )
    page.headers["X-Robots-Tag"] = "noindex"
    page.headers["Cache-Control"] = "no-store"
    return page


@joining.get("/m/<code>/etat")
def state(code: str) -> Response:
    """Tell a joined phone where the group is; it asks now and then."""
    with current_resources().database.reading() as session:
        told = whereabouts(session, get_walk_by_code(session, code))
        document = whereabouts_document(told, addresses=_HERE)
        with force_locale(told.walk.lang):
            words = {
                "sentence": sentence(told),
                "invitation": invitation(told),
                "farewell": farewell(),
            }
    answer = Response(json.dumps(document | words), content_type="application/json")
    kept(answer).make_conditional(request)
    return answer


@joining.post("/m/<code>/telephone")
def post_phone(code: str) -> Response:
    """Count a phone that joined, by a number that it drew for this walk."""
    refuse_elsewhere()
    try:
        phone = PhoneSchema().load(request.form)["phone"]
    except ValidationError as error:
        raise InvalidError(str(error)) from error
    with current_resources().database.transaction() as session:
        join(session, get_walk_by_code(session, code), phone)
    return Response(status=HTTPStatus.NO_CONTENT, headers={"Cache-Control": "no-store"})
