"""The bureau's home: what needs doing, and where everything is."""

from datetime import UTC, datetime

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import MEMBER, needs, viewing
from tourapp.publishing.health import check_readiness
from tourapp.staff.due import list_due
from tourapp.web.context import current_day, current_resources
from tourapp.web.frames import page

bureau = Blueprint("bureau", __name__, url_prefix="/bureau")

AT_ONCE = 8
"""How many things of a kind are shown before the rest is unfolded."""

_AMISS = {
    "media": "Les sons et les images ne peuvent pas être lus\u202f: le stockage ne répond pas.",
    "worker": (
        "Des sons attendent depuis plus de cinq minutes\u202f: le programme qui les prépare"
        " (tourapp worker) tourne-t-il\u202f?"
    ),
}


@bureau.get("/")
@needs(MEMBER)
def home() -> AnyResponse:
    """Greet whoever came in, and say what needs doing."""
    resources = current_resources()
    with viewing() as view:
        due = list_due(view.session, by=view.by, today=current_day())
    readiness = check_readiness(
        resources.database,
        resources.media,
        settings=resources.settings,
        now=datetime.now(UTC),
    )
    amiss = [
        _AMISS[check.name]
        for check in readiness.checks
        if check.status != "ok" and check.name in _AMISS
    ]
    return page("home.html", due=due, amiss=amiss, at_once=AT_ONCE)
