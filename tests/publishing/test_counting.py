import pytest

from tests.audience import counts
from tests.publishing.edges import Sides
from tests.samples import CODES

ROBOT = {"User-Agent": "Googlebot/2.1"}


def counted(sides: Sides) -> dict[tuple[str, str, str], int]:
    sides.resources.closing.close()
    return counts.counted(sides.resources.database)


def test_scans_and_pages_are_counted_by_language(fresh: Sides) -> None:
    for wish in ("fr", "en", "en"):
        fresh.edge.get(f"/q/{CODES[1].lower()}", headers={"Accept-Language": wish})
    fresh.edge.get("/fr/arrets/terril")
    fresh.edge.get("/")
    assert counted(fresh) == {
        ("sign", CODES[1], "en"): 2,
        ("sign", CODES[1], "fr"): 1,
        ("page", "/fr/arrets/terril", "fr"): 1,
        ("page", "/", "fr"): 1,
    }


@pytest.mark.parametrize("stale", [False, True])
def test_a_page_that_was_kept_is_a_visit_too(fresh: Sides, *, stale: bool) -> None:
    addresses = [f"/Q/{CODES[1]}", "/en/arrets/arret-2", "/"]
    headers = {"Accept-Language": "en"}
    tags = [fresh.flask.get(address, headers=headers).headers["ETag"] for address in addresses]
    if stale:
        fresh.forget()
    for address, tag in zip(addresses, tags, strict=True):
        answer = fresh.edge.get(address, headers=headers | {"If-None-Match": tag})
        assert answer.status_code == 304
    assert counted(fresh) == {
        ("sign", CODES[1], "en"): 1,
        ("page", "/en/arrets/arret-2", "en"): 1,
        ("page", "/", "en"): 1,
    }


def test_what_flask_answers_is_counted_alike(fresh: Sides) -> None:
    fresh.forget()
    fresh.edge.get(f"/Q/{CODES[1]}", headers={"Accept-Language": "en"})
    page = fresh.edge.get("/nl/arrets/terril")
    fresh.edge.get("/nl/arrets/terril", headers={"If-None-Match": page.headers["ETag"]})
    assert counted(fresh) == {
        ("sign", CODES[1], "en"): 1,
        ("page", "/nl/arrets/terril", "fr"): 2,
    }


@pytest.mark.parametrize("stale", [False, True])
def test_nobody_and_nothing_is_not_counted(fresh: Sides, *, stale: bool) -> None:
    if stale:
        fresh.forget()
    fresh.edge.get("/Q/ZZZZZZ")
    fresh.edge.get("/fr/arrets/nowhere")
    fresh.edge.get("/?numero=2")
    fresh.edge.head("/")
    fresh.edge.get("/", headers=ROBOT)
    fresh.edge.get("/", headers={"Sec-Purpose": "prefetch"})
    fresh.edge.get("/api/v1/stops")
    assert counted(fresh) == {}
