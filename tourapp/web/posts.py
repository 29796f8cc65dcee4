"""Posts of people without an account: no token can be on a page that is prepared for everybody."""

from flask import request
from marshmallow import Schema, fields

from tourapp.errors import ForbiddenError
from tourapp.web.context import current_resources


class OpenFormSchema(Schema):
    """A form on such a page; `site` is seen and filled in by robots alone."""

    site = fields.String(load_default="")


def refuse_elsewhere() -> None:
    """Raise ForbiddenError where a page of another site has a visitor's browser send this.

    Browsers say so themselves, by Sec-Fetch-Site or, older ones, by Origin. A program that says
    neither is no visitor's browser, and is bounded like everybody by the limits.
    """
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site != "same-origin" or (origin is not None and not _is_ours(origin)):
        message = "this is accepted from the site's own pages only"
        raise ForbiddenError(message)


def _is_ours(origin: str) -> bool:
    # The site may be tried under another name than its public one, such as an address at home.
    return origin in {current_resources().settings.public_url, request.host_url.rstrip("/")}
