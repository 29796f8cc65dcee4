"""The statements that every page leads to."""

from datetime import UTC, datetime

from flask import Blueprint, Response

from tourapp.stops.content import LANGUAGES
from tourapp.visit.frame import page_of
from tourapp.web.addresses import Addresses
from tourapp.web.context import current_resources

_IN_LANGUAGE = f"<any({', '.join(LANGUAGES)}):lang>"

ESTABLISHED_AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
"""When the accessibility was looked at last; to be renewed with every audit."""

statements = Blueprint("statements", __name__)


@statements.get(f"/{_IN_LANGUAGE}/accessibilite")
def accessibility(lang: str) -> Response:
    """State how far everyone can use the site, after the RGAA's model."""
    return _statement("accessibility.html", _public().accessibility(lang=lang))


@statements.get(f"/{_IN_LANGUAGE}/confidentialite")
def privacy(lang: str) -> Response:
    """State what the site knows of its visitors, which is next to nothing."""
    return _statement("privacy.html", _public().privacy(lang=lang))


def _statement(template: str, canonical_url: str) -> Response:
    settings = current_resources().settings
    return page_of(
        template,
        canonical_url=canonical_url,
        organisation=settings.organisation,
        contact_email=settings.contact_email,
        site_url=Addresses(settings.public_url).home(),
        established_at=ESTABLISHED_AT,
    )


def _public() -> Addresses:
    return Addresses(current_resources().settings.public_url)
