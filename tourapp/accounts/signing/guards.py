"""Who may open which page of the bureau: each view says it, and nothing is open by itself."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.guards import Acting
from tourapp.accounts.signing.devices import KNOWN_FOR
from tourapp.accounts.signing.doorkeeping import Admitted, Caller, Doorkeeper, SignedIn
from tourapp.errors import UnauthenticatedError
from tourapp.web.context import attach, current, current_resources
from tourapp.web.errors import asked_by

ANYONE = "anyone"
MEMBER = "member"

DEVICE_COOKIE = "appareil"

_SHOWN = "key"
_LONGEST_AGENT = 120

log = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])


def needs(access: str) -> Callable[[View], View]:
    """Declare what a view asks for: `ANYONE`, `MEMBER`, or a permission."""

    def declare(view: View) -> View:
        view.access = access  # type: ignore[attr-defined] # a function may carry what it needs
        return view

    return declare


def receives(most_bytes: int) -> Callable[[View], View]:
    """Declare that a view takes a file, in a form of at most so many bytes."""

    def declare(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined] # as above
        return view

    return declare


def access_of(app: Flask, endpoint: str) -> str:
    """Return what a view declares. Raises LookupError where it declares nothing."""
    if endpoint.rpartition(".")[2] == "static":
        return ANYONE
    access = getattr(app.view_functions[endpoint], "access", None)
    if access is None:
        message = f"the view {endpoint} does not say who may open it"
        raise LookupError(message)
    return str(access)


def register_guard(app: Flask, doorkeeper: Doorkeeper) -> None:
    """Ask at the door of each view that is registered; one that declares nothing is a mistake.

    Whatever reads a form is registered later: nothing is read of who may not send it.
    """
    for rule in app.url_map.iter_rules():
        access_of(app, rule.endpoint)
    attach(app, doorkeeper)

    @app.before_request
    def guard() -> AnyResponse | None:
        g.signed_in = _find_signed_in()
        access = ANYONE if request.endpoint is None else access_of(app, request.endpoint)
        if access == ANYONE:
            return None
        if g.signed_in is None:
            return _to_the_door()
        if access != MEMBER:
            by = signed_in().by
            asked_by(person_id=by.person_id, permission=access)
            by.require(access)
        view = current_app.view_functions[str(request.endpoint)]
        request.max_content_length = getattr(view, "most_bytes", None)
        return None

    @app.context_processor
    def tell_who() -> dict[str, SignedIn | None]:
        return {"me": g.get("signed_in")}


def door() -> Doorkeeper:
    """Return who lets people in, in the application that answers now."""
    return current(Doorkeeper)


def signed_in() -> SignedIn:
    """Return who makes the present request; the guard saw to it that there is somebody."""
    return cast("SignedIn", g.signed_in)


@contextmanager
def changing() -> Iterator[Acting]:
    """Open the one transaction of a change by whoever is signed in."""
    with current_resources().database.transaction() as opened:
        yield Acting(opened, signed_in().by)


@contextmanager
def viewing() -> Iterator[Acting]:
    """Open a session that changes nothing, for whoever is signed in."""
    with current_resources().database.reading() as opened:
        yield Acting(opened, signed_in().by)


def caller() -> Caller:
    """Return from where the present request comes."""
    return Caller(
        address=request.remote_addr or "",
        device=request.user_agent.string[:_LONGEST_AGENT],
        known_as=request.cookies.get(DEVICE_COOKIE, ""),
        at=datetime.now(UTC),
        request_id=g.request_id,
    )


def shown_secret() -> str:
    """Return what the device shows of its sign-in."""
    return str(session.get(_SHOWN, ""))


def admit(admitted: Admitted, response: AnyResponse) -> AnyResponse:
    """Have the device show its sign-in from now on, and be known again later."""
    session[_SHOWN] = admitted.secret
    session.permanent = True
    return response if admitted.needs_code else keep_device(response, admitted.person_id)


def keep_device(response: AnyResponse, person_id: int) -> AnyResponse:
    """Have the device be known again: what others try does not keep its person out."""
    response.set_cookie(
        DEVICE_COOKIE,
        door().devices.introduce(person_id),
        max_age=KNOWN_FOR,
        path="/bureau",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )
    return response


def forget_secret() -> None:
    """Have the device show nothing any more."""
    session.pop(_SHOWN, None)


def _find_signed_in() -> SignedIn | None:
    secret = shown_secret()
    if not secret:
        return None
    found = door().recognise(secret, now=datetime.now(UTC), request_id=g.request_id)
    return found if found is not None and found.is_whole else None


def _to_the_door() -> AnyResponse:
    if request.method not in {"GET", "HEAD"}:
        message = "the sign-in has ended"
        raise UnauthenticatedError(message)
    log.warning("refused: %s %s without a sign-in", request.method, request.path)
    wanted = request.full_path.rstrip("?")
    return redirect(url_for("signing.sign_in", suite=wanted), HTTPStatus.SEE_OTHER)
