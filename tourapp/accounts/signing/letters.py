"""The letters that carry a link: what it is made from waits with them, never the link itself."""

from dataclasses import replace

from sqlalchemy.orm import Session

from tourapp.accounts.models import Person
from tourapp.accounts.posting.services import Message, write_letter
from tourapp.accounts.secrets import derived_secret, new_secret
from tourapp.accounts.services import Actor
from tourapp.accounts.signing.links import INVITATION, RESCUE, keep_link
from tourapp.settings import Settings

INVITING = Message(
    subject="Votre accès au bureau de la visite",
    text="""Bonjour,

Vous êtes invité(e) au bureau de la visite du bassin minier, où s’écrivent les arrêts.

Choisissez votre mot de passe à cette adresse (elle est bonne sept jours, une seule fois)\u202f:
{link}

Si ce message ne vous dit rien, ne faites rien.
""",
    good_for=INVITATION,
)

RESCUING = Message(
    subject="Un nouveau mot de passe pour le bureau",
    text="""Bonjour,

Quelqu’un, sans doute vous, a oublié le mot de passe de {email}.

Choisissez-en un autre à cette adresse (elle est bonne une heure, une seule fois)\u202f:
{link}

Si ce n’était pas vous, ne faites rien\u202f: rien n’a changé.
""",
    good_for=RESCUE,
)

_LINK = "{link}"


def link_url(settings: Settings, secret: str) -> str:
    """Return the address that a link's letter names."""
    return f"{settings.public_url}/bureau/lien/{secret}"


def send_link(
    session: Session, person: Person, message: Message, *, secret_key: str, by: Actor
) -> str:
    """Have a letter bring somebody a link to choose a password; return its secret, this once."""
    seed = new_secret()
    secret = derived_secret(seed, key=secret_key)
    keep_link(session, person, secret, good_for=message.good_for, by=by)
    marked = replace(message, text=message.text.format(email=person.email, link=_LINK))
    write_letter(session, person, marked, at=by.at, link_seed=seed)
    return secret


def with_link(text: str, seed: str, settings: Settings) -> str:
    """Return what the letter says once it leaves, with the link that follows from its seed."""
    secret = derived_secret(seed, key=settings.secret_key)
    return text.replace(_LINK, link_url(settings, secret))
