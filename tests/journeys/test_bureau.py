"""The bureau in a real browser, for each role, on a phone."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped] # it ships none
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy.orm import Session

from tests.installations import served
from tests.itineraries.test_paths import GPX
from tests.journeys.conftest import PHONE
from tests.journeys.test_accessibility import USUAL_SCREENS, hindrances
from tests.pictures.photographs import from_a_phone, photograph
from tests.pictures.stops import pictured_stop
from tests.publishing.exchange.zips import zipped
from tests.running import started
from tests.samples import CODES, small_stops, write_samples
from tests.staff.desk import PASSWORD, invited
from tests.staff.test_validity import a_scan
from tourapp.accounts.services import operator
from tourapp.observations.services import Answer, Noticed, add_observation, change_observation
from tourapp.publishing.commands import seed
from tourapp.resources import Resources

OTHER = "quatre autres mots ensemble"
WALL = b"""
[[pictures]]
file = "mur.jpg"
credit = "Zoe"
licence = "CC0"
[pictures.alt]
fr = "Un mur."
"""
SCHIST = '[[entry]]\nwritten = "schiste"\nlang = "fr"\nsaid = "chiste"\n'


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site with somebody of each role."""
    folder = tmp_path_factory.mktemp("office")
    with (
        served(folder, sqlite_template, partial(_fill, folder)) as site,
        started(site.environ, "worker"),
    ):
        yield site.address


def _fill(folder: Path, resources: Resources) -> None:
    shown = replace(pictured_stop(7), code=None)
    stops = write_samples(folder / "stops", *small_stops(), shown)
    (stops / "lexicon.toml").write_text(SCHIST, "utf-8")
    seed(resources, stops)
    with resources.database.transaction() as session:
        session.add(a_scan())
        notice(session)
    for role in ("redaction", "publication", "guide", "administration"):
        invited(resources, role)


def notice(session: Session) -> None:
    """Have somebody noticed something, and staff tell what becomes of it."""
    on = date(2026, 11, 12)
    noticed = Noticed(stop="terril", lang="en", text="A bench, says Jean Dupont.", kind="idea")
    kept = add_observation(session, noticed, on=on)
    answer = Answer("planned", "Un banc viendra.")
    changes = {"state": "published", "masked": ["Jean Dupont"], "answer": answer}
    by = operator("tests", now=datetime.now(UTC))
    change_observation(session, kept.id, changes, tag="1", by=by, today=on)


@pytest.fixture
def context(browser: Browser, office: str) -> Iterator[BrowserContext]:
    """Open a phone whose browser complains of nothing."""
    opened = browser.new_context(base_url=office, viewport=PHONE, locale="fr-FR")
    complaints: list[str] = []
    opened.on("weberror", lambda error: complaints.append(str(error.error)))
    opened.on("console", lambda said: complaints.append(said.text))
    yield opened
    opened.close()
    # That a form is refused is what some tests are about.
    assert [
        each
        for each in complaints
        if "422" not in each and "412" not in each and "ERR_INTERNET_DISCONNECTED" not in each
    ] == []


def come_in(context: BrowserContext, role: str) -> Page:
    page = context.new_page()
    page.goto("/bureau/")
    page.get_by_label("Adresse électronique").fill(f"{role}@example.fr")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("heading", name="Bonjour").wait_for()
    return page


def test_an_administrator_invites_somebody_who_comes_in(
    browser: Browser, context: BrowserContext
) -> None:
    page = come_in(context, "administration")
    menu = page.get_by_role("navigation", name="Bureau")
    assert menu.evaluate("menu => menu.offsetHeight") < 60  # one row, however many entries
    menu.get_by_role("link").last.focus()
    expect(menu.get_by_role("link").last).to_be_in_viewport(ratio=1)
    menu.get_by_text("Personnes").click()
    page.get_by_label("Adresse électronique").fill("zoe@example.fr")
    page.get_by_label("Nom").fill("Zoé")
    page.get_by_role("button", name="Inviter").click()
    url = page.locator("code").inner_text()
    with browser.new_context(locale="fr-FR") as other:
        zoe = other.new_page()
        zoe.goto(url)
        zoe.get_by_role("button", name="Montrer").click()
        zoe.get_by_label("Nouveau mot de passe").fill("motdepasse1234")
        zoe.get_by_role("button", name="Enregistrer").click()
        assert "Trop facile à deviner" in zoe.get_by_role("alert").inner_text()
        zoe.get_by_label("Nouveau mot de passe").fill(OTHER)
        zoe.get_by_role("button", name="Enregistrer").click()
        zoe.get_by_label("Mot de passe", exact=True).fill(OTHER)
        zoe.get_by_role("button", name="Entrer").click()
        assert zoe.get_by_role("heading", level=1).inner_text() == "Bonjour Zoé"


