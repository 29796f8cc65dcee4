"""What needs doing, for somebody with these permissions."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor
from tourapp.reviewing.queries import list_waiting
from tourapp.staff.due.items import Due
from tourapp.staff.due.letters import list_unsent
from tourapp.staff.due.observations import list_unread
from tourapp.staff.due.places import list_pressing, list_reopening, list_vague
from tourapp.staff.due.reviews import list_answered, list_asked, list_talked_about
from tourapp.staff.due.sounds import list_provisional, list_silent
from tourapp.staff.due.texts import (
    list_drafts,
    list_ending,
    list_planned,
    list_submitted,
    list_untranslated,
)
from tourapp.staff.writing.queries import list_standing


def list_due(session: Session, *, by: Actor, today: date, engines: Sequence[str]) -> list[Due]:
    """Return what somebody with these permissions can see to; kinds without any are left out."""
    stops = list_standing(session)
    reviews = list_waiting(session)
    kinds: list[Due] = []
    if "people:manage" in by.permissions:
        kinds.append(Due("Messages qui ne partent pas", list(list_unsent(session, now=by.at))))
    if "stops:draft" in by.permissions:
        kinds.append(Due("Vos brouillons", list_drafts(session, by)))
        kinds.append(Due("Réponses à vos relectures", list(list_answered(reviews, by))))
        kinds.append(Due("Commentaires à régler", list(list_talked_about(session))))
    if "stops:publish" in by.permissions:
        kinds.append(Due("Relectures demandées", list(list_asked(reviews, by))))
        kinds.append(Due("À relire et à publier", list(list_submitted(stops, reviews))))
        kinds.append(Due("Publié bientôt", list(list_planned(stops))))
        kinds.append(Due("Retiré bientôt", list(list_ending(stops))))
        kinds.append(Due("Fermetures qui finissent", list(list_reopening(session, stops, today))))
    if "observations:moderate" in by.permissions:
        kinds.append(Due("Remarques à lire", list(list_unread(session))))
    if "stops:draft" in by.permissions:
        kinds.append(Due("Le son manque, ou dit un texte plus ancien", list_silent(session)))
        provisional = list_provisional(session, engines=engines)
        kinds.append(Due("Une meilleure voix est attendue", provisional))
        kinds.append(Due("À traduire", list(list_untranslated(stops))))
    if "stops:publish" in by.permissions:
        kinds.append(Due("Positions à relever sur place", list(list_vague(session, stops))))
    if "signs:manage" in by.permissions:
        pressing = list(list_pressing(session, stops, today))
        kinds.append(Due("Panneaux abîmés, signalés ou muets", pressing))
    return [kind for kind in kinds if kind.items]
