"""Reports of damaged signs over HTTP: made by anybody, read and closed with a token."""

from datetime import UTC, datetime
from typing import Any

from flask_smorest.pagination import PaginationParameters

from tourapp.accounts.guards import GUARDED, acting, looking
from tourapp.signage.reports.schemas import (
    NewReportSchema,
    ReportQuerySchema,
    ReportReceiptSchema,
    ReportSchema,
    report_document,
)
from tourapp.signage.reports.services import (
    close_report,
    count_reports,
    list_reports,
    report_damage,
)
from tourapp.web.api import ApiBlueprint, asked_page
from tourapp.web.context import current_resources
from tourapp.web.posts import refuse_elsewhere

reports = ApiBlueprint(
    "reports",
    __name__,
    url_prefix="/api/v1",
    description="Signs that are damaged",
)

PERMISSION = "signs:manage"


@reports.post("/signs/<code>/reports")
@reports.arguments(NewReportSchema)
@reports.response(201, ReportReceiptSchema)
def post_report(report: dict[str, str], code: str) -> dict[str, str]:
    """Tell that a sign is damaged; nothing is kept of who tells it."""
    refuse_elsewhere()
    with current_resources().database.transaction() as session:
        sign = report_damage(session, code, note=report["note"], now=datetime.now(UTC))
        return {"code": sign.code, "note": report["note"]}


@reports.get("/reports")
@reports.doc(**GUARDED)
@reports.arguments(ReportQuerySchema, location="query")
@reports.response(200, ReportSchema(many=True))
@reports.paginate(page_size=50, max_page_size=200)
def get_reports(
    query: dict[str, bool],
    pagination_parameters: PaginationParameters,
) -> list[dict[str, Any]]:
    """List what visitors reported, the newest first."""
    with looking(PERMISSION) as look:
        page = asked_page(pagination_parameters, count=count_reports(look.session, **query))
        found = list_reports(
            look.session,
            **query,
            offset=page.offset,
            limit=page.limit,
        )
        return [report_document(report) for report in found]


@reports.post("/reports/<whole:report_id>/close")
@reports.doc(**GUARDED)
@reports.response(200, ReportSchema)
def post_close(report_id: int) -> dict[str, Any]:
    """Note that a report was seen to; the same said again later opens it anew."""
    with acting(PERMISSION) as act:
        return report_document(close_report(act.session, report_id, by=act.by))
