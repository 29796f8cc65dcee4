"""Health over HTTP: `/livez` for a supervisor, `/readyz` for whoever looks after the service."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from flask import Blueprint

from tourapp.publishing.health import Check, check_readiness
from tourapp.web.context import current_resources

health = Blueprint("health", __name__)


@health.get("/livez")
def livez() -> dict[str, str]:
    """Tell that the process answers."""
    return {"status": "ok"}


@health.get("/readyz")
def readyz() -> tuple[dict[str, Any], HTTPStatus]:
    """Tell whether visitors are served, and what is amiss."""
    resources = current_resources()
    readiness = check_readiness(
        resources.database,
        resources.media,
        settings=resources.settings,
        now=datetime.now(UTC),
    )
    is_down = readiness.status == "down"
    body = {
        "status": readiness.status,
        "checks": {check.name: _told(check) for check in readiness.checks},
    }
    return body, HTTPStatus.SERVICE_UNAVAILABLE if is_down else HTTPStatus.OK


def _told(check: Check) -> dict[str, str]:
    return {"status": check.status} | ({"reason": check.reason} if check.reason else {})
