"""The register of signs over HTTP."""

from http import HTTPStatus
from typing import Any

from flask import Response
from flask_smorest.pagination import PaginationParameters

from tourapp.accounts.guards import GUARDED, acting, condition, looking, required_tag
from tourapp.pictures.intake import MOST_BYTES
from tourapp.signage.models import Sign
from tourapp.signage.register.photos import add_photo, keep_photo, remove_photo
from tourapp.signage.register.queries import SignQuery, count_signs, list_signs
from tourapp.signage.register.scans import Posting, list_postings
from tourapp.signage.register.schemas import (
    NewSignSchema,
    PostingSchema,
    RegisteredSignSchema,
    SignChangeSchema,
    SignCheckSchema,
    SignMoveSchema,
    SignQuerySchema,
    sign_document,
)
from tourapp.signage.register.services import (
    add_sign,
    change_sign,
    check_sign,
    move_sign,
    restore_sign,
    retire_sign,
)
from tourapp.signage.services import get_sign
from tourapp.web.api import ApiBlueprint, asked_page
from tourapp.web.context import current_resources
from tourapp.web.idempotency import IDEMPOTENCY_KEY
from tourapp.web.uploads import streamed_body

register = ApiBlueprint(
    "register",
    __name__,
    url_prefix="/api/v1/signs",
    description="The signs outside, with a token",
)

PERMISSION = "signs:manage"

_CONDITION = condition("the ETag of the sign that the change is made on")
_CHANGING: dict[str, Any] = GUARDED | {"parameters": [_CONDITION]}

_PICTURE = {
    "required": True,
    "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}},
}

Answer = tuple[Any, HTTPStatus, dict[str, str]]


@register.get("")
@register.doc(**GUARDED)
@register.arguments(SignQuerySchema, location="query")
@register.response(200, RegisteredSignSchema(many=True))
@register.paginate(page_size=50, max_page_size=200)
def get_signs(
    query: SignQuery,
    pagination_parameters: PaginationParameters,
) -> list[dict[str, Any]]:
    """List signs by the number of their stop."""
    with looking(PERMISSION) as look:
        page = asked_page(pagination_parameters, count=count_signs(look.session, query))
        signs = list_signs(
            look.session,
            query,
            offset=page.offset,
            limit=page.limit,
        )
        return [_document(sign) for sign in signs]


@register.post("")
@register.doc(**GUARDED, parameters=[IDEMPOTENCY_KEY])
@register.arguments(NewSignSchema)
@register.response(201, RegisteredSignSchema)
def post_sign(described: dict[str, Any]) -> Answer:
    """Plan another sign for a stop; its code is drawn, and stays its own."""
    slug = described.pop("stop")
    with acting(PERMISSION) as act:
        return _answer(add_sign(act.session, slug, described, by=act.by), HTTPStatus.CREATED)


@register.get("/<code>")
@register.doc(**GUARDED)
@register.response(200, RegisteredSignSchema)
def get_one_sign(code: str) -> Answer:
    """Return a sign with its ETag; a retired one too."""
    with looking(PERMISSION) as look:
        return _answer(get_sign(look.session, code))


@register.patch("/<code>")
@register.doc(**_CHANGING)
@register.arguments(SignChangeSchema)
@register.response(200, RegisteredSignSchema)
def patch_sign(changes: dict[str, Any], code: str) -> Answer:
    """Describe a sign anew, or say what became of its plate."""
    state = changes.pop("state", None)
    with acting(PERMISSION) as act:
        tag = required_tag()
        return _answer(change_sign(act.session, code, changes, state=state, tag=tag, by=act.by))


@register.post("/<code>/checks")
@register.doc(**_CHANGING)
@register.arguments(SignCheckSchema)
@register.response(200, RegisteredSignSchema)
def post_check(found: dict[str, Any], code: str) -> Answer:
    """Note that one stood before a sign, and what one found."""
    with acting(PERMISSION) as act:
        return _answer(check_sign(act.session, code, **found, tag=required_tag(), by=act.by))


@register.post("/<code>/move")
@register.doc(**_CHANGING)
@register.arguments(SignMoveSchema)
@register.response(200, RegisteredSignSchema)
def post_move(move: dict[str, str], code: str) -> Answer:
    """Let a sign lead to another stop, at once and without printing it anew."""
    with acting(PERMISSION) as act:
        return _answer(
            move_sign(act.session, code, to=move["stop"], tag=required_tag(), by=act.by),
        )


@register.put("/<code>/retirement")
@register.doc(**_CHANGING)
@register.response(200, RegisteredSignSchema)
def put_retirement(code: str) -> Answer:
    """Let a sign lead nowhere any more; its code tells so, and is never used again."""
    with acting(PERMISSION) as act:
        return _answer(retire_sign(act.session, code, tag=required_tag(), by=act.by))


@register.delete("/<code>/retirement")
@register.doc(**_CHANGING)
@register.response(200, RegisteredSignSchema)
def delete_retirement(code: str) -> Answer:
    """Let a retired sign lead to its stop again."""
    with acting(PERMISSION) as act:
        return _answer(restore_sign(act.session, code, tag=required_tag(), by=act.by))


@register.get("/<code>/scans")
@register.doc(**GUARDED)
@register.response(200, PostingSchema(many=True))
def get_scans(code: str) -> list[Posting]:
    """Tell how often a sign was scanned, at each stop that it led to, the first one first."""
    with looking(PERMISSION) as look:
        return list_postings(look.session, get_sign(look.session, code))


@register.post("/<code>/photos")
@register.doc(**GUARDED, parameters=[IDEMPOTENCY_KEY], requestBody=_PICTURE)
@register.response(201, RegisteredSignSchema)
def post_photo(code: str) -> Answer:
    """Add a photograph, at most 20 MB: its pixels alone are kept, not where it was taken."""
    with looking(PERMISSION) as look:
        get_sign(look.session, code)
    # Whoever may not is refused before the picture is read.
    kept = keep_photo(current_resources().media, streamed_body(MOST_BYTES))
    with acting(PERMISSION) as act:
        return _answer(add_photo(act.session, code, kept, by=act.by), HTTPStatus.CREATED)


@register.delete("/<code>/photos/<whole:photo_id>")
@register.doc(**GUARDED)
@register.response(204)
def delete_photo(code: str, photo_id: int) -> Response:
    """Remove a photograph, such as one that shows somebody."""
    with acting(PERMISSION) as act:
        remove_photo(act.session, code, photo_id, by=act.by)
    return Response(status=HTTPStatus.NO_CONTENT)


def _document(sign: Sign) -> dict[str, Any]:
    return sign_document(sign, public_url=current_resources().settings.public_url)


def _answer(sign: Sign, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    tagged = {"ETag": f'"{sign.version}"', "Cache-Control": "no-store"}
    return _document(sign), status, tagged
