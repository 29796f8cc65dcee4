"""The register of signs as the API takes and describes it."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from tourapp.signage.codes import sign_url
from tourapp.signage.models import STATES, Sign, SignPhoto
from tourapp.signage.register.queries import SignQuery
from tourapp.web.addresses import Addresses
from tourapp.web.characters import KEPT_TEXT

LONGEST = {"place": 240, "support": 120, "note": 1000}

_SLUG = validate.Length(1, 100)


def _words(part: str, description: str) -> fields.String:
    rules = [validate.Length(max=LONGEST[part]), validate.Regexp(KEPT_TEXT)]
    return fields.String(validate=rules, metadata={"description": description})


def _state(**options: Any) -> fields.String:  # noqa: ANN401 -- marshmallow's own
    return fields.String(validate=validate.OneOf(STATES), **options)


class SignPositionSchema(Schema):
    """Where a sign hangs, WGS 84, and how well that is known."""

    lat = fields.Float(required=True, validate=validate.Range(-90, 90))
    lon = fields.Float(required=True, validate=validate.Range(-180, 180))
    accuracy_m = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, 100_000),
    )


class SignPartsSchema(Schema):
    """What staff say of a sign; what is not given stays as it is."""

    place = _words("place", "where to find it, in words")
    support = _words("support", "what it is fixed to: a post, a wall")
    note = _words("note", "what the next person should know")
    position = fields.Nested(
        SignPositionSchema,
        allow_none=True,
        metadata={"description": "null where only its stop's is known"},
    )

    @post_load
    def _flatten(self, given: dict[str, Any], **_: object) -> dict[str, Any]:
        if "position" in given:
            position = given.pop("position") or {"lat": None, "lon": None, "accuracy_m": None}
            given |= {"latitude": position["lat"], "longitude": position["lon"]}
            given["accuracy_m"] = position["accuracy_m"]
        return given


class NewSignSchema(SignPartsSchema):
    """A sign to be planned; its code is drawn."""

    stop = fields.String(required=True, validate=_SLUG, metadata={"description": "its slug"})


class SignChangeSchema(SignPartsSchema):
    """A change of a sign."""

    state = _state(metadata={"description": "what became of the plate"})


class SignCheckSchema(Schema):
    """What somebody found who stood before a sign; nothing is given where all is well."""

    state = _state()
    note = _words("note", "in the place of the former note")


class SignMoveSchema(Schema):
    """The stop that a sign leads to from now on."""

    stop = fields.String(required=True, validate=_SLUG, metadata={"description": "its slug"})


class SignQuerySchema(Schema):
    """Which signs are listed."""

    stop = fields.String(validate=_SLUG, metadata={"description": "the slug of their stop"})
    state = fields.List(
        _state(),
        load_default=[],
        metadata={"description": "one of these; may be given several times"},
    )
    unchecked_since = fields.AwareDateTime(
        metadata={"description": "nobody stood before them since"},
    )
    reported = fields.Boolean(
        load_default=False,
        metadata={"description": "visitors say that they are damaged, and nobody closed that"},
    )
    retired = fields.Boolean(
        load_default=False,
        metadata={"description": "those that lead nowhere any more, instead of those that do"},
    )

    @post_load
    def _make(self, given: dict[str, Any], **_: object) -> SignQuery:
        return SignQuery(states=tuple(given.pop("state")), **given)


class SignStopSchema(Schema):
    """The stop that a sign leads to."""

    slug = fields.String(required=True)
    number = fields.Integer(required=True)


class PrintedSchema(Schema):
    """What the plate says, since it was printed."""

    url = fields.String(required=True)
    version = fields.String(required=True)
    number = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)


class SignPhotoSchema(Schema):
    """A photograph of a sign, as somebody found it."""

    id = fields.Integer(required=True)
    url = fields.Url(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    added_by = fields.String(required=True)
    added_at = fields.AwareDateTime(required=True)


class RegisteredSignSchema(Schema):
    """A physical sign; the ETag is what a change must name."""

    code = fields.String(required=True)
    url = fields.String(required=True, metadata={"description": "what its QR code is to say"})
    stop = fields.Nested(SignStopSchema, required=True)
    place = fields.String(required=True)
    support = fields.String(required=True)
    note = fields.String(required=True)
    position = fields.Nested(SignPositionSchema, required=True, allow_none=True)
    state = fields.String(required=True, metadata={"enum": [*STATES]})
    printed = fields.Nested(PrintedSchema, required=True, allow_none=True)
    outdated = fields.List(
        fields.String(metadata={"enum": ["number", "url"]}),
        required=True,
        metadata={"description": "what the plate says that is no longer so: print it anew"},
    )
    open_reports = fields.Integer(required=True)
    photos = fields.List(fields.Nested(SignPhotoSchema), required=True)
    checked_at = fields.AwareDateTime(required=True, allow_none=True)
    checked_by = fields.String(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    moved_at = fields.AwareDateTime(required=True, allow_none=True)
    retired_at = fields.AwareDateTime(required=True, allow_none=True)


class PostingSchema(Schema):
    """A stop that a sign led to, and the scans that it owes to the sign."""

    stop = fields.String(required=True, metadata={"description": "the slug that it had"})
    since = fields.AwareDateTime(required=True)
    until = fields.AwareDateTime(required=True, allow_none=True)
    scans = fields.Integer(required=True)


_PLAIN = ("code", "place", "support", "note", "state", "open_reports", "checked_at", "checked_by")
_TIMES = ("created_at", "moved_at", "retired_at")


def sign_document(sign: Sign, *, public_url: str) -> dict[str, Any]:
    """Return what `RegisteredSignSchema` describes."""
    return {name: getattr(sign, name) for name in _PLAIN + _TIMES} | {
        "url": sign_url(public_url, sign.code),
        "stop": {"slug": sign.stop.slug, "number": sign.stop.number},
        "position": _position(sign),
        "printed": _printed(sign),
        "photos": [_photo(photo, public_url=public_url) for photo in sign.photos],
        "outdated": list_outdated(sign, public_url=public_url),
    }


def list_outdated(sign: Sign, *, public_url: str) -> list[str]:
    """Return what a printed plate says that is no longer so."""
    if sign.printed_url is None:
        return []
    is_so = {
        "number": sign.printed_number == sign.stop.number,
        "url": sign.printed_url == sign_url(public_url, sign.code),
    }
    return [name for name, still in is_so.items() if not still]


def _photo(photo: SignPhoto, *, public_url: str) -> dict[str, Any]:
    own = ("id", "width", "height", "added_by", "added_at")
    url = Addresses(public_url).media(photo.media)
    return {"url": url} | {name: getattr(photo, name) for name in own}


def _position(sign: Sign) -> dict[str, Any] | None:
    if sign.latitude is None:
        return None
    return {"lat": sign.latitude, "lon": sign.longitude, "accuracy_m": sign.accuracy_m}


def _printed(sign: Sign) -> dict[str, Any] | None:
    if sign.printed_url is None:
        return None
    names = PrintedSchema().fields
    return {name: getattr(sign, f"printed_{name}") for name in names}
