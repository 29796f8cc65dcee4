"""The bureau's home."""

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import MEMBER, needs
from tourapp.web.frames import page

bureau = Blueprint("bureau", __name__, url_prefix="/bureau")


@bureau.get("/")
@needs(MEMBER)
def home() -> AnyResponse:
    """Greet whoever came in."""
    return page("home.html")
