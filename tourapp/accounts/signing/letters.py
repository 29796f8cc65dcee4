"""The letters that carry a link."""

from email.message import EmailMessage

from tourapp.accounts.models import Person
from tourapp.mail import new_letter
from tourapp.settings import Settings

_INVITATION = """Bonjour,

Vous êtes invité(e) au bureau de la visite du bassin minier, où s’écrivent les arrêts.

Choisissez votre mot de passe à cette adresse (elle est bonne sept jours, une seule fois) :
{link}

Si ce message ne vous dit rien, ne faites rien.
"""

_RESCUE = """Bonjour,

Quelqu’un, sans doute vous, a oublié le mot de passe de {email}.

Choisissez-en un autre à cette adresse (elle est bonne une heure, une seule fois) :
{link}

Si ce n’était pas vous, ne faites rien : rien n’a changé.
"""


def link_url(settings: Settings, secret: str) -> str:
    """Return the address that a link's letter names."""
    return f"{settings.public_url}/bureau/lien/{secret}"


def invitation(settings: Settings, person: Person, secret: str) -> EmailMessage:
    """Return the letter that invites somebody."""
    text = _INVITATION.format(link=link_url(settings, secret))
    return _letter(settings, person, "Votre accès au bureau de la visite", text)


def rescue(settings: Settings, person: Person, secret: str) -> EmailMessage:
    """Return the letter for somebody who forgot a password."""
    text = _RESCUE.format(email=person.email, link=link_url(settings, secret))
    return _letter(settings, person, "Un nouveau mot de passe pour le bureau", text)


def _letter(settings: Settings, person: Person, subject: str, text: str) -> EmailMessage:
    spaced = text.replace(" :", "\N{NARROW NO-BREAK SPACE}:")
    return new_letter(sender=settings.mail_from, to=person.email, subject=subject, text=spaced)
