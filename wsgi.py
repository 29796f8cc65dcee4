"""The WSGI application, for a server."""

import atexit
import os

from tourapp.app import create_app, create_site
from tourapp.resources import Resources
from tourapp.settings import Settings
from tourapp.web.logs import configure_logging

settings = Settings.from_environ(os.environ)
configure_logging(settings.log_level)
resources = Resources.open(settings)
# What was counted and not written yet is written at the end.
atexit.register(resources.close)
app = create_site(create_app(resources), resources)
