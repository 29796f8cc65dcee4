"""The letters that tell those concerned what was asked, said and answered."""

import logging
from email.message import EmailMessage

from tourapp.errors import UnavailableError
from tourapp.mail import new_letter, open_mailer
from tourapp.reviewing.services import News
from tourapp.settings import Settings

log = logging.getLogger(__name__)

_SUBJECTS = {
    "asked": "À relire – {title}",
    "approved": "Approuvé – {title}",
    "returned": "À revoir – {title}",
    "commented": "Un commentaire sur {title}",
    "replied": "Une réponse sur {title}",
}
_SENTENCES = {
    "asked": "{who} demande une relecture de «\u202f{title}\u202f», version {number}.",
    "approved": "{who} approuve «\u202f{title}\u202f», version {number}.",
    "returned": (
        "{who} vous rend «\u202f{title}\u202f», version {number}\u202f: quelque chose est à revoir."
    ),
    "commented": "{who} commente «\u202f{title}\u202f», version {number}\u202f:",
    "replied": "{who} répond à propos de «\u202f{title}\u202f», version {number}\u202f:",
}


def tell(news: News, settings: Settings) -> None:
    """Send one letter to all whom it concerns; where it cannot be sent, the bureau tells still."""
    if not news.to:
        return
    try:
        open_mailer(settings.mail_url).send(_letter(news, settings))
    except UnavailableError as error:
        log.warning("a letter about %s is not sent: %s", news.reading.telling, error)


def _letter(news: News, settings: Settings) -> EmailMessage:
    revision = news.reading.revision
    told = {"who": news.who, "title": revision.title, "number": revision.number}
    telling = news.reading.telling
    address = f"{settings.public_url}/bureau/arrets/{telling}/versions/{revision.number}"
    paragraphs = ("Bonjour,", _SENTENCES[news.kind].format(**told), news.words, address)
    return new_letter(
        sender=settings.mail_from,
        to=", ".join(person.email for person in news.to),
        # A header is one line, whatever a title holds.
        subject=" ".join(_SUBJECTS[news.kind].format(**told).splitlines()),
        text="\n\n".join(filter(None, paragraphs)) + "\n",
    )
