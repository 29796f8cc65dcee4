"""A site in which whatever anybody may write would run something, and every address of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask
from sqlalchemy import select
from sqlalchemy import text as sql
from werkzeug.routing import Rule

from tests.changing import hired
from tests.hostile.conftest import NOW, read_aloud
from tests.hostile.tainting import taint
from tests.hostile.world import build
from tests.installations import served
from tests.samples import small_stops, write_samples
from tests.staff.desk import CHEAP, seated
from tourapp.accounts.secrets import digest_of
from tourapp.accounts.signing.models import Link
from tourapp.app import create_app
from tourapp.bureau import create_bureau
from tourapp.narration.lexicon.entries import Entry, EntryError, Lexicon
from tourapp.narration.models import LexiconEntry
from tourapp.narration.typography import folded
from tourapp.publishing.commands import seed
from tourapp.publishing.exchange.files import ARCHIVE, CSV, WORKBOOK
from tourapp.resources import Resources
from tourapp.stops.models import Revision

UNREAD = {"assets.static", "static", "media.media_file", "api_docs", "api-docs.openapi_json"}
"""Files, of which nobody writes a word."""

OF_ROUTES = (
    *("itinerar", "tours", "touring", "offline", "building", "sharing", "ways", "papers"),
    *("guiding", "leading", "road_books"),
)
"""How the endpoints begin whose slug is an itinerary's."""

ONE_OF = re.compile(r"<any\(([^)]*)\):(\w+)>")
"""How a rule says which words may stand in a place of it, and what that place is called."""

LINK = "a-link-of-an-invitation"
NEEDED = {"itinerary_files.get_ics": "?start=2026-06-21T09:00:00Z"}
"""What must be asked along."""

ASKING = (
    "/?numero={}",
    "/fr/arrets?q={}",
    "/fr/{}",
    "/m?code={}",
    "/bureau/arrets?q={}",
    "/bureau/frequentation?du={}&au={}",
    "/bureau/lexique?q={}&lang={}",
    "/bureau/lexique/nouveau?written={}&said={}&note={}&espeak={}",
    "/bureau/remarques?etat=publiees&page={}",
    "/bureau/panneaux?etat={}",
    "/bureau/panneaux/tournee?depuis={}",
    "/bureau/panneaux/signalements?clos={}",
    "/guide/itineraires/la-boucle?q={}",
    "/guide/itineraires/la-boucle?ordre={}",
)
"""Pages that may say again what was asked."""

TOLD = Path(__file__).with_name("told.sql").read_text("utf-8").split(";\n")[:-1]
"""What else may be told of a thing, so that no field is left empty."""


@dataclass
class Running:
    """Where such a site is served, how one comes in, and what its addresses name."""

    address: str
    token: str
    cookie: str
    known: dict[str, Any]
    rules: list[Rule]
    empty: set[str]

    def paths(self, *, api: bool) -> Iterator[str]:
        """Yield every address that can be read."""
        for rule in self.rules:
            if not api and rule.rule.startswith("/api/"):
                continue
            names = sorted(rule.arguments)
            known = self._known_to(rule)
            for values in product(*(known[name] for name in names)):
                built = rule.build(dict(zip(names, values, strict=True)))
                assert built
                yield built[1] + NEEDED.get(rule.endpoint, "")

    def _known_to(self, rule: Rule) -> dict[str, list[Any]]:
        known = self.known | {
            "slug": "la-boucle" if rule.endpoint.startswith(OF_ROUTES) else "terril"
        }
        known |= known.get(rule.endpoint.partition(".")[0], {}) | known.get(rule.endpoint, {})
        every = {
            name: items.split(", ")
            for items, name in ONE_OF.findall(rule.rule)
            if name not in {"lang", "variant"}
        }
        files = {"name": [kind.name for kind in (ARCHIVE, CSV, WORKBOOK)]}
        return {name: [value] for name, value in known.items()} | files | every


@contextmanager
def running(folder: Path, template: Path, texts: tuple[str, ...]) -> Iterator[Running]:
    """Serve a site in which each field holds these texts, or as many as a form takes."""
    filled: list[Running] = []
    fill = partial(_fill, folder, texts, filled)
    with served(folder, template, fill) as site:
        yield replace(filled[0], address=site.address)


def asking(text: str) -> Iterator[str]:
    """Yield addresses that ask for a text."""
    return (path.replace("{}", quote(text, safe="")) for path in ASKING)


def _fill(
    folder: Path, texts: tuple[str, ...], filled: list[Running], resources: Resources
) -> None:
    first, *others = small_stops()
    first.narratives["fr", "facile"] = first.narratives["fr", "standard"]
    seed(resources, write_samples(folder / "stops", first, *others))
    apps = create_app(resources), create_bureau(resources, nudge=lambda: None, hasher=CHEAP)
    staff = hired(resources, apps[0].test_client(), "administration")
    writer = hired(resources, apps[0].test_client(), "redaction")
    known = build(staff, writer).known
    cookie = seated(apps[1], "administration").client.get_cookie("bureau")
    assert cookie
    with resources.database.transaction() as session:
        # Longer than a form takes: what is tried is how it is told, not how it is given.
        session.connection().exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        for revision in session.scalars(select(Revision).filter_by(number=1)):
            read_aloud(session, revision, "x")
        session.add_all(_words(texts))
        lasting = {"created_at": NOW, "ends_at": NOW + timedelta(days=2)}
        session.add(Link(digest=digest_of(LINK), person_id=2, **lasting))
        session.flush()
        for statement in TOLD:
            session.execute(sql(statement))
        empty = taint(session, texts)
        [[secret]] = session.execute(sql("SELECT secret FROM itinerary"))
        [[code]] = session.execute(sql("SELECT code FROM walk"))
    known |= {
        "place": 2,
        "touring": {"secret": secret},
        "signing": {"secret": LINK},
        "joining": {"code": code},
    }
    rules = [rule for app in apps for rule in _read(app)]
    filled.append(Running("", staff.token, cookie.value, known, rules, empty))


def _words(texts: tuple[str, ...]) -> Iterator[LexiconEntry]:
    """Yield entries of which each is called, and said, by a text that may be a word."""
    known: list[Entry] = []
    for text in texts:
        entry = Entry(written=text, lang="fr", said=text)
        with suppress(EntryError):
            Lexicon([*known, entry])
            known.append(entry)
            kept = {"said": text, "note": text, "folded": folded(text), "confirmed_by": text}
            yield LexiconEntry(
                lang="fr", written=text, version=1, updated_at=NOW, confirmed_at=NOW, **kept
            )


def _read(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and rule.endpoint not in UNREAD:
            yield rule
