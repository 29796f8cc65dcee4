"""A worker is killed once the mail server has its letter, and before it knows."""

from datetime import UTC, datetime, timedelta

from tests.faults.installation import Installation
from tests.post_office import PostOffice, deliver, opened
from tests.running import started, wait_until
from tests.staff.desk import invited
from tourapp.accounts.posting.services import FIRST_DELAY, Message, write_letter
from tourapp.accounts.services import get_person
from tourapp.resources import Resources
from tourapp.settings import Settings


def test_a_letter_survives_whoever_sends_it(installation: Installation) -> None:
    office = PostOffice()
    with opened(office) as port:
        installation.environ["TOURAPP_MAIL_URL"] = f"smtp://127.0.0.1:{port}"
        write(installation)
        with started(installation.environ, "worker") as worker:
            office.taken = worker.kill
            wait_until(lambda: worker.poll() is not None)
        assert (len(office.letters), installation.count("letter")) == (1, 1)
        office.taken = lambda: None
        resources = Resources.open(Settings.from_environ(installation.environ))
        deliver(resources, now=datetime.now(UTC) + FIRST_DELAY + timedelta(minutes=1))
        resources.close()
    first, second = office.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert installation.count("letter") == 0


def write(installation: Installation) -> None:
    address = invited(installation.resources, "guide")
    with installation.resources.database.transaction() as session:
        message = Message(subject="Bonjour", text="À bientôt.")
        write_letter(session, get_person(session, address), message, at=datetime.now(UTC))