def test_a_guide_sees_what_guides_do(context: BrowserContext) -> None:
    page = come_in(context, "guide")
    entries = page.get_by_role("navigation", name="Bureau").get_by_role("link")
    assert entries.all_inner_texts() == ["Remarques", "Itinéraires", "Mon compte"]
    page.get_by_role("button", name="Sortir").click()
    page.get_by_role("heading", name="Entrer au bureau").wait_for()


def open_text(page: Page, path: str = "/bureau/arrets/terril/fr/standard") -> Page:
    page.goto(path)
    page.get_by_role("toolbar").or_(page.get_by_role("group", name="Mise en forme")).wait_for()
    return page


def wait_until_kept(page: Page) -> None:
    page.get_by_text("Brouillon enregistré.").wait_for()


def test_a_writer_sees_measures_and_hears_the_draft_that_keeps_itself(
    context: BrowserContext,
) -> None:
    page = open_text(come_in(context, "redaction"))
    text = page.get_by_label("Le récit")
    text.fill("Le chat dort. Il est gris.")
    wait_until_kept(page)
    page.get_by_text("6 mots").wait_for()
    page.frame_locator("#preview").get_by_text("Le chat dort. Il est gris.").wait_for()
    text.press("Control+Home")
    page.get_by_role("button", name="Écouter cette phrase").click()
    page.locator("#sound audio").wait_for()
    assert (
        0.5
        < page.evaluate(
            "new Promise(done => { const sound = document.querySelector('#sound"
            " audio'); sound.onloadedmetadata = () => done(sound.duration);"
            " if (sound.readyState) done(sound.duration); })"
        )
        < 2.5
    )
    page.reload()
    assert page.get_by_label("Le récit").input_value() == "Le chat dort. Il est gris."


def test_a_doubtful_word_is_underlined_heard_and_taught_to_every_voice(
    context: BrowserContext,
) -> None:
    page = open_text(come_in(context, "redaction"), "/bureau/arrets/arret-3/fr/standard")
    page.get_by_label("Le récit").fill("On voit le terril, et plus loin Lens et le CPIE.")
    wait_until_kept(page)
    underlined = page.frame_locator("#preview").locator("u.doubtful")
    underlined.last.wait_for()
    assert underlined.all_inner_texts() == ["Lens", "CPIE"]
    page.get_by_text("Mots à écouter").click()
    with context.expect_page() as opened:
        page.get_by_role("link", name="dire plutôt… pour Lens").click()
    entry = opened.value
    entry.get_by_label("Comment il se dit").fill("Lance")
    entry.get_by_role("button", name="Écouter").click()
    entry.locator("#sound audio").wait_for()
    entry.get_by_role("button", name="Ajouter au lexique").click()
    entry.get_by_text("est dans le lexique").wait_for()
    page.reload()
    page.frame_locator("#preview").locator("u.doubtful").last.wait_for()
    assert underlined.all_inner_texts() == ["CPIE"]


def test_a_position_is_set_on_a_map_that_asks_nobody_for_tiles(context: BrowserContext) -> None:
    page = come_in(context, "publication")
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.goto("/bureau/arrets/terril/lieu")
    assert not any("leaflet" in url for url in asked)
    page.get_by_role("button", name="Placer sur une carte").click()
    chart = page.get_by_role("application", name="Carte de la position")
    chart.locator(".map-mark").wait_for()
    chart.click(position={"x": 60, "y": 60})
    latitude = page.get_by_label("Latitude")
    assert latitude.input_value() != "50,443"
    latitude.fill("50,45")
    page.get_by_role("button", name="Placer au milieu").click()
    assert latitude.input_value().startswith("50,4")
    page.get_by_role("button", name="Enregistrer la position").click()
    page.get_by_text("La position est changée").wait_for()
    here = page.url.partition("/bureau")[0]
    assert all(url.startswith(here) for url in asked)
    page.get_by_role("button", name="Placer sur une carte").click()
    chart.locator(".map-mark").wait_for()
    page.evaluate(AXE_SCRIPT)
    assert hindrances(page, USUAL_SCREENS[0]) == []


