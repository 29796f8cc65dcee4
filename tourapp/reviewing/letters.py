"""The letters that tell those concerned what was asked, said and answered."""

from datetime import datetime

from sqlalchemy.orm import Session

from tourapp.accounts.posting.services import Message, write_letter
from tourapp.reviewing.services import News

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


def tell(session: Session, news: News, *, public_url: str, at: datetime) -> None:
    """Write to each whom it concerns, in the transaction of what they are told."""
    revision, telling = news.reading.revision, news.reading.telling
    told = {"who": news.who, "title": revision.title, "number": revision.number}
    address = f"{public_url}/bureau/arrets/{telling}/versions/{revision.number}"
    paragraphs = ("Bonjour,", _SENTENCES[news.kind].format(**told), news.words, address)
    message = Message(
        # A header is one line, whatever a title holds.
        subject=" ".join(_SUBJECTS[news.kind].format(**told).splitlines()),
        text="\n\n".join(filter(None, paragraphs)) + "\n",
    )
    for person in news.to:
        write_letter(session, person, message, at=at)
