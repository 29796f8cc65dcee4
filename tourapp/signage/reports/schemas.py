"""Reports of damaged signs as the API takes and describes them."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from tourapp.signage.models import SignReport
from tourapp.signage.reports.services import LONGEST_NOTE
from tourapp.web.characters import KEPT_TEXT
from tourapp.web.posts import OpenFormSchema


class NewReportSchema(Schema):
    """What somebody who stands before a sign says of it, without saying who they are."""

    note = fields.String(
        load_default="",
        validate=[validate.Length(max=LONGEST_NOTE), validate.Regexp(KEPT_TEXT)],
        metadata={"description": "plain text, and nobody's name"},
    )

    @post_load
    def _tidy(self, given: dict[str, Any], **_: object) -> dict[str, Any]:
        words = "".join(mark if mark.isprintable() else " " for mark in given["note"])
        return given | {"note": " ".join(words.split())}


class ReportFormSchema(NewReportSchema, OpenFormSchema):
    """The same from the form on a page."""


class ReportReceiptSchema(Schema):
    """What was understood; a report that was made today already counts once."""

    code = fields.String(required=True)
    note = fields.String(required=True)


class ReportQuerySchema(Schema):
    """Which reports are listed."""

    closed = fields.Boolean(load_default=False)


class ReportSchema(Schema):
    """What visitors said of a sign on a day."""

    id = fields.Integer(required=True)
    code = fields.String(required=True)
    stop = fields.String(required=True, metadata={"description": "the slug of the sign's stop"})
    place = fields.String(required=True)
    note = fields.String(required=True)
    reported_on = fields.Date(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    closed_by = fields.String(required=True, allow_none=True)


_OWN = ("id", "note", "reported_on", "closed_at", "closed_by")


def report_document(report: SignReport) -> dict[str, Any]:
    """Return what `ReportSchema` describes."""
    sign = report.sign
    about = {"code": sign.code, "stop": sign.stop.slug, "place": sign.place}
    return about | {name: getattr(report, name) for name in _OWN}
