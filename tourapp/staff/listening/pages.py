"""A text that is not saved anywhere, spoken for whoever writes it."""

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import needs, viewing
from tourapp.narration.previews.services import WAITING, get_preview
from tourapp.narration.schemas import audio_files
from tourapp.web.addresses import Addresses
from tourapp.web.frames import as_json, is_for_a_script, page

listening = Blueprint("listening", __name__, url_prefix="/bureau/ecoutes")

_HERE = Addresses()


@listening.get("/<preview_id>")
@needs("stops:draft")
def listen(preview_id: str) -> AnyResponse:
    """Play a text once it is spoken; until then the page asks again by itself."""
    with viewing() as view:
        preview = get_preview(view.session, preview_id, now=view.by.at)
    files = audio_files(preview, addresses=_HERE)
    if is_for_a_script():
        return as_json({"state": preview.state, "files": files})
    is_waiting = preview.state in WAITING
    return page("listening.html", preview=preview, files=files, is_waiting=is_waiting)
