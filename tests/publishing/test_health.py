"""Whether the service can serve, told to whoever looks after it."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.staff.desk import invited
from tourapp.accounts.posting.models import Letter
from tourapp.accounts.posting.services import Message, write_letter
from tourapp.accounts.services import get_person
from tourapp.migrating import downgrade
from tourapp.narration.rendering import open_renderer
from tourapp.narration.services import claim_next
from tourapp.narration.voicing import Voicing
from tourapp.publishing.health import check_readiness
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT


def test_a_process_that_answers_lives(client: FlaskClient) -> None:
    assert client.get("/livez").json == {"status": "ok"}


@pytest.mark.usefixtures("spoken")
def test_all_is_well_once_everything_is_spoken(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {
        "status": "ok",
        "checks": {
            "database": {"status": "ok"},
            "media": {"status": "ok"},
            "sound": {"status": "ok"},
            "worker": {"status": "ok"},
            "letters": {"status": "ok"},
        },
    }


def test_a_silent_stop_is_told_and_visitors_are_served(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (200, "degraded")
    assert answer.json["checks"]["sound"]["reason"] == (
        "published narratives without sound: 4 (not rendered yet)"
    )


def test_a_worker_that_is_away_is_told(seeded: Resources) -> None:
    readiness = check_readiness(
        seeded.database,
        seeded.media,
        settings=seeded.settings,
        now=datetime.now(UTC) + timedelta(minutes=6),
    )
    [worker] = [check for check in readiness.checks if check.name == "worker"]
    assert worker.status == "degraded"
    assert "is a worker running?" in str(worker.reason)


def test_letters_that_do_not_leave_are_told_and_not_to_whom(
    client: FlaskClient, seeded: Resources
) -> None:
    written_at = datetime.now(UTC) - timedelta(minutes=6)
    invited(seeded, "guide", email="ana@example.fr")
    with seeded.database.transaction() as session:
        person = get_person(session, "ana@example.fr")
        write_letter(session, person, Message(subject="A", text="B"), at=written_at)
    told = client.get("/readyz").json["checks"]["letters"]
    assert told["status"] == "degraded"
    assert told["reason"] == "letters waiting for over five minutes: 1 (is a worker running?)"
    with seeded.database.transaction() as session:
        session.execute(update(Letter).values(hindrance="busy", answer="450 <ana@example.fr>"))
    told = client.get("/readyz").json["checks"]["letters"]
    assert told["reason"] == "letters waiting for over five minutes: 1 (the mail server: busy)"


def test_a_media_store_that_is_away_is_down(client: FlaskClient, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "media")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (503, "down")
    assert answer.json["checks"]["media"]["reason"] == "the media store does not answer"


def test_a_database_without_tables_is_down(client: FlaskClient, seeded: Resources) -> None:
    downgrade(seeded.database, root=PROJECT_ROOT, revision="base")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (503, "down")
    assert set(answer.json["checks"]) == {"database", "media"}


def test_a_worker_that_is_busy_is_not_missed(seeded: Resources) -> None:
    later = datetime.now(UTC) + timedelta(minutes=6)
    voicing = Voicing.of(seeded.settings)
    with seeded.database.transaction() as session:
        assert claim_next(session, voicing, lease_s=60, now=later) is not None
    readiness = check_readiness(seeded.database, seeded.media, settings=seeded.settings, now=later)
    assert "worker" not in {each.name for each in readiness.checks if each.status != "ok"}


def test_all_heals_once_it_is_spoken(client: FlaskClient, seeded: Resources) -> None:
    assert client.get("/readyz").json["status"] == "degraded"
    open_renderer(seeded).render_due()
    assert client.get("/readyz").json["status"] == "ok"
