"""Letters that do not leave, or never will."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from tourapp.accounts.posting.queries import find_delay, list_given_up
from tourapp.mail import Hindrance
from tourapp.staff.due.items import Item

_PEOPLE = "/bureau/personnes"

_HINDRANCES: dict[Hindrance | None, str] = {
    None: "aucun programme (tourapp worker) ne s’en charge",
    "unwritable": "leur dossier ne peut pas être écrit",
    "unreachable": "le serveur de courrier est injoignable",
    "silent": "le serveur de courrier ne répond pas",
    "busy": "le serveur de courrier demande d’attendre",
    "closed": "le serveur de courrier refuse ce site (chiffrement, mot de passe ou expéditeur)",
    "refused": "le serveur de courrier refuse ce message ou cette adresse",
}


def list_unsent(session: Session, *, now: datetime) -> Iterator[Item]:
    """Yield one item for all letters that wait, and one for each that was given up."""
    if delay := find_delay(session, now=now):
        letters = "Un message attend" if delay.count == 1 else f"{delay.count} messages attendent"
        told = f"{_why(delay.hindrance, delay.answer)}, depuis le"
        yield Item(text=letters, url=_PEOPLE, count=delay.count, told=told, at=delay.since)
    for letter in list_given_up(session):
        told = f"n’est pas arrivé\u202f: {_why(letter.hindrance, letter.answer)}, écrit le"
        text = f"«\u202f{letter.subject}\u202f», à {letter.person.name}"
        yield Item(text=text, url=_PEOPLE, told=told, at=letter.made_at)


def _why(hindrance: Hindrance | None, answer: str | None) -> str:
    return _HINDRANCES[hindrance] + (f" («\u202f{answer}\u202f»)" if answer else "")
