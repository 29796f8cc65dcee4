"""A mail server of our own, which says what it is told to, and a worker's part done at once."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from tests.running import find_free_port
from tourapp.accounts.posting.postman import Postman
from tourapp.resources import Resources

_LINK = re.compile(r"/bureau/lien/([\w-]+)")


class PostOffice:
    """What the server does with what it is handed; `answers` are its words by command."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.taken: Callable[[], object] = lambda: None
        """What happens once a letter is here, before the server says so."""

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd asks for the command by this name
        self, _server: object, _session: object, envelope: Envelope, address: str, _: object
    ) -> str:
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 from there")

    async def handle_RCPT(  # noqa: N802 -- as above
        self, _server: object, _session: object, envelope: Envelope, address: str, _: object
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 known")

    async def handle_DATA(  # noqa: N802 -- as above
        self, _server: object, _session: object, envelope: Envelope
    ) -> str:
        if refused := self.answers.get("DATA"):
            return refused
        self.letters.append(as_letter(envelope.original_content or b""))
        self.taken()
        return "250 taken"

    async def handle_QUIT(self, *_: object) -> str:  # noqa: N802 -- as above
        return self.answers.get("QUIT", "221 good-bye")


@contextmanager
def opened(
    office: PostOffice,
    *,
    port: int = 0,
    hostname: str = "127.0.0.1",
    **how: Any,  # noqa: ANN401 -- aiosmtpd's
) -> Iterator[int]:
    """Let a server stand there for a while, and yield its port."""
    number = port or find_free_port()
    controller = Controller(office, hostname=hostname, port=number, **how)
    controller.start()
    try:
        yield number
    finally:
        controller.stop()


def as_letter(content: bytes) -> EmailMessage:
    """Read what was sent as a mail program does."""
    read = message_from_bytes(content, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def deliver(resources: Resources, *, now: datetime | None = None) -> None:
    """Have every letter that is due leave, as a worker does."""
    postman = Postman(resources, clock=lambda: now or datetime.now(UTC))
    while postman.send_next():
        pass


def kept(resources: Resources) -> list[EmailMessage]:
    """Return the letters in the folder, in the order in which they were written there."""
    folder = Path(resources.settings.mail_url.removeprefix("file://"))
    paths = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [as_letter(path.read_bytes()) for path in paths]


def arrived_links(resources: Resources, *, now: datetime | None = None) -> list[str]:
    """Have letters leave for the folder, and return the secrets of the links that came there."""
    deliver(resources, now=now)
    return [link for letter in kept(resources) for link in _LINK.findall(letter.get_content())]
