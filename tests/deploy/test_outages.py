"""What visitors still get while the application does not answer, and what they never get."""

from tests.changing import hired
from tests.deploy.nginx import Site
from tests.running import Process
from tourapp.app import create_app
from tourapp.resources import Resources

PAGE = "/fr/arrets/terril"
STOP = "/api/v1/stops/terril"


def end(server: Process) -> None:
    server.terminate()
    server.communicate(timeout=15)


def withdraw(resources: Resources, nginx: Site) -> None:
    staff = hired(resources, create_app(resources).test_client(), "publication")
    headers = {"Authorization": f"Bearer {staff.token}"}
    tag = nginx.ask(f"{STOP}/revisions", headers=headers).headers.get("Etag", '"1"')
    headers["If-Match"] = tag
    assert nginx.ask(f"{STOP}/publication", method="DELETE", headers=headers).status == 204


def test_a_page_that_was_seen_outlives_the_server(nginx: Site, server: Process) -> None:
    seen = {path: nginx.ask(path) for path in ("/", PAGE, "/Q/7K2M9Q", STOP)}
    end(server)
    for path, answer in seen.items():
        kept = nginx.ask(path)
        assert (kept.status, kept.body) == (200, answer.body)
        assert kept.headers["Cache-Control"] == "no-cache"
        assert nginx.ask(path, headers={"If-None-Match": answer.headers["Etag"]}).status == 304


def test_a_page_that_was_not_seen_asks_for_patience(nginx: Site, server: Process) -> None:
    end(server)
    for path in ("/", "/static/css/visit.css", "/readyz"):
        answer = nginx.ask(path)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert "Un instant…" in answer.text


def test_what_was_withdrawn_does_not_come_back(
    nginx: Site, server: Process, seeded: Resources
) -> None:
    assert nginx.ask(PAGE).status == 200
    withdraw(seeded, nginx)
    assert nginx.ask(PAGE).status == 404
    end(server)
    assert nginx.ask(PAGE).status == 404


def test_what_one_person_was_answered_is_kept_for_nobody(nginx: Site, server: Process) -> None:
    assert nginx.ask(PAGE, headers={"Authorization": "Bearer someone"}).status == 200
    assert nginx.ask(STOP, headers={"Cookie": "session=someone"}).status == 200
    end(server)
    assert [nginx.ask(path).status for path in (PAGE, STOP)] == [503, 503]


def test_a_phone_gets_its_own_language_back(nginx: Site, server: Process) -> None:
    spoken = {
        lang: nginx.ask("/Q/X4T8RB", headers={"Accept-Language": lang}) for lang in ("fr", "en")
    }
    assert spoken["fr"].body != spoken["en"].body
    end(server)
    for lang, answer in spoken.items():
        assert nginx.ask("/Q/X4T8RB", headers={"Accept-Language": lang}).body == answer.body
