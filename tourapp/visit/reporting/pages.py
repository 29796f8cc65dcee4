"""The answer to who tells that a sign is damaged; the form works without scripts."""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from marshmallow import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from tourapp.errors import InvalidError
from tourapp.signage.reports.schemas import ReportFormSchema
from tourapp.signage.reports.services import report_damage
from tourapp.signage.services import get_leading_sign
from tourapp.stops.content import LANGUAGES
from tourapp.visit.frame import page_lang, page_of
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_resources
from tourapp.web.posts import refuse_elsewhere

reporting = Blueprint("reporting", __name__)


@reporting.post(f"/<any({', '.join(LANGUAGES)}):lang>/signaler/<code>")
def report(lang: str, code: str) -> Response:  # noqa: ARG001 -- the page speaks the address's
    """Keep what somebody says of a sign, and thank them."""
    refuse_elsewhere()
    form = _read_form()
    with current_resources().database.transaction() as session:
        if form["site"]:
            # A robot filled in what nobody sees; it learns nothing by it.
            sign = get_leading_sign(session, code)
        else:
            sign = report_damage(session, code, note=form["note"], now=datetime.now(UTC))
        code, slug = sign.code, sign.stop.slug
    url = Addresses().stop_page(slug, lang=page_lang())
    page = page_of("reported.html", code=code, stop_url=url)
    page.headers["Cache-Control"] = "no-store"
    return page


@reporting.get(f"/<any({', '.join(LANGUAGES)}):lang>/signaler/<code>")
def ask_again(lang: str, code: str) -> AnyResponse:  # noqa: ARG001 -- as above
    """Lead whoever opens the address of an answer, such as by its history, to the sign's page."""
    return redirect(Addresses().sign(code), HTTPStatus.SEE_OTHER)


def _read_form() -> dict[str, str]:
    try:
        form: dict[str, str] = ReportFormSchema().load(request.form)
    except ValidationError as error:
        raise InvalidError(str(error)) from error
    return form
