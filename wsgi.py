"""The WSGI application, for a server."""

import os
from multiprocessing.util import Finalize

from tourapp.app import create_app, create_site
from tourapp.resources import Resources
from tourapp.settings import Settings
from tourapp.web.logs import configure_logging

settings = Settings.from_environ(os.environ)
configure_logging(settings.log_level)
resources = Resources.open(settings)
# What was counted and not written yet is written at the end, of a process of any server: one that
# was forked does without the standard exit.
Finalize(None, resources.close, exitpriority=0)
app = create_site(create_app(resources), resources)