def test_a_photograph_is_framed_by_a_tap_by_keys_and_by_numbers(context: BrowserContext) -> None:
    page = come_in(context, "publication")
    page.goto("/bureau/arrets/arret-7/images/vue-olive.jpg")
    across = page.get_by_label("Depuis la gauche", exact=True)
    down = page.get_by_label("Depuis le haut", exact=True)
    shown = page.locator(".frames svg").nth(1)
    expect(shown).to_have_attribute("viewBox", "20 0 400 300")
    picture = page.locator("[data-framed] img")
    size = picture.bounding_box()
    assert size is not None
    picture.click(position={"x": size["width"] * 0.75, "y": size["height"] * 0.5})
    assert (across.input_value(), down.input_value()) == ("75", "50")
    mark = page.get_by_role("button", name="Point important")
    expect(mark).to_be_focused()
    mark.press("ArrowRight")
    mark.press("Shift+ArrowDown")
    mark.press("Enter")
    assert (across.input_value(), down.input_value()) == ("76", "60")
    expect(mark).to_have_accessible_name(re.compile("76 depuis la gauche, 60 depuis le haut"))
    across.fill("100")
    expect(shown).to_have_attribute("viewBox", "100 0 400 300")
    # The mark stands on the edge, and the page is no wider for it.
    page.evaluate(AXE_SCRIPT)
    assert hindrances(page, USUAL_SCREENS[0]) == []
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("C’est enregistré").wait_for()
    # After saving, without any script.
    expect(shown).to_have_attribute("viewBox", "100.0 0.0 400.0 300")


@pytest.mark.parametrize(("slug", "has_scripts"), [("arret-2", True), ("arret-3", False)])
def test_stops_go_out_and_come_in_as_files(
    browser: Browser, office: str, slug: str, *, has_scripts: bool
) -> None:
    context = browser.new_context(
        base_url=office, viewport=PHONE, locale="fr-FR", java_script_enabled=has_scripts
    )
    # axe is a script itself.
    look = assert_open_to_all if has_scripts else Page.title
    page = come_in(context, "publication")
    page.get_by_role("navigation", name="Bureau").get_by_text("Fichiers").click()
    out = page.get_by_role("link", name="Tous les textes, dessins et photographies")
    taken = context.request.get(out.get_attribute("href") or "").body()
    changed = with_photograph(taken, slug, photograph((500, 300), ground="teal"))
    look(page)
    # What would change, and nothing yet.
    bring(page, changed)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce que l’archive changerait")
    expect(page.get_by_role("region", name="Modifiés (1)")).to_contain_text(f"{slug}/stop.toml")
    look(page)
    page.get_by_role("button", name="Abandonner").click()
    page.get_by_text("rien n’a changé").wait_for()
    # Refused, with where and why.
    bring(page, with_photograph(taken, slug, from_a_phone()))
    expect(page.get_by_role("region", name="Erreurs")).to_contain_text("que ce qui se voit")
    look(page)
    # Brought in, and so it is.
    bring(page, changed)
    page.get_by_role("button", name="Apporter ces changements").click()
    page.get_by_text("L’archive est apportée.").wait_for()
    look(page)
    page.goto(f"/bureau/arrets/{slug}/images")
    expect(page.get_by_role("img", name="Un mur.")).to_be_visible()
    context.close()


