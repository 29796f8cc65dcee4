"""What a visitor reads on a page, and taking it from view."""

import re
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tourapp.resources import Resources
from tourapp.stops.models import Narrative, Stop


def read(visitor: FlaskClient, path: str) -> Any:  # noqa: ANN401 -- JSON
    """Return a document of the API."""
    answer = visitor.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    return answer.get_json(force=True)


def words(answer: TestResponse) -> str:
    """Return what a page says, without its marks."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def canonical(answer: TestResponse) -> str:
    """Return the one address under which a page wants to be known."""
    [url] = re.findall(r'<link rel="canonical" href="([^"]*)">', answer.text)
    return str(url)


def listed(answer: TestResponse) -> list[str]:
    """Return where the list of stops leads."""
    return re.findall(r'class="stops-link" href="([^"]*)"', answer.text)


def withdraw(resources: Resources, slug: str) -> None:
    """Take every text of a stop from the visitors' eyes."""
    with resources.database.transaction() as session:
        of_stop = select(Narrative).join(Stop).where(Stop.slug == slug)
        for narrative in session.scalars(of_stop):
            narrative.published_revision_id = None
