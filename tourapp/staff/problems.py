"""What went wrong, told to staff; what they wrote stays with them."""

from collections.abc import Iterator
from http import HTTPStatus

from flask import render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import RequestEntityTooLarge

from tourapp.accounts.signing.links import UnknownLinkError
from tourapp.errors import UnauthenticatedError
from tourapp.stops.editing import ArchivedError
from tourapp.web.errors import Problem

_SENTENCES: dict[type[Exception] | HTTPStatus, tuple[str, str]] = {
    UnknownLinkError: (
        "Ce lien ne vaut plus",
        "Il a déjà servi ou il a expiré. La personne qui vous a invité peut en faire un autre.",
    ),
    ArchivedError: (
        "Cet arrêt est archivé",
        "Rien n’a été changé. Remettez-le en service d’abord, sur la page de son lieu.",
    ),
    UnauthenticatedError: (
        "Vous n’êtes plus connecté",
        "Entrez de nouveau, puis revenez ici et renvoyez ce que vous aviez écrit.",
    ),
    CSRFError: (
        "Ce formulaire a trop attendu",
        "Rien n’a été changé. Renvoyez ce que vous aviez écrit.",
    ),
    HTTPStatus.FORBIDDEN: (
        "Ce n’est pas dans vos rôles",
        "Demandez à une personne de l’administration de vous donner le rôle qu’il faut.",
    ),
    HTTPStatus.NOT_FOUND: (
        "Page introuvable",
        "Cette page n’existe pas, ou n’existe plus.",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "Un peu de patience…",
        "Trop de demandes arrivent à la fois. Réessayez dans une minute.",
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "C’est trop long",
        "Ce que vous avez envoyé dépasse ce que le bureau accepte.",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Un instant…",
        "Le service ne répond pas pour le moment. Réessayez dans quelques secondes.",
    ),
}

_ANY_OTHER = (
    "Cela n’a pas marché",
    "Nous n’avons pas pu répondre à cette demande. Revenez à l’accueil du bureau.",
)

_MAY_BE_SENT_AGAIN = (ArchivedError, UnauthenticatedError, CSRFError)
_NEVER_SHOWN = ("csrf_token", "password", "wanted", "code")


def render_problem(problem: Problem) -> str:
    """Draw the page that tells staff what went wrong, with what they had written."""
    told = (_SENTENCES[kind] for kind in type(problem.cause).__mro__ if kind in _SENTENCES)
    heading, sentence = next(told, _SENTENCES.get(problem.status, _ANY_OTHER))
    return render_template(
        "staff/error.html",
        faults={},
        heading=heading,
        sentence=sentence,
        written=list(_written(problem)),
    )


def _written(problem: Problem) -> Iterator[tuple[str, str]]:
    if isinstance(problem.cause, _MAY_BE_SENT_AGAIN):
        for name, values in _fields():
            if name not in _NEVER_SHOWN:
                yield from ((name, value) for value in values)


def _fields() -> list[tuple[str, list[str]]]:
    try:
        return list(request.form.lists())
    except RequestEntityTooLarge:
        # A file that nobody may send is not read, nor shown again.
        return []
