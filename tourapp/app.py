"""The composition root: nothing else wires."""

from zoneinfo import ZoneInfo

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from jinja2 import StrictUndefined

from tourapp.narration.api import lexicon, narrations
from tourapp.narration.tasks import register_tasks
from tourapp.publishing.api import changes
from tourapp.publishing.pages import health
from tourapp.resources import Resources
from tourapp.signage.api import signs
from tourapp.visit.api import stops
from tourapp.visit.french import filters
from tourapp.visit.pages import pages, render_problem
from tourapp.web.api import create_api
from tourapp.web.assets import register_assets
from tourapp.web.context import attach_resources
from tourapp.web.errors import register_errors
from tourapp.web.logs import register_logs
from tourapp.web.media import media_files
from tourapp.web.security import register_security


class PlainJson(DefaultJSONProvider):
    """JSON as light as it can be: letters as they are, keys in the order of the schemas."""

    ensure_ascii = False
    sort_keys = False


def create_app(resources: Resources) -> Flask:
    """Put the application together around what the process holds open."""
    settings = resources.settings
    app = Flask(__name__, template_folder=str(settings.root / "templates"))
    app.config["SECRET_KEY"] = settings.secret_key
    app.json = PlainJson(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters |= filters(ZoneInfo(settings.time_zone))
    attach_resources(app, resources, nudge=register_tasks(resources))
    register_logs(app)
    register_security(app, public_url=settings.public_url)
    register_assets(app)
    register_errors(app, render_problem)
    api = create_api(app, public_url=settings.public_url)
    for blueprint in (stops, changes, narrations, lexicon, signs):
        api.register_blueprint(blueprint)
    for blueprint in (pages, media_files, health):
        app.register_blueprint(blueprint)
    return app
