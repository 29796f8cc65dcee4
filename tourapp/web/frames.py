"""What forms and pages of the bureau share."""

from collections.abc import Collection, Mapping
from http import HTTPStatus

from flask import Response, json, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from tourapp.web.context import current_resources
from tourapp.web.numbers import counted
from tourapp.web.security import policy_with_images_of
from tourapp.web.tiles import tiles_of


def page(
    template: str,
    room: str = "staff",
    /,
    *,
    faults: Mapping[str, str] | None = None,
    **shown: object,
) -> Response:
    """Draw a page of the bureau; with faults, which stand beside their fields, it tells 422."""
    body = render_template(f"{room}/{template}", faults=faults or {}, **shown)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return Response(body, status, content_type="text/html; charset=utf-8")


def page_with_map(
    template: str, *, faults: Mapping[str, str] | None = None, **shown: object
) -> Response:
    """Draw a page on which a position is set on a map, which may ask for tiles."""
    tiles = tiles_of(current_resources().settings)
    drawn = page(template, faults=faults, tiles=tiles, **shown)
    drawn.headers["Content-Security-Policy"] = policy_with_images_of(tiles["url"])
    return drawn


def sent(name: str) -> str:
    """Return what was written into a field, nothing where it was not sent."""
    return request.form.get(name, "")


def chosen(name: str, among: Collection[str]) -> list[str]:
    """Return which of these boxes were ticked."""
    return [value for value in request.form.getlist(name) if value in among]


def page_number() -> int:
    """Return which page of a list is asked for, the first unless one is that there may be."""
    return max(1, request.args.get("page", default=1, type=counted))


def is_for_a_script() -> bool:
    """Tell whether a module of a page asks, rather than a person by a form."""
    return request.accept_mimetypes.best == "application/json"


def as_json(answer: Mapping[str, object], status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Answer a module of a page."""
    return Response(json.dumps(answer), status, content_type="application/json")


def onwards(address: str) -> AnyResponse:
    """Lead to a page after a change, so that loading it again changes nothing."""
    return redirect(address, HTTPStatus.SEE_OTHER)
