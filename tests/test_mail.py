"""Letters: into a folder, or to a server of our own that speaks SMTP."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.running import find_free_port
from tourapp.errors import UnavailableError
from tourapp.mail import SmtpMailer, new_letter, open_mailer

LETTER = new_letter(
    sender="bureau@visite.example.fr",
    to="ana@example.fr",
    subject="Votre accès au bureau",
    text="Bonjour,\n\nÀ bientôt\n",
)


class Postman:
    """What the server does with what it is handed."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        self.letters.append(envelope.original_content or b"")
        return "250 taken"


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def port(postman: Postman) -> Iterator[int]:
    number = find_free_port()
    controller = Controller(postman, hostname="127.0.0.1", port=number)
    controller.start()
    yield number
    controller.stop()


def test_a_letter_is_kept_where_only_its_owner_reads_it(tmp_path: Path) -> None:
    mailer = open_mailer((tmp_path / "deep" / "mail").as_uri())
    mailer.send(LETTER)
    assert mailer.described == str(tmp_path / "deep" / "mail")
    [path] = (tmp_path / "deep" / "mail").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    kept = message_from_bytes(path.read_bytes())
    assert (kept["To"], kept["Auto-Submitted"]) == ("ana@example.fr", "auto-generated")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnavailableError, match="no letter can be kept"):
        open_mailer((tmp_path / "file" / "mail").as_uri()).send(LETTER)


def test_a_letter_reaches_the_server(postman: Postman, port: int) -> None:
    mailer = open_mailer(f"smtp://127.0.0.1:{port}")
    mailer.send(LETTER)
    assert [message_from_bytes(sent)["To"] for sent in postman.letters] == ["ana@example.fr"]
    assert mailer.described == f"smtp://127.0.0.1:{port}"


def test_a_password_is_not_sent_to_a_server_without_tls(postman: Postman, port: int) -> None:
    mailer = open_mailer(f"smtp://ana:s%40cret@127.0.0.1:{port}")
    with pytest.raises(UnavailableError) as refused:
        mailer.send(LETTER)
    assert postman.letters == []
    assert "s@cret" not in f"{refused.value}{mailer.described}"


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
    return AuthResult(success=(given.login, given.password) == (b"ana", b"s@cret"))


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_password_goes_over_tls_from_the_start_or_from_then_on(
    scheme: str, postman: Postman, certificate: Path
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    is_from_the_start = scheme == "smtps"
    port = find_free_port()
    controller = Controller(
        postman,
        hostname="localhost",
        port=port,
        authenticator=authenticate,
        auth_require_tls=not is_from_the_start,
        ssl_context=context if is_from_the_start else None,
        tls_context=None if is_from_the_start else context,
    )
    controller.start()
    trust = ssl.create_default_context(cafile=certificate)
    SmtpMailer(f"{scheme}://ana:s%40cret@localhost:{port}", trust=trust).send(LETTER)
    controller.stop()
    assert len(postman.letters) == 1


def test_a_server_that_is_away_is_told() -> None:
    with pytest.raises(UnavailableError, match="does not take a letter"):
        open_mailer("smtps://127.0.0.1:1").send(LETTER)
