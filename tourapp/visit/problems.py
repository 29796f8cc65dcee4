"""What a page says of what went wrong: a heading, and a sentence that helps."""

from http import HTTPStatus

from flask_babel import LazyString, lazy_gettext

from tourapp.itineraries.walks.queries import UnknownWalkError
from tourapp.signage.services import RetiredSignError, UnknownSignError
from tourapp.web.errors import Problem

_Told = tuple[LazyString, LazyString]

_SENTENCES: dict[type[Exception] | HTTPStatus, _Told] = {
    UnknownSignError: (
        lazy_gettext("Panneau inconnu"),
        lazy_gettext(
            "Ce panneau ne mène à aucun arrêt. Vérifiez le code, ou choisissez l’arrêt ci-dessous."
        ),
    ),
    RetiredSignError: (
        lazy_gettext("Ce panneau n’est plus en service"),
        lazy_gettext("Il ne mène plus à aucun récit. Voici les arrêts les plus proches."),
    ),
    UnknownWalkError: (
        lazy_gettext("Marche introuvable"),
        lazy_gettext("Elle est terminée, ou son code n’est pas le bon. Demandez-le à votre guide."),
    ),
    HTTPStatus.NOT_FOUND: (
        lazy_gettext("Page introuvable"),
        lazy_gettext("Cette page n’existe pas, ou n’existe plus. Choisissez un arrêt ci-dessous."),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        lazy_gettext("Un peu de patience…"),
        lazy_gettext(
            "Trop de demandes arrivent à la fois de votre réseau. Réessayez dans une minute."
        ),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        lazy_gettext("Un instant…"),
        lazy_gettext("Le service ne répond pas pour le moment. Réessayez dans quelques secondes."),
    ),
}

_ANY_OTHER = (
    lazy_gettext("Cela n’a pas marché"),
    lazy_gettext(
        "Nous n’avons pas pu répondre à cette demande. Revenez à l’accueil ou réessayez plus tard."
    ),
)


def told(problem: Problem) -> _Told:
    """Return the heading and the sentence, in the language of the page that they are put on."""
    by_cause = _SENTENCES.get(type(problem.cause))
    return by_cause or _SENTENCES.get(problem.status, _ANY_OTHER)
