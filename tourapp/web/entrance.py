"""The bureau beside the visitors' pages: an application of its own, made when first asked for.

So what signs people in, with its cookies, cannot touch an answer to a visitor, and a process that
serves visitors alone does not carry it.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

ROOMS = ("/bureau", "/guide")
"""What staff and guides open, under the one sign-in of the bureau."""


class Entrance:
    """Sends each request to the application that answers it."""

    def __init__(self, visitors: Application, make_bureau: Callable[[], Application]) -> None:
        self._visitors = visitors
        self._make_bureau = make_bureau
        self._bureau: Application | None = None
        self._making = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, after the WSGI specification (PEP 3333)."""
        path = environ.get("PATH_INFO", "")
        is_for_staff = any(path == room or path.startswith(f"{room}/") for room in ROOMS)
        application = self._made() if is_for_staff else self._visitors
        return application(environ, start_response)

    def _made(self) -> Application:
        with self._making:
            if self._bureau is None:
                self._bureau = self._make_bureau()
            return self._bureau
