"""The resources of the application that answers the present request."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from flask import Flask, current_app

from tourapp.resources import Resources

Nudge = Callable[[], object]

T = TypeVar("T")

_KEY = "tourapp"
_NUDGE_KEY = "tourapp_nudge"


def attach_resources(app: Flask, resources: Resources, *, nudge: Nudge) -> None:
    """Give an application what its views work with; `nudge` has a worker make what is wanted."""
    app.extensions[_KEY] = resources
    app.extensions[_NUDGE_KEY] = nudge


def current_resources() -> Resources:
    """Return what the current application was given."""
    return cast("Resources", current_app.extensions[_KEY])


def current_day() -> date:
    """Return the day that it is where the visitors are."""
    return datetime.now(ZoneInfo(current_resources().settings.time_zone)).date()


def attach(app: Flask, thing: object) -> None:
    """Give an application one more thing that its views work with, found by its type."""
    app.extensions[_key(type(thing))] = thing


def current(kind: type[T]) -> T:
    """Return what of this type the current application was given."""
    return attached(current_app, kind)


def attached(app: Flask, kind: type[T]) -> T:
    """Return what of this type an application was given."""
    return cast("T", app.extensions[_key(kind)])


def nudge_of(app: Flask) -> Nudge:
    """Return what has a worker make what is wanted, now rather than at its next sweep."""
    return cast("Nudge", app.extensions[_NUDGE_KEY])


def nudge_worker() -> None:
    """Have a worker make what is wanted, in the application that answers now."""
    nudge_of(current_app)()


def _key(kind: type[object]) -> str:
    return f"{_KEY}_{kind.__name__}"
