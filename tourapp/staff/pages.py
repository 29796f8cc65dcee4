"""The bureau's home: what needs doing, and where everything is."""

from datetime import UTC, datetime

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import MEMBER, needs, viewing
from tourapp.narration.services import count_due
from tourapp.narration.voicing import Voicing
from tourapp.publishing.health import check_readiness
from tourapp.staff.due.services import list_due
from tourapp.web.context import current_day, current_resources
from tourapp.web.frames import page

bureau = Blueprint("bureau", __name__, url_prefix="/bureau")

AT_ONCE = 8
"""How many things of a kind are shown before the rest is unfolded."""

LEAST_FREE_BYTES = 500_000_000
"""With less room than this, sounds and pictures will soon not be kept."""

_NO_ROOM = "Le disque est presque plein\u202f: bientôt, plus aucun son ne pourra être gardé."
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
    voicing, now = Voicing.of(resources.settings), datetime.now(UTC)
    with viewing() as view:
        due = list_due(view.session, by=view.by, today=current_day(), engines=voicing.engines)
        waiting = count_due(view.session, voicing, now=now)
    readiness = check_readiness(
        resources.database,
        resources.media,
        settings=resources.settings,
        now=now,
    )
    amiss = [
        _AMISS[check.name]
        for check in readiness.checks
        if check.status != "ok" and check.name in _AMISS
    ]
    free = resources.media.find_free_bytes()
    if free is not None and free < LEAST_FREE_BYTES:
        amiss.append(_NO_ROOM)
    return page(
        "home.html", due=due, amiss=amiss, at_once=AT_ONCE, free_bytes=free, waiting=waiting
    )
