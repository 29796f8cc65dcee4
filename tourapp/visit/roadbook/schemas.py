"""Road books as the API takes wishes for them."""

from marshmallow import Schema, fields, post_load, validate

from tourapp.itineraries.route import PACES
from tourapp.visit.roadbook.content import PAPER_FORMATS, VERSIONS, Wish


class WishSchema(Schema):
    """Which road book somebody wants."""

    format = fields.String(
        load_default="a4",
        validate=validate.OneOf(PAPER_FORMATS),
        metadata={"description": "booklet: A5 on sheets of A4, printed on both sides and folded"},
    )
    version = fields.String(
        load_default="public",
        validate=validate.OneOf(VERSIONS),
        metadata={"description": "guide: with notes and questions, for who may lead it"},
    )
    pace = fields.String(load_default="adult", validate=validate.OneOf(tuple(PACES)))
    starts_at = fields.AwareDateTime(
        data_key="start",
        load_default=None,
        metadata={"description": "writes times by the clock", "example": "2026-12-05T10:00:00Z"},
    )

    @post_load
    def _make(self, given: dict[str, object], **_: object) -> Wish:
        return Wish(**given)  # type: ignore[arg-type] # the fields above are its own
