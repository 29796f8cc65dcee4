from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, request
from sqlalchemy import text
from werkzeug.test import Client

from tests.changing import STOP, hired
from tests.publishing.edges import Sides
from tests.samples import CODES
from tourapp.publishing.edge import address_of, choose_language
from tourapp.web.encoding import ENCODINGS

PAGE = "/fr/arrets/terril"
SLUGS = ("terril", "arret-2", "arret-3", "arret-4")
LISTED = ("arrets", "carte", "emporter", "hors-ligne")
PREPARED = {
    "/",
    *(f"/{lang}/" for lang in ("fr", "en", "nl", "de")),
    *(f"/{lang}/accessibilite" for lang in ("fr", "en", "nl", "de")),
    *(f"/{lang}/confidentialite" for lang in ("fr", "en", "nl", "de")),
    "/sitemap.xml",
    "/fr/podcast.xml",
    "/en/podcast.xml",
    "/api/v1/stops",
    "/api/v1/stops.geojson",
    *(f"/api/v1/stops.geojson?lang={lang}" for lang in ("fr", "en", "nl", "de")),
    *(f"/{lang}/{name}" for lang in ("fr", "en", "nl", "de") for name in LISTED),
    *(f"/api/v1/tours/tous-les-arrets/{lang}" for lang in ("fr", "en", "nl", "de")),
    *(f"/Q/{code}" for code in CODES),
    *(f"/fr/arrets/{slug}" for slug in SLUGS),
    "/en/arrets/arret-2",
    *(f"/api/v1/stops/{slug}" for slug in SLUGS),
    *(f"/api/v1/stops/{slug}?lang=fr" for slug in SLUGS),
    "/api/v1/stops/arret-2?lang=en",
    *(f"/api/v1/stops/{slug}/narrations/fr" for slug in SLUGS[:3]),
    "/api/v1/stops/arret-2/narrations/en",
}


@contextmanager
def reached(app: Flask) -> Iterator[list[str]]:
    """Note what reaches the application."""
    paths: list[str] = []
    app.before_request_funcs.setdefault(None, []).append(lambda: paths.append(request.full_path))
    yield paths
    app.before_request_funcs[None].pop()


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_edge_answers_every_published_address_as_flask_does(
    sides: Sides, encoding: str
) -> None:
    documents = list(sides.prepared())
    assert {address for address, _ in documents} == PREPARED
    for address, lang in documents:
        wish = {"Accept_Encoding": encoding, "Accept_Language": lang}
        answer = sides.assert_alike(address, **wish)
        assert answer.status_code == 200
        known = sides.assert_alike(address, If_None_Match=answer.headers["ETag"], **wish)
        assert known.status_code == 304
        assert sides.assert_alike(address, method="HEAD", **wish).data == b""


def test_none_of_them_reaches_flask(sides: Sides) -> None:
    with reached(sides.app) as paths:
        for address, lang in sides.prepared():
            answer = sides.edge.get(address, headers={"Accept-Language": lang})
            assert answer.status_code == 200
    assert paths == []


@pytest.mark.parametrize(
    ("wish", "lang"),
    [("", "fr"), ("en-GB", "en"), ("nl, en;q=0.5", "en"), ("de", "fr"), ("fr;q=0.1, en", "en")],
)
def test_a_sign_is_answered_in_the_language_of_the_phone(
    sides: Sides, wish: str, lang: str
) -> None:
    with reached(sides.app) as paths:
        answer = sides.edge.get(f"/Q/{CODES[1]}", headers={"Accept-Language": wish})
    assert paths == []
    assert answer.headers["Content-Language"] == lang
    assert answer.headers["Content-Location"] == f"/{lang}/arrets/arret-2"
    sides.assert_alike(f"/Q/{CODES[1]}", Accept_Language=wish)


@pytest.mark.parametrize("typed", ["x4t8rb", "X4T-8RB", "X4T8R%42"])
def test_a_code_typed_in_another_way_is_the_same_sign(sides: Sides, typed: str) -> None:
    with reached(sides.app) as paths:
        assert sides.edge.get(f"/q/{typed}").status_code == 200
    assert paths == []
    sides.assert_alike(f"/Q/{typed}")


