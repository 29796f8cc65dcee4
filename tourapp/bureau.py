"""The composition root of the bureau, loaded when somebody first asks for it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import Flask, Response
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from tourapp.accounts.managing.pages import managing
from tourapp.accounts.pages import account
from tourapp.accounts.signing.doorkeeping import Doorkeeper
from tourapp.accounts.signing.guards import register_guard, signed_in
from tourapp.accounts.signing.pages import signing
from tourapp.accounts.signing.passwords import Hasher
from tourapp.guide.building.pages import building
from tourapp.guide.drafting.pages import drafting
from tourapp.guide.pages import guiding
from tourapp.guide.papers.pages import papers
from tourapp.guide.sharing.pages import sharing
from tourapp.guide.walks.pages import leading
from tourapp.guide.walks.tapping.pages import tapping
from tourapp.guide.ways.pages import ways
from tourapp.guide.wording import filters as guide_filters
from tourapp.resources import Resources
from tourapp.settings import Settings
from tourapp.staff.audience.pages import audience
from tourapp.staff.company.pages import company
from tourapp.staff.files.pages import files
from tourapp.staff.lexicon.pages import lexicon
from tourapp.staff.listening.pages import listening
from tourapp.staff.menu import entries_for
from tourapp.staff.observations.pages import observations
from tourapp.staff.pages import bureau
from tourapp.staff.pictures.pages import photographs
from tourapp.staff.place.pages import places
from tourapp.staff.problems import render_problem
from tourapp.staff.recordings.pages import recordings
from tourapp.staff.reviewing.pages import reviewing
from tourapp.staff.shelving.pages import shelving
from tourapp.staff.signs.pages import signs
from tourapp.staff.signs.plates.pages import plates
from tourapp.staff.signs.reports.pages import reports
from tourapp.staff.signs.rounds.pages import rounds
from tourapp.staff.sources.pages import sources
from tourapp.staff.versions.pages import versions
from tourapp.staff.wording import filters as staff_filters
from tourapp.staff.writing.pages import writing
from tourapp.stops.content import LANGUAGES
from tourapp.stops.finding import Finder
from tourapp.visit.figures import filters
from tourapp.web.assets import register_assets
from tourapp.web.context import Nudge, attach, attach_resources
from tourapp.web.encoding import register_encoding
from tourapp.web.errors import register_errors
from tourapp.web.limits import register_limits, register_proxies
from tourapp.web.logs import register_logs
from tourapp.web.numbers import register_numbers
from tourapp.web.rules import LateRule
from tourapp.web.security import CONTENT_SECURITY_POLICY, register_security
from tourapp.web.translating import register_translations
from tourapp.web.writing import register_forms

BUREAU_POLICY = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"

_PAGES = (
    bureau,
    writing,
    company,
    versions,
    recordings,
    places,
    photographs,
    files,
    listening,
    lexicon,
    signs,
    reports,
    plates,
    rounds,
    observations,
    reviewing,
    shelving,
    sources,
    audience,
    signing,
    account,
    managing,
    guiding,
    drafting,
    building,
    sharing,
    ways,
    leading,
    tapping,
    papers,
)


def create_bureau(
    resources: Resources,
    *,
    nudge: Nudge,
    hasher: Hasher | None = None,
) -> Flask:
    """Put the bureau together around what the process holds open."""
    settings = resources.settings
    app = Flask(__name__, template_folder=str(settings.root / "templates"))
    app.url_rule_class = LateRule
    app.config |= _sessions(settings)
    app.jinja_env.undefined = StrictUndefined
    zone = ZoneInfo(settings.time_zone)
    app.jinja_env.filters |= filters(zone) | staff_filters(zone) | guide_filters()
    app.jinja_env.globals["menu"] = lambda: entries_for(signed_in().by)
    register_translations(app, LANGUAGES)
    attach_resources(app, resources, nudge=nudge)
    attach(app, Finder())
    register_logs(app)
    register_numbers(app)
    register_forms(app)
    register_encoding(app)
    register_proxies(app, trusted=settings.trusted_proxies)
    register_limits(app, settings.limits_url, unlimited=())
    register_security(app, public_url=settings.public_url)
    register_assets(app)
    register_errors(app, render_problem)
    for blueprint in _PAGES:
        app.register_blueprint(blueprint)
    # Whoever may not come in is refused before anything of what they send is read.
    register_guard(app, Doorkeeper(resources.database, settings, hasher=hasher or Hasher()))
    register_privacy(app)
    CSRFProtect(app)
    return app


def _sessions(settings: Settings) -> dict[str, object]:
    is_tls = settings.public_url.startswith("https://")
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "__Host-bureau" if is_tls else "bureau",
        "SESSION_COOKIE_SECURE": is_tls,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_longest_h),
        # The token lasts as long as the sign-in: a text that was written for hours is not lost.
        "WTF_CSRF_TIME_LIMIT": None,
        # The address that proxies told is the public one, which the form names too.
        "WTF_CSRF_SSL_STRICT": False,
    }


def register_privacy(app: Flask) -> None:
    """Let nothing of the bureau be kept by anybody, nor be found by robots."""

    @app.after_request
    def keep_private(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers.setdefault("Content-Security-Policy", BUREAU_POLICY)
        return response