def with_photograph(archive: bytes, slug: str, content: bytes) -> bytes:
    """Return an archive with a photograph more, at a stop."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    files[f"stops/{slug}/stop.toml"] += WALL
    files[f"stops/{slug}/mur.jpg"] = content
    return zipped(files)


def bring(page: Page, archive: bytes) -> None:
    page.get_by_label("Archive zip").set_input_files(
        {"name": "arrets.zip", "mimeType": "application/zip", "buffer": archive}
    )
    page.get_by_role("button", name="Voir ce qui changerait").click()


def test_a_text_is_formatted_by_buttons_and_keys(context: BrowserContext) -> None:
    page = open_text(come_in(context, "redaction"), "/bureau/arrets/arret-2/fr/standard")
    text = page.get_by_label("Le récit")
    text.fill("Un mot")
    text.press("Control+a")
    text.press("Control+b")
    assert text.input_value() == "**Un mot**"
    page.get_by_role("button", name="Intertitre").click()
    assert text.input_value() == "## **Un mot**"
    text.press("Control+z")
    assert text.input_value() == "**Un mot**"


def test_a_publisher_publishes_and_visitors_see_it_at_once(context: BrowserContext) -> None:
    page = open_text(come_in(context, "publication"))
    page.get_by_label("Titre", exact=True).fill("Le grand terril")
    page.get_by_role("button", name="Publier maintenant").click()
    page.get_by_text("est publiée").wait_for()
    page.goto("/fr/arrets/terril")
    assert page.get_by_role("heading", level=1).inner_text() == "Le grand terril"


def test_what_was_written_without_a_network_survives_a_closed_tab(
    context: BrowserContext,
) -> None:
    page = open_text(come_in(context, "redaction"), "/bureau/arrets/arret-3/fr/standard")
    context.set_offline(True)
    page.get_by_label("Chapeau").fill("Écrit dans le métro")
    page.get_by_text("Pas de réseau.").wait_for()
    page.close()
    context.set_offline(False)
    again = open_text(context.new_page(), "/bureau/arrets/arret-3/fr/standard")
    again.get_by_role("button", name="Reprendre").click()
    wait_until_kept(again)
    again.reload()
    assert again.get_by_label("Chapeau").input_value() == "Écrit dans le métro"


def test_two_who_write_at_once_see_both_texts(
    browser: Browser, context: BrowserContext, office: str
) -> None:
    path = "/bureau/arrets/arret-2/fr/standard"
    mine = open_text(come_in(context, "publication"), path)
    with browser.new_context(base_url=office, locale="fr-FR") as elsewhere:
        theirs = open_text(come_in(elsewhere, "administration"), path)
        theirs.get_by_label("Titre", exact=True).fill("Le titre d’une autre")
        theirs.get_by_role("button", name="Publier maintenant").click()
        theirs.get_by_text("est publiée").wait_for()
    mine.get_by_label("Titre", exact=True).fill("Le mien")
    mine.get_by_text("Ce texte a changé ailleurs").wait_for()
    mine.get_by_role("button", name="Enregistrer le brouillon").click()
    mine.get_by_role("heading", name="Deux textes à la fois").wait_for()
    assert mine.get_by_label("Votre texte, Titre").input_value() == "Le mien"
    assert "Le titre d’une autre" in mine.locator(".side-text").first.inner_text().replace(
        "Le mien", "Le "
    )
    mine.evaluate(AXE_SCRIPT)
    assert hindrances(mine, USUAL_SCREENS[0]) == []


def test_a_draft_is_read_talked_about_approved_published_and_undone(
    browser: Browser, context: BrowserContext, office: str
) -> None:
    path = "/bureau/arrets/arret-3/fr/standard"
    writer = open_text(come_in(context, "redaction"), path)
    elsewhere = browser.new_context(base_url=office, viewport=PHONE, locale="fr-FR")
    reader = open_text(come_in(elsewhere, "publication"), path)
    reader.get_by_text("redaction@example.fr a ce texte ouvert").wait_for()
    title = writer.get_by_label("Titre", exact=True)
    title.fill("La résidence passive")
    title.press("Control+s")
    wait_until_kept(writer)
    title.press("Control+Enter")
    writer.get_by_label("À qui").select_option("publication@example.fr")
    writer.get_by_label("Ce qu’il faut regarder").fill("Le titre.")
    writer.get_by_role("button", name="Demander la relecture").click()
    reader.goto("/bureau/")
    asked = reader.get_by_role("region", name="Relectures demandées")
    asked.get_by_role("link", name="La résidence passive").click()
    reader.get_by_label("Votre commentaire").fill("Très bien.")
    reader.get_by_role("button", name="Commenter").click()
    reader.get_by_role("button", name="Approuver cette version").click()
    reader.get_by_text("Il reste à la publier").wait_for()
    reader.evaluate(AXE_SCRIPT)
    assert hindrances(reader, USUAL_SCREENS[0]) == []
    reader.get_by_role("button", name="Publier cette version").click()
    reader.get_by_text("est publiée.").wait_for()
    writer.goto("/bureau/")
    writer.get_by_role("region", name="Commentaires à régler").get_by_role("link").click()
    writer.get_by_role("button", name="est réglé").click()
    writer.get_by_text("réglé", exact=True).wait_for()
    visitor = context.new_page()
    visitor.goto("/fr/arrets/arret-3")
    assert visitor.get_by_role("heading", level=1).inner_text() == "La résidence passive"
    reader.get_by_role("button", name="Publier la version 1").click()
    reader.get_by_text("La version 1 est publiée").wait_for()
    visitor.reload()
    assert visitor.get_by_role("heading", level=1).inner_text() == "La résidence"
    elsewhere.close()


def assert_open_to_all(page: Page) -> None:
    page.evaluate(AXE_SCRIPT)
    assert not any(hindrances(page, screen) for screen in USUAL_SCREENS)


def test_a_guide_builds_an_itinerary_from_nothing_to_its_files(context: BrowserContext) -> None:
    page = come_in(context, "guide")
    page.get_by_role("navigation", name="Bureau").get_by_text("Itinéraires").click()
    page.get_by_role("link", name="Nouvel itinéraire").click()
    page.get_by_label("Titre").fill("Trois pas")
    page.get_by_role("button", name="Créer").click()
    # From the map, from the list, from a search by the key Enter, and as a place of one's own.
    page.get_by_role("group", name="Carte").get_by_role("button").first.click()
    page.locator(".candidates [value='add:arret-2']").click()
    page.get_by_label("Chercher un arrêt").fill("résidence")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Revenir aux arrêts proches").wait_for()
    page.locator(".candidates [value='add:arret-3']").click()
    page.get_by_text("Un lieu qui n’est pas un arrêt").click()
    page.get_by_label("Ce que c’est").fill("Gare")
    page.get_by_label("Position").fill("50,4268, 2,8281")
    page.get_by_role("button", name="Ajouter ce lieu").click()
    titles = page.locator(".halt h3")
    expect(titles).to_have_text(
        [re.compile(name) for name in ("arrêt 1", "arrêt 2", "arrêt 3", "Gare")]
    )
    # In order by keys, by hand, and back.
    page.get_by_role("button", name="Monter Gare").press("Enter")
    expect(page.locator("#monter-3")).to_be_focused()
    second = page.locator(".halt-place").nth(1)
    page.locator(".handle").nth(2).drag_to(second, target_position={"x": 20, "y": 4})
    expect(titles).to_have_text(
        [re.compile(name) for name in ("arrêt 1", "Gare", "arrêt 2", "arrêt 3")]
    )
    page.get_by_role("button", name="Annuler le dernier changement").click()
    expect(titles).to_have_text(
        [re.compile(name) for name in ("arrêt 1", "arrêt 2", "Gare", "arrêt 3")]
    )
    page.get_by_role("button", name="Proposer un ordre plus court").click()
    page.get_by_label("Minutes sur place, halte 2").fill("25")
    page.get_by_label("Durée visée").fill("60")
    page.keyboard.press("Enter")
    page.get_by_text("de trop").first.wait_for()
    assert_open_to_all(page)
    # A path, then the files, then visitors.
    page.get_by_role("link", name="Chemin vers la halte 2").click()
    page.get_by_label("Fichier GPX").set_input_files(
        {"name": "chemin.gpx", "mimeType": "application/gpx+xml", "buffer": GPX}
    )
    page.get_by_label("D’où il vient").fill("Marché")
    page.get_by_role("button", name="Importer").click()
    # It joins other places than its halts, which is told before one goes on.
    page.get_by_text("Il commence à").wait_for()
    page.get_by_role("link", name="Trois pas").click()
    page.get_by_text("(Marché)").wait_for()
    for name in ("GPX", "KML", "GeoJSON", "CSV", "Geotrek"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.path().stat().st_size > 200
    page.get_by_role("link", name="Partager").click()
    page.get_by_label("Publié.").check()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("trouvent dans leur liste").wait_for()
    assert_open_to_all(page)
    page.goto("/fr/itineraires/trois-pas")
    expect(page.get_by_role("heading", level=1)).to_have_text("Trois pas")


PAGES = (
    "/guide/",
    "/guide/nouveau",
    "/bureau/entrer",
    "/bureau/mot-de-passe-oublie",
    "/bureau/",
    "/bureau/arrets",
    "/bureau/arrets/terril/fr/standard",
    "/bureau/arrets/terril/lieu",
    "/bureau/arrets/arret-7/images",
    "/bureau/arrets/arret-7/images/vue-olive.jpg",
    "/bureau/arrets/terril/sources",
    "/bureau/arrets/terril/fr/standard/lectures",
    "/bureau/arrets/terril/copie",
    "/bureau/arrets/archives",
    "/bureau/arrets/terril/fr/standard/versions",
    "/bureau/arrets/terril/fr/standard/versions/1",
    "/bureau/frequentation",
    "/bureau/lexique",
    "/bureau/lexique/1",
    "/bureau/panneaux",
    f"/bureau/panneaux/{CODES[0]}",
    "/bureau/panneaux/signalements",
    "/bureau/panneaux/imprimer",
    "/bureau/remarques?etat=publiees",
    "/bureau/remarques/1",
    "/bureau/remarques/bilan",
    "/bureau/personnes",
    "/bureau/journal",
    "/bureau/compte",
    "/bureau/compte/double",
    "/bureau/compte/jetons",
)


def test_no_page_shuts_anybody_out_by_day_or_night_on_any_screen(context: BrowserContext) -> None:
    page = come_in(context, "administration")
    found = {}
    for path in PAGES:
        page.goto(path)
        page.evaluate(AXE_SCRIPT)
        for screen in USUAL_SCREENS:
            found[path, screen] = hindrances(page, screen)
    assert {where: each for where, each in found.items() if each} == {}
