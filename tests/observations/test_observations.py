"""What walkers notice: said by anybody, read by staff, shown with what became of it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests.changing import Staff, hired
from tests.visit.reading import withdraw, words
from tourapp.accounts.models import AuditEvent
from tourapp.app import create_keeper
from tourapp.observations import services
from tourapp.observations.models import Observation
from tourapp.observations.services import FORGOTTEN_AFTER
from tourapp.resources import Resources

OBSERVATIONS = "/api/v1/observations"
PAGE = "/fr/arrets/terril/remarques"
TEXT = "On entend une alouette, dit Jean Dupont."
SAID = {"stop": "terril", "lang": "fr", "text": TEXT, "kind": "heard"}
FAR = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def keeper(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "publication")


def kept(resources: Resources) -> list[Observation]:
    with resources.database.reading() as session:
        return list(session.scalars(select(Observation).order_by(Observation.id)))


def say(client: FlaskClient, *, key: str = "", **said: str | None) -> TestResponse:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(OBSERVATIONS, json=SAID | said, headers=headers)


def change(keeper: Staff, number: int = 1, **changes: Any) -> TestResponse:  # noqa: ANN401 -- JSON
    path = f"{OBSERVATIONS}/{number}"
    return keeper.send("PATCH", path, tag=keeper.tag(path), json=changes)


def told(answer: TestResponse) -> Any:  # noqa: ANN401 -- JSON
    return answer.get_json()


def test_what_is_noticed_is_read_before_it_is_shown(
    seeded: Resources, client: FlaskClient, keeper: Staff
) -> None:
    page = client.get("/fr/arrets/terril").text
    assert f'method="post" action="{PAGE}#dire"' in page
    answer = client.post(PAGE, data={"text": f" {TEXT}\r\n\r\n\r\n\r\nLà-haut. ", "kind": "heard"})
    assert (answer.status_code, answer.location) == (303, f"{PAGE}/merci")
    assert "Votre remarque sera lue avant de paraître." in words(client.get(answer.location))
    [noticed] = kept(seeded)
    assert (noticed.text, noticed.state) == (f"{TEXT}\n\nLà-haut.", "waiting")
    assert TEXT not in client.get("/fr/arrets/terril").text + client.get(PAGE).text
    assert client.get(OBSERVATIONS).json == []
    assert change(keeper, state="published").status_code == 200
    shown = words(client.get("/fr/arrets/terril"))
    assert f"Ce que d’autres ont remarqué {TEXT} Là-haut. J’ai entendu ·" in shown
    assert TEXT in words(client.get(PAGE))


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"text": "  \n "}, "Écrivez ce que vous remarquez"),
        ({}, "Écrivez ce que vous remarquez"),
        ({"text": "x" * 1001}, "C’est trop long : 1000 caractères au plus."),
        ({"text": "Un renard.", "email": "a@b.fr"}, "Écrivez ce que vous remarquez"),
    ],
)
def test_a_faulty_form_keeps_what_was_typed(
    seeded: Resources, client: FlaskClient, form: dict[str, str], fault: str
) -> None:
    answer = client.post(PAGE, data=form | {"kind": "idea"})
    assert answer.status_code == 422
    assert fault in words(answer)
    assert f">\n{form.get('text', '')}</textarea>" in answer.text
    assert 'value="idea" checked' in answer.text
    assert kept(seeded) == []


def test_a_robot_is_thanked_and_says_nothing(seeded: Resources, client: FlaskClient) -> None:
    assert client.post(PAGE, data={"text": "Pills", "site": "x"}).location == f"{PAGE}/merci"
    assert kept(seeded) == []


def test_no_other_site_says_anything_by_a_visitors_browser(
    seeded: Resources, client: FlaskClient
) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(PAGE, data={"text": TEXT}, headers=headers).status_code == 403
    assert client.post(OBSERVATIONS, json=SAID, headers=headers).status_code == 403
    assert kept(seeded) == []


def test_the_same_sent_again_is_kept_once(seeded: Resources, client: FlaskClient) -> None:
    for _ in range(2):
        assert say(client, key="a").json == SAID
        assert say(client, key="b").status_code == 201
    say(client)
    assert [noticed.key for noticed in kept(seeded)] == ["a"]
    with seeded.database.transaction() as session:
        session.execute(update(Observation).values(noticed_on=date(2026, 1, 1)))
    say(client, key="a")
    assert len(kept(seeded)) == 1
    refused = say(client, key="a", text="Autre chose.")
    assert (refused.status_code, refused.json["detail"]) == (
        422,
        "this key was sent with other words",
    )
    assert say(client, key="c").status_code == 201
    assert len(kept(seeded)) == 2


def test_a_stop_takes_no_more_in_a_day_than_anybody_reads(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_A_DAY", 1)
    say(client)
    assert say(client).status_code == 201
    assert say(client, text="Un renard.").status_code == 429
    refused = client.post(PAGE, data={"text": "Un renard."})
    assert (refused.status_code, "Revenez demain." in words(refused)) == (429, True)
    assert "Un renard." in refused.text


def test_one_address_says_no_more_than_a_walker_could(client: FlaskClient) -> None:
    robot = {"text": "x", "site": "x"}
    asked = [client.post(PAGE, data=robot, environ_overrides=FAR) for _ in range(21)]
    assert [answer.status_code for answer in asked] == [303] * 20 + [429]
    assert client.post(OBSERVATIONS, json={}, environ_overrides=FAR).status_code == 429


@pytest.mark.parametrize("slug", ["nowhere", "arret-3"])
def test_nothing_is_said_where_nothing_is_shown(
    seeded: Resources, client: FlaskClient, slug: str
) -> None:
    withdraw(seeded, "arret-3")
    assert say(client, stop=slug).status_code == 404
    page = f"/fr/arrets/{slug}/remarques"
    assert client.post(page, data={"text": TEXT}).status_code == 404
    assert {client.get(path).status_code for path in (page, f"{page}/merci")} == {404}


def test_who_kept_an_old_page_still_finds_the_stop(
    seeded: Resources, client: FlaskClient, keeper: Staff
) -> None:
    place = "/api/v1/stops/terril/place"
    keeper.send("PATCH", place, tag=keeper.tag(place), json={"slug": "le-cone"})
    say(client)
    assert client.post(PAGE, data={"text": "Un renard."}).status_code == 303
    assert len(kept(seeded)) == 2
    assert client.get(PAGE).location == "/fr/arrets/le-cone/remarques"


def test_the_newest_stand_on_the_page_and_all_of_them_beside(
    client: FlaskClient, keeper: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tourapp.visit.noticing.pages.LISTED_AT_ONCE", 4)
    for number in range(1, 7):
        say(client, text=f"Remarque {number}.", kind=None, lang="en" if number == 6 else "fr")
        change(keeper, number, state="published")
    stop = client.get("/fr/arrets/terril")
    assert "Remarque 2." in stop.text
    assert "Remarque 1." not in stop.text
    assert '<p class="noticed-said" lang="en">Remarque 6.</p>' in stop.text
    assert "Toutes les remarques" in words(stop)
    first, last = client.get(PAGE), client.get(f"{PAGE}?page=2")
    assert "Page 1 sur 2 Suivants" in words(first)
    assert f'href="{PAGE}?page=2#remarques"' in first.text
    assert "Remarque 1." in words(last)
    assert client.get(f"{PAGE}?page=3").status_code == 404
    assert "Rien encore." in words(client.get("/fr/arrets/arret-2/remarques"))


def test_everybody_reads_what_is_published_and_staff_the_rest(
    seeded: Resources, client: FlaskClient, keeper: Staff
) -> None:
    for stop in ("terril", "arret-2", "arret-3"):
        say(client, stop=stop)
    change(keeper, 1, state="published")
    change(keeper, 2, state="published")
    second, first = told(client.get(OBSERVATIONS))
    assert (second["stop"], "moderation" in first) == ("arret-2", False)
    assert first == {
        "id": 1,
        "stop": "terril",
        "lang": "fr",
        "kind": "heard",
        "text": TEXT,
        "month": f"{datetime.now(UTC):%Y-%m}",
        "answer": None,
    }
    assert (
        client.get("/api/v1/stops/terril")
        .json["links"]["observations"]
        .endswith(f"{OBSERVATIONS}?stop=terril")
    )
    assert client.get(f"{OBSERVATIONS}?stop=terril&state=published").json == [first]
    assert client.get(f"{OBSERVATIONS}?state=waiting").status_code == 401
    guide = hired(seeded, client, "guide")
    assert len(told(guide.send("GET", OBSERVATIONS))) == 3
    [waiting] = told(guide.send("GET", f"{OBSERVATIONS}?state=waiting"))
    assert (waiting["id"], waiting["moderation"]["state"]) == (3, "waiting")
    assert change(guide, 3, state="published").status_code == 403
    assert guide.send("GET", f"{OBSERVATIONS}/9").status_code == 404
    withdraw(seeded, "terril")
    assert client.get(OBSERVATIONS).json == [second]


def test_a_decision_is_made_on_a_state_and_can_be_undone(
    seeded: Resources, client: FlaskClient, keeper: Staff
) -> None:
    say(client)
    path = f"{OBSERVATIONS}/1"
    tag = keeper.tag(path)
    assert keeper.send("PATCH", path, json={"state": "published"}).status_code == 428
    aside = change(keeper, state="set_aside", reason="personal").json["moderation"]
    assert (aside["reason"], aside["decided_by"]) == ("personal", "publication@example.fr")
    stale = keeper.send("PATCH", path, tag=tag, json={"state": "published"})
    assert stale.status_code == 412
    put_back = change(keeper, state="waiting").json["moderation"]
    assert [put_back[name] for name in ("state", "reason", "decided_by", "decided_at")] == [
        "waiting",
        None,
        None,
        None,
    ]
    change(keeper, state="published")
    assert TEXT in client.get(PAGE).text
    change(keeper, state="set_aside", reason="repeated")
    assert TEXT not in client.get(PAGE).text
    with seeded.database.reading() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.subject == "terril 1"))
        acts = [(event.action, event.detail) for event in events]
    assert acts == [
        ("observation.set_aside", {"reason": "personal"}),
        ("observation.put_back", {}),
        ("observation.publish", {}),
        ("observation.set_aside", {"reason": "repeated"}),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "set_aside"},
        {"state": "published", "reason": "personal"},
        {"masked": ["Jeanne"]},
        {"masked": [""]},
        {"text": "Autre chose."},
        {"answer": {"outcome": "done", "text": " "}},
        {"answer": {"outcome": "sung", "text": "Oui."}},
    ],
)
def test_what_is_no_decision_is_refused(
    client: FlaskClient, keeper: Staff, changes: dict[str, Any]
) -> None:
    say(client)
    assert change(keeper, **changes).status_code == 422
    assert keeper.send("GET", f"{OBSERVATIONS}/1").json["moderation"]["state"] == "waiting"


def test_a_passage_that_names_somebody_is_masked_and_the_rest_stands(
    seeded: Resources, client: FlaskClient, keeper: Staff
) -> None:
    say(client)
    change(keeper, state="published", masked=["Jean Dupont", "Jean"])
    assert "On entend une alouette, dit […]." in words(client.get(PAGE))
    [document] = told(client.get(OBSERVATIONS))
    assert document["text"] == "On entend une alouette, dit […]."
    assert keeper.send("GET", f"{OBSERVATIONS}/1").json["moderation"]["text"] == TEXT
    assert "Dupont" not in str([event.detail for event in logged(seeded)])
    change(keeper, masked=[])
    assert TEXT in client.get(PAGE).text


def logged(resources: Resources) -> list[AuditEvent]:
    with resources.database.reading() as session:
        return list(session.scalars(select(AuditEvent)))


def test_what_became_of_it_stands_below(
    seeded: Resources, client: FlaskClient, keeper: Staff
) -> None:
    say(client)
    answer = {"outcome": "planned", "text": "Un panneau dira les oiseaux."}
    change(keeper, answer=answer)
    assert "Suite donnée" not in words(client.get(PAGE))
    given = change(keeper, state="published").json["answer"]
    assert given == answer | {"on": given["on"]}
    shown = words(client.get(PAGE))
    assert "Suite donnée : prévu ·" in shown
    assert "Un panneau dira les oiseaux." in shown
    assert '<p lang="fr">Un panneau' in client.get("/en/arrets/terril/remarques").text
    assert "oiseaux" not in str([event.detail for event in logged(seeded)])
    assert change(keeper, answer=None).json["answer"] is None
    assert "Suite donnée" not in words(client.get(PAGE))


def test_what_was_set_aside_or_masked_is_forgotten_after_a_month(
    seeded: Resources, client: FlaskClient, keeper: Staff
) -> None:
    for number, text in enumerate(("Achetez.", TEXT, "Un renard."), 1):
        say(client, text=text)
        change(keeper, number, state="published")
    change(keeper, 1, state="set_aside", reason="advertising")
    change(keeper, 2, masked=["Jean Dupont"])
    worker = create_keeper(client.application, seeded)
    assert not worker.forget_words()
    long_ago = datetime.now(UTC) - FORGOTTEN_AFTER
    with seeded.database.transaction() as session:
        session.execute(update(Observation).values(decided_at=long_ago))
    assert [worker.forget_words() for _ in range(2)] == [True, False]
    assert [(each.text, each.masked) for each in kept(seeded)] == [
        ("On entend une alouette, dit […].", ""),
        ("Un renard.", ""),
    ]
