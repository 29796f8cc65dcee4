"""The WSGI application, for a server."""

import os

from tourapp.app import create_app
from tourapp.resources import Resources
from tourapp.settings import Settings
from tourapp.web.logs import configure_logging

settings = Settings.from_environ(os.environ)
configure_logging(settings.log_level)
app = create_app(Resources.open(settings))