@pytest.mark.parametrize(
    "address",
    [
        "/fr/arrets/terril?utm_source=mail",
        "/nl/arrets/terril",
        "/fr/arrets/nowhere",
        "/Q/ZZZZZZ",
        "/?numero=2",
        "/?page=2",
        "/api/v1/stops?page_size=1",
        "/api/v1/stops?q=toit",
        "/api/v1/stops/terril?lang=xx",
        "/api/v1/stops/terril/qr.svg",
        "/api/v1/stops/arret-4/narrations/fr",
        "/fr/arrets/%C3%A9t%C3%A9",
        "/fr/arrets/terril%0A",
        "/static/css/visit.css",
        "/api/v1/stops/terril%3Flang=fr",
        "/livez",
        "/api/v1/openapi.json",
    ],
)
def test_everything_else_falls_through(sides: Sides, address: str) -> None:
    with reached(sides.app) as paths:
        sides.edge.get(address, buffered=True)
    assert len(paths) == 1
    sides.assert_alike(address)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_whatever_changes_something_falls_through(sides: Sides, method: str) -> None:
    sides.assert_alike(PAGE, method=method)
    sides.assert_alike("/api/v1/stops/terril", method=method)


@pytest.mark.parametrize(
    ("known", "status"),
    [('"other"', 200), ("*", 304), ('"other", {}', 304), ("W/{}", 304), ("nonsense", 200)],
)
def test_a_known_page_is_not_sent_again(sides: Sides, known: str, status: int) -> None:
    tag = sides.edge.get(PAGE).headers["ETag"]
    answer = sides.assert_alike(PAGE, If_None_Match=known.format(tag))
    assert answer.status_code == status


def test_a_condition_that_must_hold_is_flasks_to_judge(sides: Sides) -> None:
    assert sides.assert_alike(PAGE, If_Match='"another"').status_code == 412


def test_an_id_that_the_caller_gives_is_kept(sides: Sides) -> None:
    answer = sides.edge.get(PAGE, headers={"X-Request-Id": "from-a-proxy"})
    assert answer.headers["X-Request-Id"] == "from-a-proxy"


def test_another_releases_documents_are_not_used(fresh: Sides) -> None:
    with fresh.resources.database.transaction() as session:
        session.execute(text("UPDATE topic SET fingerprint = 'another'"))
        session.execute(text("UPDATE catalogue SET version = version + 1"))
        session.execute(text("UPDATE topic SET changed_in = changed_in + 100"))
    with reached(fresh.app) as paths:
        fresh.assert_alike(PAGE)
    assert len(paths) == 2


def test_where_the_database_does_not_answer_flask_says_so(fresh: Sides) -> None:
    with fresh.resources.database.transaction() as session:
        session.execute(text("ALTER TABLE catalogue RENAME TO gone"))
        session.execute(text("ALTER TABLE stop RENAME TO gone_too"))
    later = Client(Sides.of(fresh.app, fresh.resources).site)
    answer = later.get(PAGE)
    assert answer.status_code == 503
    assert "Un instant…" in answer.text


def test_a_change_is_seen_by_the_very_next_visitor(fresh: Sides) -> None:
    staff = hired(fresh.resources, fresh.app.test_client(), "publication")
    fresh.edge.get(PAGE)
    tag = staff.tag(f"{STOP}/draft")
    drafted = staff.send("PATCH", STOP, tag=tag, json={"title": "Tout autre chose"})
    written = staff.send("POST", f"{STOP}/revisions", tag=drafted.headers["ETag"])
    body = {"revision": written.get_json()["number"]}
    staff.send("POST", f"{STOP}/publish", tag=written.headers["ETag"], json=body)
    for address in (PAGE, "/", f"/Q/{CODES[0]}", "/api/v1/stops/terril", "/fr/arrets/arret-2"):
        assert "Tout autre chose" in fresh.edge.get(address).text


@pytest.mark.parametrize(
    ("path", "query", "address"),
    [
        ("/", "", "/"),
        ("/q/x4t-8rb", "", "/Q/X4T8RB"),
        ("/Q/XOTILB", "", "/Q/X0T11B"),
        ("/api/v1/stops/terril", "lang=fr", "/api/v1/stops/terril?lang=fr"),
        ("/fr/été", "", None),
        ("/fr\n", "", None),
        ("/fr\0", "", None),
        ("/", "\x7f", None),
        ("/api/v1/stops/terril?lang=fr", "", None),
        ("/api/v1/stops", "q=toit", None),
        ("/livez", "", None),
        ("/fr/arrets/" + "a" * 101, "", None),
    ],
)
def test_a_document_is_found_by_its_address(path: str, query: str, address: str | None) -> None:
    assert address_of(path, query) == address


@pytest.mark.parametrize(
    ("languages", "wish", "lang"),
    [
        (["en"], "nl", "en"),
        (["nl", "de"], "", "nl"),
        (["de", "en"], "fr, de;q=0.2", "de"),
        (["fr", "en"], "*", "fr"),
    ],
)
def test_a_language_is_chosen_among_those_there_are(
    languages: list[str], wish: str, lang: str
) -> None:
    assert choose_language(languages, wish) == lang
