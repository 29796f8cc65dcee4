"""Road books over HTTP and by the command: who gets which, and what they tell."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from tests.changing import Staff, hired
from tests.itineraries.test_api import ITINERARIES, LOOP, NEW, show
from tests.itineraries.test_files import FILE
from tests.itineraries.test_paths import GPX
from tests.signage.plates.printed import needs_typefaces
from tests.visit.roadbook.printed import codes_of, squeezed, text_of
from tourapp.cli import main
from tourapp.itineraries.commands import seed_itineraries
from tourapp.resources import Resources

pytestmark = needs_typefaces

PAPER = f"{LOOP}/roadbook.pdf"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: what is printed is the same with any."""
    return sqlite_url


@pytest.fixture
def guide(seeded: Resources, client: FlaskClient) -> Staff:
    """Have a guide make a loop, with a meeting point."""
    guide = hired(seeded, client, "guide")
    made = guide.send("POST", ITINERARIES, json=NEW | {"meeting": "Devant la gare."})
    assert made.status_code == 201
    return guide


def test_a_published_itinerary_is_everybody_s_to_print(guide: Staff, client: FlaskClient) -> None:
    assert client.get(PAPER).status_code == 404
    show(guide)
    answer = client.get(PAPER)
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == ('inline; filename="la-boucle-public-a4.pdf"')
    text = text_of(answer.data)
    assert "visite.example.fr/fr/itineraires/la-boucle" in text
    assert "Devant la gare." in text
    assert "Compter le groupe." not in text
    assert "Et vous" not in text
    assert client.get(PAPER, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_codes_are_those_of_the_signs_and_a_spot_has_none(
    guide: Staff, client: FlaskClient
) -> None:
    show(guide)
    assert sorted(codes_of(client.get(PAPER).data)) == [
        "HTTPS://VISITE.EXAMPLE.FR/Q/7K2M9Q",
        "HTTPS://VISITE.EXAMPLE.FR/Q/X4T8RB",
    ]


def test_a_stop_without_a_sign_is_led_to_by_its_page(
    seeded: Resources, guide: Staff, client: FlaskClient
) -> None:
    publisher = hired(seeded, client, "publication")
    sign = "/api/v1/signs/X4T8RB"
    retired = publisher.send("PUT", f"{sign}/retirement", tag=publisher.tag(sign))
    assert retired.status_code == 200, retired.json
    codes = codes_of(guide.send("GET", f"{PAPER}?format=a5").data)
    assert "https://visite.example.fr/fr/arrets/arret-2" in codes


def test_notes_and_questions_are_for_who_may_lead_it(
    seeded: Resources, client: FlaskClient, guide: Staff
) -> None:
    show(guide)
    own = f"{PAPER}?version=guide"
    text = text_of(guide.send("GET", own).data)
    assert "Compter le groupe." in text
    assert "Et vous ?" in text
    other = hired(seeded, client, "guide", email="autre@example.fr")
    assert client.get(own).status_code == 401
    assert other.send("GET", own).status_code == 403
    assert other.send("GET", PAPER).status_code == 200


def test_every_guide_leads_an_itinerary_of_the_house(
    seeded: Resources, client: FlaskClient, tmp_path: Path
) -> None:
    (tmp_path / "la-boucle.toml").write_text(FILE, encoding="utf-8")
    seed_itineraries(seeded, tmp_path)
    guide = hired(seeded, client, "guide")
    assert "Compter le groupe." in text_of(guide.send("GET", f"{PAPER}?version=guide").data)


def test_a_profile_is_drawn_where_heights_are_known(guide: Staff) -> None:
    before = text_of(guide.send("GET", PAPER).data)
    assert "Profil" not in before
    assert "inconnu" in before
    way = f"{LOOP}/halts/2/path?source=GPS"
    guide.send("PUT", way, tag=guide.tag(LOOP), data=GPX)
    drawn = text_of(guide.send("GET", PAPER).data)
    assert "Profil" in drawn
    assert squeezed("20 m de montée, 0 m de descente") in squeezed(drawn)


def test_times_are_told_by_the_clock_of_the_place(guide: Staff) -> None:
    text = text_of(guide.send("GET", f"{PAPER}?start=2026-12-05T09:00:00Z").data)
    assert "Heure" in text
    assert "10h" in squeezed(text)
    assert "10h15" in squeezed(text)


def test_a_wish_that_is_none_is_refused(guide: Staff) -> None:
    wishes = ("format=a3", "version=mine", "pace=hasty", "start=noon")
    answers = [guide.send("GET", f"{PAPER}?{wish}").status_code for wish in wishes]
    assert answers == [422] * len(wishes)


def test_an_itinerary_without_halts_is_not_printed(guide: Staff) -> None:
    guide.send("PATCH", LOOP, tag=guide.tag(LOOP), json={"halts": []})
    refused = guide.send("GET", PAPER)
    assert refused.status_code == 409
    assert "no halt" in refused.json["detail"]


def test_the_command_writes_a_file(environ: dict[str, str], guide: Staff, tmp_path: Path) -> None:
    assert guide
    out = tmp_path / "carnet.pdf"
    wish = ["--version", "guide", "--format", "booklet", "--start", "2026-12-05T10:00"]
    done = CliRunner().invoke(
        main, ["roadbook", "la-boucle", *wish, "--out", str(out)], env=environ
    )
    assert done.exit_code == 0, done.output
    assert "3 halts" in done.output
    assert "Compter le groupe." in text_of(out.read_bytes())


def test_the_command_tells_what_is_only_tried_and_what_there_is_not(
    environ: dict[str, str], guide: Staff, tmp_path: Path
) -> None:
    assert guide
    local = environ | {"TOURAPP_PUBLIC_URL": "http://127.0.0.1:8000"}
    out = str(tmp_path / "carnet.pdf")
    done = CliRunner().invoke(main, ["roadbook", "la-boucle", "--out", out], env=local)
    assert "Only to try: http://127.0.0.1:8000 leads nowhere from a phone" in done.output
    missing = CliRunner().invoke(main, ["roadbook", "nowhere", "--out", out], env=local)
    assert (missing.exit_code, missing.output) == (1, "Error: no itinerary 'nowhere'\n")


def test_an_itinerary_speaks_its_own_language(guide: Staff) -> None:
    guide.send("PATCH", LOOP, tag=guide.tag(LOOP), json={"lang": "en"})
    text = text_of(guide.send("GET", PAPER).data)
    assert "In an emergency" in text
    assert "The black hill" in text
