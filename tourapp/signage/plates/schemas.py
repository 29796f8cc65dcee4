"""Batches of plates as the API takes and describes them."""

from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from tourapp.media import media_type
from tourapp.signage.plates.content import THEMES
from tourapp.signage.plates.formats import FORMAT_NAMES, Layout
from tourapp.signage.plates.models import BATCH_STATES, SignBatch
from tourapp.signage.plates.orders import PACKINGS, Choice, Order
from tourapp.signage.plates.services import MOST_PLATES
from tourapp.web.addresses import Addresses


def _names(**options: Any) -> fields.List[str]:  # noqa: ANN401 -- marshmallow's own
    some = validate.Length(max=MOST_PLATES)
    return fields.List(fields.String(), load_default=(), validate=some, **options)


class BatchOrderSchema(Schema):
    """Signs to be printed: of some stops, of some codes, or all."""

    stops = _names(metadata={"description": "slugs"})
    codes = _names()
    all = fields.Boolean(load_default=False)
    format = fields.String(required=True, validate=validate.OneOf(FORMAT_NAMES))
    theme = fields.String(load_default="light", validate=validate.OneOf(THEMES))
    distance_cm = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(1, 1000),
        metadata={"description": "from how far the code is read; each format has its own"},
    )
    hard = fields.Boolean(
        load_default=False,
        metadata={"description": "a larger code: for poor light, or read at an angle"},
    )
    marks = fields.Boolean(
        load_default=False,
        metadata={"description": "trim marks and 3 mm of bleed, for a printer"},
    )
    wheelchair = fields.Boolean(
        load_default=False,
        metadata={"description": "these places can be reached in a wheelchair"},
    )
    packing = fields.String(
        load_default="pdf",
        validate=validate.OneOf(PACKINGS),
        metadata={"description": "one PDF, a picture of one sign, or an archive of either"},
    )
    printed_on = fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"description": "the day that the signs tell; today"},
    )

    @validates_schema
    def _require_a_choice(self, given: dict[str, Any], **_: object) -> None:
        if not (given["stops"] or given["codes"] or given["all"]):
            message = "Expected stops, codes or all."
            raise ValidationError(message)


class BatchFileSchema(Schema):
    """What was printed."""

    url = fields.Url(required=True)
    type = fields.String(required=True, metadata={"example": "application/pdf"})
    bytes = fields.Integer(required=True)
    sha256 = fields.String(required=True)


class BatchSchema(Schema):
    """Signs that are printed, or to be printed, as one file."""

    url = fields.Url(required=True, metadata={"description": "where to ask again"})
    signs = fields.Integer(required=True)
    state = fields.String(required=True, metadata={"enum": list(BATCH_STATES)})
    reason = fields.String(required=True, allow_none=True, metadata={"description": "of a failure"})
    created_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(
        required=True,
        metadata={"description": "when it is deleted, with its file"},
    )
    file = fields.Nested(BatchFileSchema, required=True, allow_none=True)


def order_of(given: dict[str, Any], *, today: date) -> Order:
    """Return the order that `BatchOrderSchema` took."""
    layout = ("format", "theme", "distance_cm", "hard", "marks")
    return Order(
        choice=Choice(stops=tuple(given["stops"]), codes=tuple(given["codes"]), all=given["all"]),
        layout=Layout(**{name: given[name] for name in layout}),
        packing=given["packing"],
        wheelchair=given["wheelchair"],
        printed_on=given["printed_on"] or today,
    )


def batch_document(batch: SignBatch, *, addresses: Addresses) -> dict[str, Any]:
    """Return what `BatchSchema` describes."""
    return {
        "url": addresses.sign_batch(batch.id),
        "signs": batch.signs,
        "state": batch.state,
        "reason": batch.failure,
        "created_at": batch.created_at,
        "ends_at": batch.ends_at,
        "file": batch.file_media and _file(batch.file_media, batch.file_bytes, addresses),
    }


def _file(name: str, size: int | None, addresses: Addresses) -> dict[str, Any]:
    return {
        "url": addresses.media(name),
        "type": media_type(name),
        "bytes": size,
        "sha256": name.partition(".")[0],
    }
