"""What participants are told of where their group is, in the language of their walk."""

from flask_babel import gettext as _

from tourapp.itineraries.walks.joining import Whereabouts


def sentence(told: Whereabouts) -> str:
    """Return where the group is, in a sentence."""
    if told.here is not None:
        return str(_("Le groupe est ici\u202f: %(title)s", title=told.here.title))
    if told.state == "planned":
        return str(_("La marche n’a pas encore commencé."))
    if told.following is not None:
        return str(_("Le groupe est en chemin vers\u202f: %(title)s", title=told.following.title))
    return str(_("La dernière halte est derrière vous."))


def invitation(told: Whereabouts) -> str | None:
    """Return what the link to the stop's page says, where there is one."""
    return None if told.page is None else str(_("Lire et écouter cet arrêt"))


def farewell() -> str:
    """Return what a phone says once the walk is over: nobody answers it any more then."""
    return str(_("La marche est terminée. Merci d’avoir marché avec nous."))
