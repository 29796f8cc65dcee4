"""Letters to people of the office: by SMTP, or into a folder where no server is set."""

import logging
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from tourapp.errors import UnavailableError

PATIENCE_S = 10

log = logging.getLogger(__name__)


class Mailer(Protocol):
    """Whoever carries letters."""

    described: str
    """Where letters go, without a password."""

    def send(self, letter: EmailMessage) -> None:
        """Hand a letter over, or raise UnavailableError."""


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
            message = f"no letter can be kept in {self._folder}: {error.strerror}"
            raise UnavailableError(message) from error
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
        """Hand a letter over, or raise UnavailableError."""
        try:
            with self._connected() as server:
                self._introduce(server)
                server.send_message(letter)
        except (OSError, smtplib.SMTPException) as error:
            message = f"the mail server {self.described} does not take a letter: {error}"
            raise UnavailableError(message) from error

    def _connected(self) -> smtplib.SMTP:
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


def new_letter(*, sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """Return a letter in plain text."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = to
    letter["Subject"] = subject
    letter["Date"] = formatdate()
    letter["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip(">"))
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text)
    return letter
