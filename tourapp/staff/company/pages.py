"""Who else is here: told when a text is opened, and again to a module that asks meanwhile."""

from collections.abc import Sequence
from contextlib import suppress

from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, viewing
from tourapp.errors import UnavailableError
from tourapp.presence.services import Companion, is_noted, list_company, note
from tourapp.staff.writing.addresses import TELLING, telling_of
from tourapp.stops.editing import Telling

company = Blueprint("company", __name__, url_prefix="/bureau/arrets")


@company.post(f"{TELLING}/presence")
@needs("stops:draft")
def post_presence(**which: str) -> AnyResponse:
    """Note that somebody still has a text open, and tell who else does."""
    others = keep_company(telling_of(which))
    return Response(render_template("staff/company.html", company=others))


def keep_company(telling: Telling) -> Sequence[Companion]:
    """Note that who is signed in has a text open, and return who else works at it."""
    with viewing() as view:
        others = list_company(view.session, telling, by=view.by)
        is_known = is_noted(view.session, telling, by=view.by)
    if not is_known:
        # No text is kept from who writes it because others could not be told.
        with suppress(UnavailableError), changing() as act:
            note(act.session, telling, by=act.by)
    return others
