"""The resources of the application that answers the present request."""

from typing import cast

from flask import Flask, current_app

from tourapp.resources import Resources

_KEY = "tourapp"


def attach_resources(app: Flask, resources: Resources) -> None:
    """Give an application what its views work with."""
    app.extensions[_KEY] = resources


def current_resources() -> Resources:
    """Return what the current application was given."""
    return cast("Resources", current_app.extensions[_KEY])
