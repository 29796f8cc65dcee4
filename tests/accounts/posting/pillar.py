"""Somebody who is written to, at noon, and where letters are put by a worker of a test's own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import select

from tourapp.accounts.posting.models import Letter
from tourapp.accounts.posting.postman import Postman
from tourapp.accounts.posting.services import Message, write_letter
from tourapp.accounts.services import get_person
from tourapp.mail import Hindrance, UndeliveredError
from tourapp.resources import Resources

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANA = "ana@example.fr"
NEWS = Message(subject="À relire", text="Bonjour,\n\nRelisez.\n")

Happening = Callable[[], object]


class Pillar:
    """A pillar box that something happens at before it takes a letter, and after."""

    described = "a pillar box"

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.before: Happening = lambda: None
        self.after: Happening = lambda: None

    def send(self, letter: EmailMessage) -> None:
        self.before()
        self.letters.append(letter)
        self.after()

    def hinder(self, hindrance: Hindrance, answer: str) -> None:
        """Take no letter from now on."""

        def refuse() -> None:
            raise UndeliveredError(self.described, hindrance, answer)

        self.before = refuse


def write(resources: Resources, message: Message = NEWS) -> None:
    """Write Ana a letter at noon."""
    with resources.database.transaction() as session:
        write_letter(session, get_person(session, ANA), message, at=NOON)


def send(resources: Resources, pillar: Pillar, *, later: timedelta = timedelta()) -> bool:
    """Have a worker send the next letter, some time after noon."""
    return Postman(resources, mailer=pillar, clock=lambda: NOON + later).send_next()


def waiting(resources: Resources) -> list[Letter]:
    """Return what the database knows of letters."""
    with resources.database.reading() as session:
        return [*session.scalars(select(Letter))]
