import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tourapp.settings import PROJECT_ROOT, Settings, SettingsError

Reader = Callable[..., Settings]

LOGO = PROJECT_ROOT / "stops" / "terril-11-19" / "dessin.svg"
LONG_ENOUGH = "a phrase that is only good for tests"


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Return a reader of settings: `read(TOURAPP_X="…")`."""

    def reader(**environ: str) -> Settings:
        return Settings.from_environ(environ, root=tmp_path)

    return reader


def test_an_empty_environment_gives_the_embedded_installation(read: Reader, tmp_path: Path) -> None:
    settings = read()
    assert (settings.host, settings.port, settings.processes) == ("127.0.0.1", 8000, 2)
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.database_url == f"sqlite:///{tmp_path}/var/tourapp.sqlite"
    assert settings.queue_url == f"sqlite:///{tmp_path}/var/queue.sqlite"
    assert settings.media_url == f"file://{tmp_path}/media"
    assert (settings.limits_url, settings.trusted_proxies) == ("memory://", 0)
    assert settings.speech_engines == ("gtts", "piper", "espeak")
    assert (settings.piper_voices, settings.render_lease_s) == (None, 120)
    assert (settings.log_level, settings.time_zone) == ("INFO", "Europe/Paris")


@pytest.mark.parametrize(
    ("name", "value", "meant"),
    [
        ("host", "0.0.0.0", "0.0.0.0"),  # noqa: S104 -- nothing listens
        ("port", "9000", 9000),
        ("processes", "4", 4),
        ("public_url", "https://visite.example.fr", "https://visite.example.fr"),
        ("database_url", "sqlite:////srv/tour.sqlite", "sqlite:////srv/tour.sqlite"),
        ("database_url", "postgresql://tour:pw@db/tour", "postgresql://tour:pw@db/tour"),
        ("database_url", "postgresql+psycopg://db/tour", "postgresql+psycopg://db/tour"),
        ("media_url", "s3://bucket/prefix", "s3://bucket/prefix"),
        ("media_url", "memory://", "memory://"),
        ("queue_url", "redis://cache/0", "redis://cache/0"),
        ("queue_url", "memory://", "memory://"),
        ("limits_url", "redis://cache/1", "redis://cache/1"),
        ("trusted_proxies", "1", 1),
        ("speech_engines", "piper, espeak", ("piper", "espeak")),
        ("piper_voices", "/", Path("/")),
        ("render_lease_s", "0.5", 0.5),
        ("organisation", "Ville de Lens", "Ville de Lens"),
        ("organisation_logo", str(LOGO), LOGO),
        ("log_level", "DEBUG", "DEBUG"),
        ("time_zone", "UTC", "UTC"),
        ("map_tiles_url", "https://x.fr/{z}/{y}/{x}.png", "https://x.fr/{z}/{y}/{x}.png"),
        ("map_tiles_credit", "Une mairie", "Une mairie"),
        ("secret_key", LONG_ENOUGH, LONG_ENOUGH),
    ],
)
def test_each_setting_is_a_variable(read: Reader, name: str, value: str, meant: object) -> None:
    assert getattr(read(**{f"TOURAPP_{name.upper()}": value}), name) == meant


def test_host_and_port_are_understood_without_the_prefix(read: Reader) -> None:
    settings = read(HOST="::1", PORT="8080")
    assert (settings.host, settings.port) == ("::1", 8080)
    assert settings.public_url == "http://127.0.0.1:8080"


def test_the_prefixed_variable_is_the_stronger_one(read: Reader) -> None:
    assert read(PORT="8080", TOURAPP_PORT="9090").port == 9090


def test_an_empty_variable_is_one_not_given(read: Reader) -> None:
    assert read(TOURAPP_PORT="", PORT="", TOURAPP_TIME_ZONE="").port == 8000


def test_variables_of_others_are_none_of_our_business(read: Reader) -> None:
    assert read(LANG="fr_FR.UTF-8", TOUR="de France").port == 8000


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORT", "http", "expected a number from 1 to 65535, got 'http'"),
        ("PORT", "65536", "expected a number from 1 to 65535, got 65536"),
        ("TOURAPP_PORT", "0", "expected a number from 1 to 65535"),
        ("TOURAPP_PROCESSES", "many", "expected a number from 1 to 64"),
        (
            "TOURAPP_MAP_TILES_URL",
            "https://x.fr/tiles",
            "expected an address with {z}, {x} and {y}",
        ),
        ("TOURAPP_PUBLIC_URL", "visite.example.fr", "expected the site's address"),
        ("TOURAPP_PUBLIC_URL", "https://visite.example.fr/", "expected the site's address"),
        ("TOURAPP_DATABASE_URL", "mysql://db/tour", "expected sqlite:////path or postgresql"),
        ("TOURAPP_DATABASE_URL", "tour.sqlite", "expected sqlite:////path"),
        ("TOURAPP_DATABASE_URL", "sqlite://tour.sqlite", "expected sqlite:////path"),
        ("TOURAPP_DATABASE_URL", "sqlite://", "expected sqlite:////path"),
        ("TOURAPP_DATABASE_URL", "postgresql://db:port/tour", "or postgresql://user@host/name"),
        ("TOURAPP_MEDIA_URL", "/srv/media", "expected file:///path, s3://bucket"),
        ("TOURAPP_MEDIA_URL", "s3://", "expected file:///path, s3://bucket"),
        ("TOURAPP_QUEUE_URL", "amqp://broker", "expected sqlite:////path, redis://"),
        ("TOURAPP_LIMITS_URL", "sqlite:////limits", "expected redis://host/1 or memory://"),
        ("TOURAPP_TRUSTED_PROXIES", "-1", "expected a number from 0 to 8"),
        ("TOURAPP_SPEECH_ENGINES", "gtts,festival", "expected engines among gtts, piper, espeak"),
        ("TOURAPP_SPEECH_ENGINES", "espeak,espeak", "expected engines among"),
        ("TOURAPP_SPEECH_ENGINES", "piper", "expected an engine beside piper"),
        ("TOURAPP_PIPER_VOICES", "/no/such/voices", "expected a folder, got '/no/such/voices'"),
        ("TOURAPP_RENDER_LEASE_S", "0", "expected a number from 0.1 to 86400"),
        ("TOURAPP_RENDER_LEASE_S", "nan", "expected a number from 0.1 to 86400"),
        ("TOURAPP_ORGANISATION", "V" * 61, "expected at most 60 characters"),
        ("TOURAPP_ORGANISATION_LOGO", "/no/such.svg", "expected an SVG or PNG file"),
        ("TOURAPP_ORGANISATION_LOGO", "/etc/hostname", "expected an SVG or PNG file"),
        ("TOURAPP_LOG_LEVEL", "chatty", "expected one of DEBUG, INFO, WARNING, ERROR"),
        ("TOURAPP_TIME_ZONE", "Lens", "expected a zone such as Europe/Paris, got 'Lens'"),
        ("TOURAPP_SECRET_KEY", "short", "expected at least 32 characters"),
        ("TOURAPP_SPEECH_ENGINE", "espeak", "there is no such setting"),
    ],
)
def test_a_fault_is_told_with_the_variable_and_what_was_expected(
    read: Reader, name: str, value: str, expected: str
) -> None:
    with pytest.raises(SettingsError) as refusal:
        read(**{name: value})
    assert str(refusal.value).startswith(f"{name}: ")
    assert expected in str(refusal.value)


def test_every_fault_is_named_at_once(read: Reader) -> None:
    with pytest.raises(SettingsError) as refusal:
        read(PORT="x", TOURAPP_TIME_ZONE="x", TOURAPP_TYPO="x", TOURAPP_SPEECH_ENGINES="piper")
    named = [fault.partition(":")[0] for fault in str(refusal.value).split("; ")]
    assert named == ["PORT", "TOURAPP_SPEECH_ENGINES", "TOURAPP_TIME_ZONE", "TOURAPP_TYPO"]


def test_no_secret_stands_in_a_message(read: Reader) -> None:
    with pytest.raises(SettingsError) as refusal:
        read(
            TOURAPP_SECRET_KEY="hush",
            TOURAPP_DATABASE_URL="postgres://tour:hush@db/tour",
            TOURAPP_QUEUE_URL="amqp://tour:hush@cache/0",
            TOURAPP_LIMITS_URL="amqp://tour:hush@cache/1",
            TOURAPP_MEDIA_URL="ftp://tour:hush@store/0",
        )
    assert "hush" not in str(refusal.value)


def test_no_secret_is_shown_with_the_settings(read: Reader) -> None:
    settings = read(
        TOURAPP_SECRET_KEY=LONG_ENOUGH,
        TOURAPP_DATABASE_URL="postgresql://tour:hush@db/tour",
        TOURAPP_QUEUE_URL="redis://:hush@cache/0",
        TOURAPP_LIMITS_URL="redis://:hush@cache/1",
    )
    assert LONG_ENOUGH not in repr(settings)
    assert "hush" not in repr(settings)


def test_piper_counts_only_where_it_has_voices(read: Reader, tmp_path: Path) -> None:
    assert read().engines == ("gtts", "espeak")
    assert read(TOURAPP_PIPER_VOICES=str(tmp_path)).engines == ("gtts", "piper", "espeak")
    only = read(TOURAPP_PIPER_VOICES=str(tmp_path), TOURAPP_SPEECH_ENGINES="piper")
    assert only.engines == ("piper",)


def test_a_secret_is_made_once_and_kept_for_its_owner_only(read: Reader, tmp_path: Path) -> None:
    made = read().secret_key
    assert len(made) == 64
    assert read().secret_key == made
    kept = tmp_path / "var" / "secret_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert list(kept.parent.iterdir()) == [kept]


def test_processes_that_start_at_once_share_the_secret(read: Reader) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = {start.result().secret_key for start in [threads.submit(read) for _ in range(32)]}
    assert len(made) == 1


def test_a_given_secret_leaves_no_file(read: Reader, tmp_path: Path) -> None:
    read(TOURAPP_SECRET_KEY=LONG_ENOUGH)
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_no_secret_can_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("not a folder")
    with pytest.raises(SettingsError, match=r"^TOURAPP_SECRET_KEY: none is given"):
        Settings.from_environ({}, root=tmp_path)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::1"])  # noqa: S104 -- one's own choice
def test_the_server_may_listen_on_any_address(host: str) -> None:
    assert Settings.from_environ({"HOST": host, "TOURAPP_SECRET_KEY": "x" * 32}).host == host


def test_a_name_is_no_address_to_listen_on() -> None:
    with pytest.raises(SettingsError, match="HOST: expected an address such as"):
        Settings.from_environ({"HOST": "localhost", "TOURAPP_SECRET_KEY": "x" * 32})
