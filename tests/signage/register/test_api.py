"""The register over HTTP: on a state that is named, by people who may."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.changing import Staff, hired
from tests.samples import CODES
from tests.visit.reading import withdraw, words
from tourapp.accounts.models import AuditEvent
from tourapp.resources import Resources

SIGNS = "/api/v1/signs"
SIGN = f"{SIGNS}/{CODES[0]}"
PLACE = {
    "place": "Au pied de l’escalier, à droite",
    "support": "poteau de bois",
    "note": "Clé de 10.",
    "position": {"lat": 50.4431, "lon": 2.7779, "accuracy_m": 5},
}


def act(keeper: Staff, method: str, more: str, **parts: object) -> TestResponse:
    """Send a change on the newest state of the first sign."""
    return keeper.send(method, SIGN + more, tag=keeper.tag(SIGN), json=parts)


def change(keeper: Staff, **parts: object) -> TestResponse:
    return act(keeper, "PATCH", "", **parts)


def pass_through(keeper: Staff, *states: str) -> None:
    for state in states:
        assert change(keeper, state=state).status_code == 200


def listed(keeper: Staff, query: str = "") -> list[str]:
    answer = keeper.send("GET", SIGNS + query)
    assert answer.status_code == 200, answer.text
    return [sign["code"] for sign in answer.json]


def test_a_second_sign_is_planned_and_leads_to_its_stop(keeper: Staff) -> None:
    answer = keeper.send("POST", SIGNS, json={"stop": "terril", **PLACE})
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
    sign = answer.json
    assert {name: sign[name] for name in PLACE} == PLACE
    assert (sign["state"], sign["printed"], sign["outdated"]) == ("planned", None, [])
    assert sign["url"] == f"HTTPS://VISITE.EXAMPLE.FR/Q/{sign['code']}"
    assert sign["stop"] == {"slug": "terril", "number": 1}
    assert "Montée du terril" in words(keeper.client.get(f"/q/{sign['code']}"))
    assert listed(keeper, "?stop=terril") == [CODES[0], sign["code"]]


def test_signs_are_listed_by_stop_state_check_and_page(keeper: Staff) -> None:
    pass_through(keeper, "installed", "damaged")
    assert listed(keeper) == [*CODES[:3]]
    assert listed(keeper, "?state=damaged&state=printed") == [CODES[0]]
    assert listed(keeper, "?page_size=2&page=2") == [CODES[2]]
    assert listed(keeper, "?page=9") == []
    act(keeper, "POST", "/checks")
    assert listed(keeper, "?unchecked_since=2026-01-01T00:00:00Z") == [*CODES[1:3]]
    assert listed(keeper, "?unchecked_since=2999-01-01T00:00:00Z") == [*CODES[:3]]


def test_what_is_not_given_stays_as_it_is(keeper: Staff) -> None:
    change(keeper, **PLACE)
    changed = change(keeper, place="Devant la grille").json
    assert changed["position"] == PLACE["position"]
    assert changed["support"] == "poteau de bois"
    assert change(keeper, position=None).json["position"] is None


def test_a_plate_goes_from_state_to_state(keeper: Staff) -> None:
    pass_through(keeper, "printed", "installed", "damaged", "installed", "removed", "installed")


@pytest.mark.parametrize(
    ("states", "wanted"),
    [((), "damaged"), ((), "removed"), (("installed",), "planned"), (("printed",), "damaged")],
)
def test_a_state_that_cannot_follow_is_refused_with_those_that_can(
    keeper: Staff, states: tuple[str, ...], wanted: str
) -> None:
    pass_through(keeper, *states)
    refused = change(keeper, state=wanted, place="Ailleurs")
    assert refused.status_code == 409
    assert "it can become: " in refused.json["detail"]
    assert keeper.send("GET", SIGN).json["place"] == ""


def test_a_check_tells_who_stood_there_and_what_they_found(keeper: Staff) -> None:
    pass_through(keeper, "installed")
    checked = act(keeper, "POST", "/checks", state="damaged", note="Tagué.").json
    assert (checked["state"], checked["note"]) == ("damaged", "Tagué.")
    assert checked["checked_by"] == "publication@example.fr"
    again = act(keeper, "POST", "/checks").json
    assert again["note"] == "Tagué."
    assert again["checked_at"] >= checked["checked_at"]


def test_a_sign_that_moves_leads_elsewhere_and_is_the_other_stops(
    keeper: Staff, client: FlaskClient
) -> None:
    moved = act(keeper, "POST", "/move", stop="arret-2")
    assert moved.json["stop"] == {"slug": "arret-2", "number": 2}
    assert moved.json["moved_at"]
    assert "L’église et son toit" in words(client.get(f"/Q/{CODES[0]}"))
    assert client.get("/api/v1/stops/terril").json["sign"] is None
    assert client.get("/api/v1/stops/terril/qr.svg").status_code == 404


@pytest.mark.parametrize(
    ("stop", "status"),
    [("nowhere", 404), ("arret-3", 409), ("", 422)],
)
def test_a_plate_that_is_up_never_comes_to_lead_to_nothing(
    seeded: Resources, keeper: Staff, stop: str, status: int
) -> None:
    withdraw(seeded, "arret-3")
    pass_through(keeper, "installed")
    assert act(keeper, "POST", "/move", stop=stop).status_code == status
    assert keeper.send("GET", SIGN).json["stop"]["slug"] == "terril"


def test_a_planned_sign_may_wait_for_its_stop(seeded: Resources, keeper: Staff) -> None:
    withdraw(seeded, "arret-3")
    assert act(keeper, "POST", "/move", stop="arret-3").status_code == 200


def test_a_retired_sign_explains_itself_and_offers_what_is_near(
    keeper: Staff, client: FlaskClient
) -> None:
    change(keeper, position={"lat": 50.4629, "lon": 2.778, "accuracy_m": 5})
    assert act(keeper, "PUT", "/retirement").json["retired_at"]
    page = client.get(f"/Q/{CODES[0].lower()}")
    assert page.status_code == 410
    said = words(page)
    assert "Ce panneau n’est plus en service" in said
    assert said.index("La résidence") < said.index("L’église et son toit") < said.index("Montée")
    assert said.count(" au sud") == 2
    assert client.get(f"/?numero={CODES[0]}").status_code == 410


def test_a_retired_sign_is_listed_by_itself_and_moves_no_more(keeper: Staff) -> None:
    act(keeper, "PUT", "/retirement")
    assert listed(keeper, "?retired=true") == [CODES[0]]
    assert CODES[0] not in listed(keeper)
    assert act(keeper, "POST", "/move", stop="arret-2").status_code == 409
    assert act(keeper, "PUT", "/retirement").status_code == 409
    assert act(keeper, "DELETE", "/retirement").json["retired_at"] is None
    assert act(keeper, "DELETE", "/retirement").status_code == 409


CHANGES = [
    ("PATCH", "", {}),
    ("POST", "/checks", {}),
    ("POST", "/move", {"stop": "arret-2"}),
    ("PUT", "/retirement", None),
    ("DELETE", "/retirement", None),
]


@pytest.mark.parametrize(("method", "more", "json"), CHANGES)
def test_a_change_names_the_state_that_it_is_made_on(
    keeper: Staff, method: str, more: str, json: object
) -> None:
    assert keeper.send(method, SIGN + more, json=json).status_code == 428
    tag = keeper.tag(SIGN)
    change(keeper, place="Ailleurs")
    assert keeper.send(method, SIGN + more, tag=tag, json=json).status_code == 412


@pytest.mark.parametrize(("method", "more", "json"), [("GET", "", None), *CHANGES])
def test_only_who_looks_after_signs_reads_and_changes_them(
    seeded: Resources, client: FlaskClient, method: str, more: str, json: object
) -> None:
    writer = hired(seeded, client, "redaction")
    assert writer.send(method, SIGN + more, tag='"1"', json=json).status_code == 403
    assert client.open(SIGN + more, method=method, json=json).status_code == 401


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"place": "x" * 241}, "json.place"),
        ({"note": "\0"}, "json.note"),
        ({"state": "stolen"}, "json.state"),
        ({"code": "AAAAAA"}, "json.code"),
        ({"position": {"lat": 91, "lon": 2, "accuracy_m": 5}}, "json.position.lat"),
        ({"position": {"lat": 50, "lon": 2}}, "json.position.accuracy_m"),
    ],
)
def test_a_wrong_part_is_named(keeper: Staff, parts: dict[str, object], where: str) -> None:
    answer = change(keeper, **parts)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["where"] == where


def test_an_unknown_sign_is_not_found(keeper: Staff) -> None:
    assert keeper.send("GET", f"{SIGNS}/ZZZZZZ").status_code == 404
    assert keeper.send("PUT", f"{SIGNS}/ZZZZZZ/retirement", tag='"1"').status_code == 404


def test_every_change_is_in_the_log(seeded: Resources, keeper: Staff) -> None:
    change(keeper, state="installed")
    act(keeper, "POST", "/checks")
    act(keeper, "POST", "/move", stop="arret-2")
    act(keeper, "PUT", "/retirement")
    act(keeper, "DELETE", "/retirement")
    actions = ["sign.change", "sign.check", "sign.move", "sign.retire", "sign.restore"]
    with seeded.database.reading() as session:
        events = select(AuditEvent.action).where(AuditEvent.subject == CODES[0])
        assert list(session.scalars(events.order_by(AuditEvent.id))) == actions
