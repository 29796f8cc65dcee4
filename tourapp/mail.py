"""Letters to people of the office: by SMTP, or into a folder where no server is set."""

import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Literal, Protocol, get_args
from urllib.parse import unquote, urlsplit

from tourapp.errors import UnavailableError

PATIENCE_S = 10
"""How long each answer of a mail server is waited for."""

Hindrance = Literal["unwritable", "unreachable", "silent", "busy", "closed", "refused"]

HINDRANCES: tuple[Hindrance, ...] = get_args(Hindrance)
REFUSED: Hindrance = "refused"
"""The one that no other attempt helps: the server wants this letter, or this address, never."""

_LONGEST_ANSWER = 300
_FOR_GOOD = 500  # from this reply code on, RFC 5321 has nobody try the same again

log = logging.getLogger(__name__)


class UndeliveredError(UnavailableError):
    """A letter did not leave: what hindered it, and what was answered, in one line."""

    def __init__(self, described: str, hindrance: Hindrance, answer: str) -> None:
        self.hindrance = hindrance
        self.answer = " ".join(filter(str.isprintable, answer.split()))[:_LONGEST_ANSWER]
        super().__init__(f"{described} takes no letter, {hindrance}: {self.answer}")


class Mailer(Protocol):
    """Whoever carries letters."""

    described: str
    """Where letters go, without a password."""

    def send(self, letter: EmailMessage) -> None:
        """Hand a letter over, or raise UndeliveredError."""


class FolderMailer:
    """Leaves each letter in a folder, for whoever looks after an installation without SMTP."""

    def __init__(self, folder: Path) -> None:
        self.described = str(folder)
        self._folder = folder

    def send(self, letter: EmailMessage) -> None:
        """Write a letter to a file of its own, which only its owner may read."""
        name = f"{letter['Message-ID'].strip('<>').partition('@')[0]}.eml"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self._folder / name).touch(mode=0o600)
            (self._folder / name).write_bytes(letter.as_bytes())
        except OSError as error:
            raise UndeliveredError(self.described, "unwritable", str(error.strerror)) from error
        log.warning("no mail server is set: a letter was written to %s", self._folder / name)


class SmtpMailer:
    """Hands letters to a server; a password goes there over TLS alone."""

    def __init__(self, url: str, *, trust: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        self._is_tls = parts.scheme == "smtps"
        self._host = str(parts.hostname)
        self._port = parts.port or (465 if self._is_tls else 587)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._trust = trust or ssl.create_default_context()
        self.described = f"{parts.scheme}://{self._host}:{self._port}"

    def send(self, letter: EmailMessage) -> None:
        """Hand a letter over, or raise UndeliveredError."""
        try:
            with self._connected() as server:
                self._introduce(server)
                server.send_message(letter)
        except OSError as error:  # smtplib's own are too
            raise UndeliveredError(self.described, *_hindrance(error)) from error

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server = self._connect()
        try:
            yield server
        finally:
            # What was taken is taken, however the server says good-bye.
            with suppress(OSError):
                server.quit()

    def _connect(self) -> smtplib.SMTP:
        if self._is_tls:
            return smtplib.SMTP_SSL(self._host, self._port, timeout=PATIENCE_S, context=self._trust)
        return smtplib.SMTP(self._host, self._port, timeout=PATIENCE_S)

    def _introduce(self, server: smtplib.SMTP) -> None:
        server.ehlo()
        if not self._is_tls and (self._user or server.has_extn("starttls")):
            server.starttls(context=self._trust)
        if self._user:
            server.login(self._user, self._password)


def open_mailer(url: str) -> Mailer:
    """Return what carries letters to `smtp://`, `smtps://` or `file:///folder`."""
    if url.startswith("file://"):
        return FolderMailer(Path(unquote(urlsplit(url).path)))
    return SmtpMailer(url)


def new_letter(
    *, letter_id: str, sender: str, to: str, subject: str, text: str, at: datetime
) -> EmailMessage:
    """Return a letter in plain text; sent twice, it is the same one to whoever receives it."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = to
    letter["Subject"] = subject
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = f"<{letter_id}@{sender.rpartition('@')[2].strip('>')}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text)
    return letter


def _hindrance(error: OSError) -> tuple[Hindrance, str]:
    """Return what an error means for a letter, and what the server said."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        [(code, said)] = error.recipients.values()
        return _by_code(code, said, for_good="refused")
    if isinstance(error, smtplib.SMTPResponseException):
        # After the letter itself: before it, the server refuses us, and not what we send.
        for_good: Hindrance = "refused" if isinstance(error, smtplib.SMTPDataError) else "closed"
        return _by_code(error.smtp_code, error.smtp_error, for_good=for_good)
    if isinstance(error, smtplib.SMTPServerDisconnected | TimeoutError):
        return "silent", str(error)
    if isinstance(error, smtplib.SMTPException | ssl.SSLError):
        return "closed", str(error)
    return "unreachable", error.strerror or str(error)


def _by_code(code: int, said: str | bytes, *, for_good: Hindrance) -> tuple[Hindrance, str]:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return (for_good if code >= _FOR_GOOD else "busy"), f"{code} {words}"
