"""How the bureau names why words are set aside, how they stand, and what became of them."""

from collections.abc import Mapping, Sequence

from tourapp.observations.models import Observation
from tourapp.visit.noticing.wording import OUTCOME_NAMES
from tourapp.web.sheets import sheet

REASON_NAMES = {
    "off_topic": "sans rapport avec le lieu",
    "personal": "parle d’une personne",
    "hurtful": "blessante ou illicite",
    "advertising": "publicité",
    "repeated": "déjà dite",
}

STATE_NAMES = {"waiting": "à lire", "published": "publiée", "set_aside": "mise de côté"}

_COLUMNS = ("Arrêt", "Lieu", "Mois", "Remarque", "Suite", "Ce qui est dit", "Le")


def answers_sheet(answered: Sequence[Observation], titles: Mapping[str, str]) -> str:
    """Return what became of observations as CSV, in French."""
    rows = (
        (
            each.stop.number,
            titles.get(each.stop.slug, each.stop.slug),
            f"{each.noticed_on:%Y-%m}",
            each.shown,
            str(OUTCOME_NAMES[each.outcome or "done"]),
            each.answer,
            each.answered_on,
        )
        for each in answered
    )
    return sheet(_COLUMNS, rows)
