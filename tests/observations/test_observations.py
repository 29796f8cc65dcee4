"""What walkers notice, on both kinds of database: kept once, decided upon, answered, forgotten."""

from datetime import UTC, date, datetime

from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.changing import Staff, hired
from tests.observations.conftest import OBSERVATIONS, PAGE, SAID, TEXT, change, kept, say, told
from tests.visit.reading import withdraw, words
from tourapp.accounts.models import AuditEvent
from tourapp.app import create_keeper
from tourapp.observations.models import Observation
from tourapp.observations.services import FORGOTTEN_AFTER
from tourapp.resources import Resources


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
