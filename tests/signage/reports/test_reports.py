"""« Ce panneau est abîmé » : told by anybody, read and closed by staff."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.changing import Staff, hired
from tests.samples import CODES
from tests.visit.reading import words
from tourapp.accounts.models import AuditEvent
from tourapp.resources import Resources
from tourapp.signage.models import SignReport
from tourapp.signage.reports.services import MOST_A_DAY, report_damage

FORM = f"/fr/signaler/{CODES[0]}"
REPORTS = f"/api/v1/signs/{CODES[0]}/reports"
SIGN = f"/api/v1/signs/{CODES[0]}"
FAR = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def keeper(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "publication")


def told(resources: Resources) -> list[tuple[str, bool]]:
    """Return every note, and whether it is closed."""
    with resources.database.reading() as session:
        rows = session.scalars(select(SignReport).order_by(SignReport.id))
        return [(row.note, row.closed_at is not None) for row in rows]


def read(keeper: Staff, path: str) -> Any:  # noqa: ANN401 -- JSON
    return keeper.send("GET", path).json


def tap(client: FlaskClient, **form: str) -> TestResponse:
    return client.post(FORM, data=form)


def test_one_tap_on_the_page_reports_the_sign(seeded: Resources, client: FlaskClient) -> None:
    page = client.get(f"/Q/{CODES[0]}").text
    assert f'<form class="report" method="post" action="{FORM}">' in page
    answer = tap(client, note="", site="")
    assert answer.status_code == 200
    assert f"Le panneau {CODES[0]} est signalé" in words(answer)
    assert 'href="/fr/arrets/terril"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert told(seeded) == [("", False)]


def test_the_address_of_an_answer_leads_back_to_the_sign(client: FlaskClient) -> None:
    answer = client.get(FORM)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/Q/{CODES[0]}")


def test_the_answer_speaks_the_language_of_the_page(client: FlaskClient) -> None:
    assert "has been reported" in words(client.post(f"/en/signaler/{CODES[1].lower()}"))


def test_each_of_two_signs_of_a_stop_is_reported_by_itself(
    client: FlaskClient, keeper: Staff
) -> None:
    code = keeper.send("POST", "/api/v1/signs", json={"stop": "terril"}).json["code"]
    assert f"/fr/signaler/{code}" in client.get(f"/Q/{code}").text


def test_the_same_said_again_on_a_day_counts_once(seeded: Resources, client: FlaskClient) -> None:
    for note in ("", "", "Tagué.", " Tagué. ", "Tagué."):
        tap(client, note=note)
    assert told(seeded) == [("", False), ("Tagué.", False)]


def test_a_note_is_plain_words_on_one_line(seeded: Resources, client: FlaskClient) -> None:
    note = "<b>Cassé</b>\r\n\t  en deux"
    receipt = client.post(REPORTS, json={"note": note})
    assert (receipt.status_code, receipt.json) == (
        201,
        {"code": CODES[0], "note": "<b>Cassé</b> en deux"},
    )
    assert told(seeded) == [("<b>Cassé</b> en deux", False)]


def test_a_robot_is_thanked_and_says_nothing(seeded: Resources, client: FlaskClient) -> None:
    assert "Merci" in words(tap(client, note="Pills", site="https://pills.example"))
    assert told(seeded) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://visite.example.fr"}, 200),
        ({"Origin": "https://visite.example.fr"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_no_other_site_reports_by_a_visitors_browser(
    seeded: Resources, client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    assert client.post(FORM, headers=headers).status_code == status
    assert client.post(REPORTS, headers=headers, json={}).status_code in {status, 201}
    assert bool(told(seeded)) is (status == 200)


@pytest.mark.parametrize("code", ["ZZZZZZ", "<script>"])
def test_an_unknown_sign_is_not_reported(client: FlaskClient, code: str) -> None:
    assert client.post(f"/fr/signaler/{code}").status_code == 404
    assert client.post(f"/fr/signaler/{code}", data={"site": "x"}).status_code == 404
    assert client.post(f"/api/v1/signs/{code}/reports", json={}).status_code == 404


@pytest.mark.parametrize("form", [{"note": "x" * 281}, {"email": "a@b.fr"}])
def test_what_a_report_cannot_hold_is_refused(
    seeded: Resources, client: FlaskClient, form: dict[str, str]
) -> None:
    assert tap(client, **form).status_code == 422
    assert client.post(REPORTS, json=form).status_code == 422
    assert told(seeded) == []


def test_more_notes_than_help_are_refused_and_taps_are_not(
    seeded: Resources, client: FlaskClient
) -> None:
    now = datetime.now(UTC)
    with seeded.database.transaction() as session:
        for number in range(MOST_A_DAY):
            report_damage(session, CODES[0], note=f"Note {number}", now=now)
    refused = tap(client, note="Encore")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")
    assert tap(client).status_code == 200
    assert len(told(seeded)) == MOST_A_DAY + 1


def test_one_address_reports_no_more_than_a_walker_could(client: FlaskClient) -> None:
    statuses = [client.post(FORM, environ_overrides=FAR).status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]
    assert client.get(f"/Q/{CODES[0]}", environ_overrides=FAR).status_code == 200


def test_a_report_is_listed_with_its_sign_and_changes_nothing_of_it(
    client: FlaskClient, keeper: Staff
) -> None:
    before = keeper.tag(SIGN)
    tap(client, note="Tagué.")
    [report] = read(keeper, "/api/v1/reports")
    assert {name: report[name] for name in ("code", "stop", "note", "closed_at")} == {
        "code": CODES[0],
        "stop": "terril",
        "note": "Tagué.",
        "closed_at": None,
    }
    assert keeper.send("GET", SIGN).json["open_reports"] == 1
    assert (keeper.tag(SIGN), keeper.send("GET", SIGN).json["state"]) == (before, "planned")
    [reported] = read(keeper, "/api/v1/signs?reported=true")
    assert (reported["code"], reported["open_reports"]) == (CODES[0], 1)


def close_first(keeper: Staff) -> Any:  # noqa: ANN401 -- JSON
    [report, *_] = read(keeper, "/api/v1/reports")
    return keeper.send("POST", f"/api/v1/reports/{report['id']}/close").json


def test_a_report_is_closed_and_opened_by_who_says_the_same_again(
    seeded: Resources, client: FlaskClient, keeper: Staff
) -> None:
    tap(client, note="Tagué.")
    closed = close_first(keeper)
    assert closed["closed_by"] == "publication@example.fr"
    again = keeper.send("POST", f"/api/v1/reports/{closed['id']}/close").json
    assert again["closed_at"] == closed["closed_at"]
    assert keeper.send("GET", "/api/v1/reports").json == []
    assert keeper.send("GET", "/api/v1/reports?closed=true").json == [again]
    tap(client, note="Tagué.")
    assert told(seeded) == [("Tagué.", False)]
    with seeded.database.reading() as session:
        [event] = session.scalars(select(AuditEvent).filter_by(action="sign.report.close"))
        assert (event.subject, event.detail) == (CODES[0], {"note": "Tagué."})


def test_only_who_looks_after_signs_reads_and_closes_reports(
    seeded: Resources, client: FlaskClient
) -> None:
    writer = hired(seeded, client, "redaction")
    assert client.get("/api/v1/reports").status_code == 401
    assert writer.send("GET", "/api/v1/reports").status_code == 403
    assert writer.send("POST", "/api/v1/reports/1/close").status_code == 403


def test_a_report_that_is_not_there_is_not_closed(keeper: Staff) -> None:
    assert keeper.send("POST", "/api/v1/reports/99/close").status_code == 404
