"""The photographs of a stop over HTTP: sent, described, ordered, removed."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import Response

from tourapp.accounts.guards import GUARDED, acting, condition, looking, required_tag
from tourapp.pictures.intake import MOST_BYTES, WIDEST_PX, take_in
from tourapp.publishing.pictures.schemas import (
    PICTURE_CHANGES,
    KeptPictureSchema,
    PictureOrderSchema,
    PictureQuerySchema,
    pictures_document,
)
from tourapp.publishing.pictures.services import (
    add_picture,
    describe_picture,
    order_pictures,
    remove_picture,
    require_room,
)
from tourapp.stops.models import Stop
from tourapp.stops.services import get_stop
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current_resources
from tourapp.web.idempotency import IDEMPOTENCY_KEY, is_key_taken
from tourapp.web.uploads import streamed_body

pictures = ApiBlueprint(
    "pictures",
    __name__,
    url_prefix="/api/v1/stops/<slug>/pictures",
    description="Photographs of stops, with a token",
)

_CONDITION = condition("the stop's ETag")
_CHANGING: dict[str, Any] = GUARDED | {"parameters": [_CONDITION]}
_PHOTOGRAPH = {
    "required": True,
    "description": "the file itself: JPEG, PNG, WebP or AVIF",
    "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}},
}

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@pictures.get("")
@pictures.doc(**GUARDED)
@pictures.response(200, KeptPictureSchema(many=True))
def get_pictures(slug: str) -> Answer:
    """List the photographs of a stop in their order, in every language; the ETag is the stop's."""
    with looking("stops:draft") as look:
        return _answer(get_stop(look.session, slug))


@pictures.post("")
@pictures.doc(**GUARDED, parameters=[_CONDITION, IDEMPOTENCY_KEY], requestBody=_PHOTOGRAPH)
@pictures.arguments(PictureQuerySchema, location="query")
@pictures.response(201, KeptPictureSchema(many=True))
def post_picture(words: dict[str, Any], slug: str) -> Answer:
    """Add a photograph, at most 20 MB: its pixels alone are kept, not where it was taken."""
    with looking("stops:publish") as look:
        tag = required_tag()
        if not is_key_taken(look.session, person_id=look.by.person_id):
            require_room(look.session, slug, tag=tag)
    kept = take_in(streamed_body(MOST_BYTES), current_resources().media, widest_px=WIDEST_PX)
    with acting("stops:publish") as act:
        stop = add_picture(act.session, slug, kept, words, tag=tag, by=act.by)
        return _answer(stop, HTTPStatus.CREATED)


@pictures.put("/order")
@pictures.doc(**_CHANGING)
@pictures.arguments(PictureOrderSchema)
@pictures.response(200, KeptPictureSchema(many=True))
def put_order(order: dict[str, Sequence[str]], slug: str) -> Answer:
    """Show the photographs of a stop in another order."""
    with acting("stops:publish") as act:
        files = order["files"]
        return _answer(order_pictures(act.session, slug, files, tag=required_tag(), by=act.by))


@pictures.patch("/<file>")
@pictures.doc(**_CHANGING)
@pictures.arguments(PICTURE_CHANGES)
@pictures.response(200, KeptPictureSchema(many=True))
def patch_picture(words: dict[str, Any], slug: str, file: str) -> Answer:
    """Say anything of a photograph anew; its texts are given whole, in all of their languages."""
    with acting("stops:publish") as act:
        tag = required_tag()
        return _answer(describe_picture(act.session, slug, file, words, tag=tag, by=act.by))


@pictures.delete("/<file>")
@pictures.doc(**_CHANGING)
@pictures.response(204)
def delete_picture(slug: str, file: str) -> Response:
    """Remove a photograph from a stop."""
    with acting("stops:publish") as act:
        stop = remove_picture(act.session, slug, file, tag=required_tag(), by=act.by)
        return Response(status=HTTPStatus.NO_CONTENT, headers=_tagged(stop))


def _answer(stop: Stop, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    addresses = Addresses(current_resources().settings.public_url)
    return pictures_document(stop, addresses=addresses), status, _tagged(stop)


def _tagged(stop: Stop) -> dict[str, str]:
    return {"ETag": f'"{stop.version}"', "Cache-Control": "no-store"}
