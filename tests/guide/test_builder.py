"""The builder without scripts: every key saves what is written, and nothing is lost."""

import re
from html import unescape

import pytest
from flask import Flask

from tests.guide.forms import Builder, fields_of
from tests.staff.desk import CHEAP, Desk, seated
from tourapp.bureau import create_bureau
from tourapp.itineraries.content import MOST_HALTS
from tourapp.resources import Resources

EMPTY = "/guide/itineraires/vide"


def words(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.fixture
def empty(guide: Desk) -> Builder:
    guide.follow("/guide/nouveau", title="Vide")
    return Builder(guide, EMPTY)


def test_an_itinerary_begins_empty_and_says_what_to_do(empty: Builder) -> None:
    told = words(empty.page())
    assert "Aucune halte encore" in told
    assert "Ils se comptent dès la deuxième halte" in told
    assert "Emporter" not in told


def test_a_new_itinerary_wants_a_title(guide: Desk) -> None:
    refused = guide.send("/guide/nouveau", title=" ", summary="Ce résumé reste.")
    assert refused.status_code == 422
    assert "Donnez un titre" in refused.text
    assert "Ce résumé reste." in refused.text


def test_stops_are_added_from_the_list_and_the_map(loop: Builder) -> None:
    assert loop.halts == ["terril", "arret-2", "arret-3"]
    page = loop.page()
    assert "déjà à la place 2" in words(page)
    assert page.count('class="board-add"') == 0
    loop.press("remove:3")
    assert loop.page().count('aria-label="Ajouter La résidence"') == 2


def test_stops_are_found_by_their_words(loop: Builder) -> None:
    found = loop.press("search:", q="église")
    assert 'value="église"' in found
    assert 'value="add:arret-2"' in found
    assert 'value="add:arret-3"' not in found
    assert "Aucun arrêt publié ne dit cela" in loop.press("search:", q="zeppelin")


def test_halts_change_places_by_keys(loop: Builder) -> None:
    assert "La halte est à la place 1" in words(loop.press("up:2"))
    assert loop.halts == ["arret-2", "terril", "arret-3"]
    loop.press("up:3")
    assert loop.halts == ["arret-2", "arret-3", "terril"]
    loop.press("down:1")
    loop.press("down:2")
    assert loop.halts == ["arret-3", "terril", "arret-2"]
    loop.press("remove:2")
    assert loop.halts == ["arret-3", "arret-2"]


def test_a_key_saves_everything_that_is_written(loop: Builder) -> None:
    page = loop.press(
        "down:1",
        halt_stay_min=["25", "5", "0"],
        halt_note=["Compter le groupe.", "", "Finir ici."],
        halt_transport=["walk", "bicycle", "bus"],
        title="La grande boucle",
        target_min="90",
        meeting="Au pied du chevalement.",
    )
    fields = fields_of(page)
    assert fields.getlist("halt_stay_min") == ["5", "25", "0"]
    assert fields.getlist("halt_note") == ["", "Compter le groupe.", "Finir ici."]
    assert fields.getlist("halt_transport") == ["bicycle", "walk", "bus"]
    assert fields["meeting"] == "Au pied du chevalement."
    assert "La grande boucle" in words(page)


def test_the_total_runs_at_each_pace_and_tells_what_overruns(loop: Builder) -> None:
    told = words(loop.press("save", target_min="45", halt_stay_min=["10", "10", "10"]))
    adult, school = (
        re.search(rf"Pour {who} (\d h \d+ min) (\S+ min|\d h \d+ min) de trop", told)
        for who in ("un groupe d’adultes", "une classe")
    )
    assert adult
    assert school
    assert adult[1] != school[1]
    assert "dans les 5 h" in words(loop.press("save", target_min="300"))


def test_what_cannot_be_kept_is_told_beside_its_field_and_loses_nothing(loop: Builder) -> None:
    refused = loop.send("up:2", halt_stay_min=["10", "beaucoup", "10"], title="", summary="Gardé.")
    assert refused.status_code == 422
    told = words(refused.text)
    assert "Halte 2 : le temps sur place est un nombre entier" in told
    assert "Donnez un titre" in told
    assert 'value="beaucoup"' in refused.text
    assert "Gardé." in refused.text
    assert loop.halts == ["terril", "arret-2", "arret-3"]
    assert "C’est enregistré" in words(
        loop.desk.get(
            loop.send("save", refused.text, title="Bon", halt_stay_min=["1"] * 3).location
        ).text
    )


def test_the_newest_changes_are_undone_one_by_one(loop: Builder) -> None:
    loop.press("up:3")
    loop.press("remove:1")

    def undo() -> str:
        tag = fields_of(loop.page())["tag"]
        return loop.desk.follow(f"{loop.path}/annuler", tag=tag).text

    assert "Le dernier changement est annulé" in undo()
    assert loop.halts == ["terril", "arret-3", "arret-2"]
    undo()
    assert loop.halts == ["terril", "arret-2", "arret-3"]
    undo()
    assert loop.halts == []
    assert "plus rien à annuler" in undo()
    stale = loop.desk.follow(f"{loop.path}/annuler", tag="1")
    assert "a changé entre-temps" in stale.text


def test_where_only_words_differ_only_words_are_told(bureau: Flask, loop: Builder) -> None:
    mine = loop.page()
    Builder(seated(bureau, "publication"), loop.path).press("save", title="Un autre titre")
    overtaken = words(loop.send("save", mine, title="Le mien").text)
    assert "Un autre titre" in overtaken
    assert "Haltes :" not in overtaken


def test_where_no_stop_is_published_there_is_no_map(resources: Resources) -> None:
    guide = seated(create_bureau(resources, nudge=lambda: None, hasher=CHEAP), "guide")
    guide.follow("/guide/nouveau", title="La boucle")
    shown = guide.get("/guide/itineraires/la-boucle")
    assert shown.status_code == 200
    assert "<svg" not in shown.text.partition("<main")[2]


def test_a_change_meanwhile_is_told_and_nothing_written_is_lost(
    bureau: Flask, loop: Builder
) -> None:
    mine = loop.page()
    other = Builder(seated(bureau, "publication"), loop.path)
    other.press("remove:3", title="Le titre d’une autre", halt_note=["Vue du nord.", "", ""])
    overtaken = loop.send("down:1", mine, summary="Le mien.", halt_question=["Et ici ?", "", ""])
    assert overtaken.status_code == 412
    told = words(overtaken.text)
    for expected in ("Rien n’est perdu", "Le titre d’une autre", "Vue du nord.", "Le mien."):
        assert expected in told
    kept = loop.send("save", overtaken.text)
    assert kept.status_code == 303
    assert loop.halts == ["terril", "arret-2", "arret-3"]
    assert fields_of(loop.page())["summary"] == "Le mien."
    assert fields_of(loop.page()).getlist("halt_question")[0] == "Et ici ?"


def test_a_place_that_is_no_stop_is_added_and_may_be_a_break(loop: Builder) -> None:
    loop.press("place", place_name="Gare", place_position="50,4268, 2,8281")
    loop.press("place", place_name="Pause", place_position="")
    assert loop.halts[3:] == ["Gare", "Pause"]
    latitudes = fields_of(loop.page()).getlist("halt_latitude")
    assert latitudes[3:] == ["50.4268", "50.4268"]
    for position in ("50.4 2.8", "50.4;2.8", "50.4,2.8"):
        loop.press("place", place_name="Table", place_position=position)
    refused = loop.send("place", place_name="Nulle part", place_position="là-bas")
    assert refused.status_code == 422
    assert "Donnez un nom et une position" in words(refused.text)
    assert 'value="là-bas"' in refused.text


def test_a_break_at_a_stop_is_a_halt_there(loop: Builder) -> None:
    page = loop.press("place", place_name="Goûter", place_position="")
    assert loop.halts[3] == "arret-3"
    assert fields_of(page).getlist("halt_note")[3] == "Goûter"


def test_the_visit_comes_back_to_where_it_began(loop: Builder) -> None:
    loop.press("return:")
    assert loop.halts == ["terril", "arret-2", "arret-3", "terril"]
    assert 'value="return:"' not in loop.page()


def test_a_visit_from_one_place_to_another_comes_back_too(loop: Builder) -> None:
    for key in ("remove:3", "remove:2", "remove:1"):
        loop.press(key)
    for name, position in (("Gare", "50,4268, 2,8281"), ("Parc", "50,44, 2,8")):
        loop.press("place", place_name=name, place_position=position)
    loop.press("return:")
    assert loop.halts == ["Gare", "Parc", "Gare"]
    assert 'value="return:"' not in loop.page()


def test_what_others_follow_keeps_two_halts_on_the_way_back_as_well(loop: Builder) -> None:
    tag = fields_of(loop.page())["tag"]
    loop.desk.send(f"{loop.path}/partage/montrer", tag=tag, visibility="unlisted")
    loop.press("remove:3")
    refused = loop.send("remove:2")
    assert refused.status_code == 422
    assert "gardez deux haltes" in words(refused.text)
    undone = [
        loop.desk.follow(f"{loop.path}/annuler", tag=fields_of(loop.page())["tag"]).text
        for _ in range(2)
    ]
    assert "Le dernier changement est annulé" in undone[0]
    assert "Rendez-le privé d’abord" in words(undone[1])
    assert loop.halts == ["terril", "arret-2", "arret-3"]


def test_a_shorter_order_is_shown_and_applied_only_when_asked(loop: Builder) -> None:
    loop.press("up:3")
    loop.press("return:")
    assert "déjà le plus court" in words(loop.press("propose:"))
    loop.press("remove:4")
    loop.press("add:arret-3")
    page = loop.press("propose:")
    assert re.search(r"Un ordre plus court de 2,2 km", words(page))
    assert loop.halts == ["terril", "arret-3", "arret-2", "arret-3"]
    key = re.search(r'value="(order:[\d,]+)"', page)
    assert key
    loop.press(key[1])
    assert loop.halts == ["terril", "arret-2", "arret-3", "arret-3"]


@pytest.mark.parametrize(
    "key",
    ["up:9", "down:0", "nothing", "add", "order:1,1,2", "order:x", "remove:x", "return"],
)
def test_a_key_that_no_page_has_changes_nothing(loop: Builder, key: str) -> None:
    before = loop.halts
    answer = loop.send(key)
    if key != "return":
        assert answer.status_code in {422, 400, 404}, answer.status_code
        assert loop.halts == before


def test_half_a_halt_is_refused(loop: Builder) -> None:
    assert loop.send("save", halt_note=["one"]).status_code == 422


def test_no_more_halts_are_added_than_an_itinerary_has(loop: Builder) -> None:
    fields = fields_of(loop.page())
    many = {
        name: [fields.getlist(name)[0]] * MOST_HALTS for name in fields if name.startswith("halt_")
    }
    loop.press("save", **many)
    assert "60 haltes au plus" in words(loop.send("add:terril").text)
    assert "60 haltes au plus" in words(
        loop.send("save", **{name: [*values, values[0]] for name, values in many.items()}).text
    )


def test_somebody_else_s_itinerary_is_read_and_copied(bureau: Flask, loop: Builder) -> None:
    tag = fields_of(loop.page())["tag"]
    loop.desk.send(f"{loop.path}/partage/montrer", tag=tag, visibility="published")
    other = seated(bureau, "guide", email="autre@example.fr")
    page = other.get(loop.path).text
    assert "à quelqu’un d’autre" in page
    assert 'id="builder"' not in page
    assert other.send(loop.path, do="save", tag=tag, title="Mienne").status_code in {403, 422}
    copied = other.follow(f"{loop.path}/copie")
    assert "Voici votre copie" in copied.text
    assert Builder(other, f"{loop.path}-2").halts == loop.halts
    shelf = words(other.get("/guide/").text)
    assert "Les miens La boucle privé" in shelf
    assert "Publiés par d’autres La boucle publié" in shelf


def test_the_shelf_greets_whoever_has_none(guide: Desk) -> None:
    assert "Vous n’en avez pas encore" in guide.get("/guide/").text


@pytest.mark.parametrize("form", ["gpx", "kml", "geojson", "geotrek.json", "csv", "ics"])
def test_an_itinerary_is_taken_along_as_a_file(loop: Builder, form: str) -> None:
    file = loop.desk.get(f"{loop.path}/fichiers/{form}?depart=2026-12-05T10:00")
    assert file.status_code == 200
    assert f'filename="la-boucle.{form}"' in file.headers["Content-Disposition"]
    assert "terril" in file.text.lower()


def test_a_calendar_without_a_moment_begins_now_and_an_empty_itinerary_has_no_file(
    loop: Builder, empty: Builder
) -> None:
    assert "DTSTART" in loop.desk.get(f"{loop.path}/fichiers/ics?depart=demain").text
    assert empty.desk.get(f"{EMPTY}/fichiers/gpx").status_code == 409
