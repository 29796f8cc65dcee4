"""The composition root: nothing else wires."""

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from jinja2 import StrictUndefined

from tourapp.accounts.managing.api import audit, people
from tourapp.attendance.api import audience
from tourapp.audience.tally import Tally
from tourapp.finding.pages import finding
from tourapp.itineraries.api import itineraries
from tourapp.itineraries.drafting.api import itinerary_drafts
from tourapp.itineraries.exports.api import itinerary_files
from tourapp.itineraries.walks.api import walks
from tourapp.narration.api import narrations
from tourapp.narration.correcting.api import lexicon
from tourapp.narration.nudging import Nudger
from tourapp.narration.previews.api import previews
from tourapp.narration.recordings.api import recordings
from tourapp.observations.api import observations
from tourapp.offline.api import tours
from tourapp.offline.gathering import Gatherer
from tourapp.offline.pages import offline
from tourapp.presence.api import presence
from tourapp.publishing.api import changes
from tourapp.publishing.clock import open_clock
from tourapp.publishing.edge import Edge
from tourapp.publishing.exchange.api import exchange
from tourapp.publishing.files import LocalFiles
from tourapp.publishing.fingerprint import fingerprint
from tourapp.publishing.pages import health
from tourapp.publishing.pictures.api import pictures
from tourapp.publishing.restoring import Restorer
from tourapp.publishing.shelf import Shelf
from tourapp.publishing.shelving.api import shelves
from tourapp.resources import Resources
from tourapp.reviewing.api import reviews
from tourapp.signage.api import signs
from tourapp.signage.plates.api import batches
from tourapp.signage.register.api import register
from tourapp.signage.reports.api import reports
from tourapp.signage.rounds.api import rounds
from tourapp.stops.content import LANGUAGES
from tourapp.stops.finding import Finder
from tourapp.visit.api import stops
from tourapp.visit.figures import filters
from tourapp.visit.found.pages import found
from tourapp.visit.joining.pages import joining
from tourapp.visit.noticing.pages import noticing
from tourapp.visit.pages import pages, render_problem
from tourapp.visit.reporting.pages import reporting
from tourapp.visit.roadbook.api import road_books
from tourapp.visit.statements.pages import statements
from tourapp.visit.touring.pages import touring
from tourapp.web.api import create_api
from tourapp.web.assets import register_assets
from tourapp.web.context import Nudge, attach, attach_resources, attached, nudge_of
from tourapp.web.encoding import register_encoding
from tourapp.web.entrance import Entrance
from tourapp.web.errors import register_errors
from tourapp.web.idempotency import register_idempotency
from tourapp.web.limits import register_limits, register_proxies
from tourapp.web.logs import register_logs
from tourapp.web.media import media_files
from tourapp.web.numbers import register_numbers
from tourapp.web.rules import LateRule
from tourapp.web.security import register_security
from tourapp.web.translating import register_translations
from tourapp.web.writing import register_forms

if TYPE_CHECKING:
    from tourapp.publishing.keeping import Keeper

_PAGES = (
    pages,
    found,
    finding,
    offline,
    statements,
    touring,
    reporting,
    noticing,
    joining,
    media_files,
    health,
)

# Where somebody without an account leaves something.
_OPEN_POSTS = (
    "reports.post_report",
    "reporting.report",
    "observations.post_observation",
    "noticing.post_observation",
    "joining.post_phone",
)

# What the code of a led walk opens, and the link to a guide's calendar.
_BY_CODE = (
    "joining.walk",
    "joining.walk_in_capitals",
    "joining.state",
    "joining.post_phone",
    "walks.get_calendar",
)

# Every part of the API, in the order in which it is described.
_API = (
    stops,
    changes,
    shelves,
    presence,
    reviews,
    exchange,
    narrations,
    previews,
    recordings,
    pictures,
    lexicon,
    signs,
    batches,
    register,
    reports,
    rounds,
    itineraries,
    itinerary_files,
    itinerary_drafts,
    road_books,
    walks,
    observations,
    audience,
    tours,
    people,
    audit,
)


class PlainJson(DefaultJSONProvider):
    """JSON as light as it can be: letters as they are, keys in the order of the schemas."""

    ensure_ascii = False
    sort_keys = False


def create_app(resources: Resources) -> Flask:
    """Put the application together around what the process holds open."""
    settings = resources.settings
    app = Flask(__name__, template_folder=str(settings.root / "templates"))
    app.url_rule_class = LateRule
    app.config["SECRET_KEY"] = settings.secret_key
    app.json = PlainJson(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters |= filters(ZoneInfo(settings.time_zone))
    register_translations(app, LANGUAGES)
    _attach_all(app, resources)
    register_logs(app)
    register_numbers(app)
    register_forms(app)
    register_encoding(app)
    register_proxies(app, trusted=settings.trusted_proxies)
    register_limits(
        app,
        settings.limits_url,
        unlimited=(media_files, health),
        open_posts=_OPEN_POSTS,
        by_code=_BY_CODE,
    )
    register_security(app, public_url=settings.public_url)
    register_assets(app)
    register_errors(app, render_problem)
    register_idempotency(app)
    api = create_api(app, public_url=settings.public_url)
    for part in _API:
        api.register_blueprint(part)
    for blueprint in _PAGES:
        app.register_blueprint(blueprint)
    return app


def _attach_all(app: Flask, resources: Resources) -> None:
    attach_resources(app, resources, nudge=Nudger(resources))
    attach(app, Finder())
    attach(app, Gatherer(app, resources, fingerprint(resources.settings)))
    tally = Tally(resources.database)
    attach(app, tally)
    resources.closing.callback(tally.close)


def create_site(app: Flask, resources: Resources) -> Edge:
    """Put the edge in front of an application: this is what a server serves."""
    settings = resources.settings
    tally = attached(app, Tally)
    clock = open_clock(resources.database)
    resources.closing.callback(clock.close)
    shelf = Shelf(
        resources.database,
        clock,
        tally=tally,
        fingerprint=fingerprint(settings),
        most_bytes=settings.edge_memory_mb * 1_000_000,
    )
    files = LocalFiles(
        resources.media,
        public_url=settings.public_url,
        accel=settings.media_accel,
    )
    entrance = Entrance(app, partial(_open_bureau, resources, nudge_of(app)))
    return Edge(entrance, shelf=shelf, files=files, tally=tally)


def _open_bureau(resources: Resources, nudge: Nudge) -> Flask:
    from tourapp.bureau import create_bureau  # noqa: PLC0415 -- no weight where no staff work

    return create_bureau(resources, nudge=nudge)


def create_restorer(app: Flask, resources: Resources) -> Restorer:
    """Return what makes the edge's documents anew, by asking an application for them."""
    return Restorer(app, resources.database, fingerprint=fingerprint(resources.settings))


def create_keeper(app: Flask, resources: Resources) -> "Keeper":
    """Return what keeps the edge's documents up to date, in a worker."""
    from tourapp.publishing.keeping import Keeper  # noqa: PLC0415 -- no weight in a server

    return Keeper(resources, create_restorer(app, resources), nudge=nudge_of(app))
