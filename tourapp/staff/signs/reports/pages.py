"""What visitors say of damaged signs: read, and closed once it was seen to."""

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.signage.reports.services import close_report, count_reports, list_reports
from tourapp.web.frames import onwards, page, page_number, sent

reports = Blueprint("reports", __name__, url_prefix="/bureau/panneaux/signalements")

LISTED_AT_ONCE = 60


@reports.get("")
@needs("signs:manage")
def listed() -> AnyResponse:
    """List what was said and not seen to, or what was, the newest first."""
    number = page_number()
    is_closed = "clos" in request.args
    with viewing() as view:
        count = count_reports(view.session, closed=is_closed)
        offset = (number - 1) * LISTED_AT_ONCE
        found = list_reports(view.session, closed=is_closed, offset=offset, limit=LISTED_AT_ONCE)
    return page(
        "reports.html",
        reports=found,
        is_closed=is_closed,
        page_number=number,
        pages_count=max(1, -(-count // LISTED_AT_ONCE)),
    )


@reports.post("/<whole:report_id>/clore")
@needs("signs:manage")
def post_close(report_id: int) -> AnyResponse:
    """Note that a report was seen to."""
    with changing() as act:
        code = close_report(act.session, report_id, by=act.by).sign.code
    flash("C’est classé. Le même signalement, s’il revient, sera rouvert.")
    is_from_sign = bool(sent("panneau"))
    return onwards(url_for("signs.one", code=code) if is_from_sign else url_for("reports.listed"))
