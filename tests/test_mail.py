"""Letters: into a folder, or to a server of our own that speaks SMTP."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.post_office import PostOffice, as_letter, opened
from tourapp import mail
from tourapp.mail import SmtpMailer, UndeliveredError, new_letter, open_mailer

LETTER = new_letter(
    letter_id="a1",
    sender="Le bureau <bureau@visite.example.fr>",
    to="ana@example.fr",
    subject="Votre accès au bureau",
    text="Bonjour,\n\nÀ bientôt\n",
    at=datetime(2026, 3, 1, 12, tzinfo=UTC),
)


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.fixture
def port(office: PostOffice) -> Iterator[int]:
    with opened(office) as number:
        yield number


def refused(url: str) -> UndeliveredError:
    """Return why a letter does not leave."""
    with pytest.raises(UndeliveredError) as caught:
        open_mailer(url).send(LETTER)
    return caught.value


def test_a_letter_is_kept_where_only_its_owner_reads_it(tmp_path: Path) -> None:
    mailer = open_mailer((tmp_path / "deep" / "mail").as_uri())
    mailer.send(LETTER)
    assert mailer.described == str(tmp_path / "deep" / "mail")
    [path] = (tmp_path / "deep" / "mail").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    kept = as_letter(path.read_bytes())
    assert (kept["To"], kept["Auto-Submitted"]) == ("ana@example.fr", "auto-generated")
    mailer.send(LETTER)
    assert [*(tmp_path / "deep" / "mail").iterdir()] == [path]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    error = refused((tmp_path / "file" / "mail").as_uri())
    assert (error.hindrance, error.answer) == ("unwritable", "Not a directory")


def test_a_letter_reaches_the_server(office: PostOffice, port: int) -> None:
    mailer = open_mailer(f"smtp://127.0.0.1:{port}")
    mailer.send(LETTER)
    [letter] = office.letters
    assert (letter["To"], letter["Message-ID"]) == ("ana@example.fr", "<a1@visite.example.fr>")
    assert letter["Date"] == "Sun, 01 Mar 2026 12:00:00 +0000"
    assert mailer.described == f"smtp://127.0.0.1:{port}"


def test_a_password_is_not_sent_to_a_server_without_tls(office: PostOffice, port: int) -> None:
    error = refused(f"smtp://ana:s%40cret@127.0.0.1:{port}")
    assert (office.letters, error.hindrance) == ([], "closed")
    assert "s@cret" not in str(error)


@pytest.mark.parametrize(
    ("command", "answer", "hindrance"),
    [
        ("RCPT", "550 nobody here", "refused"),
        ("RCPT", "451 come back later", "busy"),
        ("DATA", "554 we take this for spam", "refused"),
        ("DATA", "452 no room now", "busy"),
        ("MAIL", "530 who are you?", "closed"),
        ("MAIL", "421 too many of you", "busy"),
    ],
)
def test_what_a_server_says_tells_whether_another_attempt_helps(
    office: PostOffice, port: int, command: str, answer: str, hindrance: str
) -> None:
    office.answers[command] = answer
    error = refused(f"smtp://127.0.0.1:{port}")
    assert (error.hindrance, error.answer) == (hindrance, answer)


def test_what_is_taken_has_left_however_the_server_says_good_bye(
    office: PostOffice, port: int
) -> None:
    office.answers["QUIT"] = "421 not like that"
    open_mailer(f"smtp://127.0.0.1:{port}").send(LETTER)
    assert len(office.letters) == 1


def test_an_answer_is_told_in_one_line_of_bounded_length(office: PostOffice, port: int) -> None:
    office.answers["RCPT"] = f"550-no\r\n550 \0{'no ' * 150}"
    answer = refused(f"smtp://127.0.0.1:{port}").answer
    assert answer.startswith("550 no")
    assert len(answer) <= 300
    assert answer.isprintable()


def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "PATIENCE_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        error = refused(f"smtp://127.0.0.1:{mute.getsockname()[1]}")
    assert error.hindrance == "silent"


def test_a_server_that_is_away_is_told() -> None:
    error = refused("smtps://127.0.0.1:1")
    assert (error.hindrance, error.answer) == ("unreachable", "Connection refused")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate of localhost, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    kept = key.private_bytes(pem, form, serialization.NoEncryption()) + made.public_bytes(pem)
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    path.write_bytes(kept)
    return path


def authenticate(*arguments: object) -> AuthResult:
    given = arguments[-1]
    assert isinstance(given, LoginPassword)
    is_right = (given.login, given.password) == (b"ana", b"s@cret")
    # What is not handled here is answered by the server.
    return AuthResult(success=is_right, handled=False)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_password_goes_over_tls_from_the_start_or_from_then_on(
    scheme: str, office: PostOffice, certificate: Path
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    is_from_the_start = scheme == "smtps"
    trust = ssl.create_default_context(cafile=certificate)
    with opened(
        office,
        hostname="localhost",
        authenticator=authenticate,
        auth_require_tls=not is_from_the_start,
        ssl_context=context if is_from_the_start else None,
        tls_context=None if is_from_the_start else context,
    ) as port:
        SmtpMailer(f"{scheme}://ana:s%40cret@localhost:{port}", trust=trust).send(LETTER)
        with pytest.raises(UndeliveredError) as unknown:
            SmtpMailer(f"{scheme}://ana:other@localhost:{port}", trust=trust).send(LETTER)
        untrusted = refused(f"{scheme}://ana:s%40cret@localhost:{port}")
    assert len(office.letters) == 1
    assert (unknown.value.hindrance, untrusted.hindrance) == ("closed", "closed")
