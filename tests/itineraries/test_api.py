"""Itineraries over HTTP: made, changed, shown, and refused."""

import pytest
from flask.testing import FlaskClient

from tests.changing import Staff, hired
from tests.itineraries.test_paths import GPX
from tourapp.resources import Resources

ITINERARIES = "/api/v1/itineraries"
LOOP = f"{ITINERARIES}/la-boucle"
HALTS = [
    {"stop": "terril", "stay_min": 15, "note": "Compter le groupe.", "question": "Et vous ?"},
    {"stop": "arret-2", "transport": "bicycle"},
    {"spot": {"name": "Une table", "latitude": 50.45, "longitude": 2.78}, "stay_min": 30},
]
NEW = {
    "title": "La boucle",
    "summary": "Du terril à l’église, et retour.",
    "target_min": 60,
    "halts": HALTS,
}


@pytest.fixture
def guide(seeded: Resources, client: FlaskClient) -> Staff:
    return hired(seeded, client, "guide")


@pytest.fixture
def loop(guide: Staff) -> Staff:
    """Have the guide make a loop."""
    assert guide.send("POST", ITINERARIES, json=NEW).status_code == 201
    return guide


def show(staff: Staff, visibility: str = "published") -> None:
    shown = staff.send(
        "PUT", f"{LOOP}/visibility", tag=staff.tag(LOOP), json={"visibility": visibility}
    )
    assert shown.status_code == 200, shown.json


def halts(staff: Staff) -> list[str]:
    return [halt["title"] for halt in staff.send("GET", LOOP).json["halts"]]


def test_an_itinerary_tells_its_ways_and_times(loop: Staff) -> None:
    told = loop.send("GET", LOOP).json
    first, second, third = told["halts"]
    assert [halt["title"] for halt in told["halts"]] == [
        "Montée du terril",
        "L’église et son toit",
        "Une table",
    ]
    assert (first["way"], first["arrives_s"], first["leaves_s"]) == (None, 0, 900)
    assert second["way"] == {
        "distance_m": 1446,
        "ascent_m": None,
        "descent_m": None,
        "duration_s": 614,
        "is_estimate": True,
        "origin": "estimate",
        "source": None,
    }
    assert second["arrives_s"] == first["leaves_s"] + second["way"]["duration_s"]
    assert told["total_s"] == third["leaves_s"]
    assert told["overruns_s"] == told["total_s"] - 3600
    assert told["distance_m"] == second["way"]["distance_m"] + third["way"]["distance_m"]


def test_a_class_takes_longer(loop: Staff) -> None:
    adult = loop.send("GET", LOOP).json["total_s"]
    assert loop.send("GET", f"{LOOP}?pace=school").json["total_s"] > adult
    assert loop.send("GET", f"{LOOP}?pace=hasty").status_code == 422


def test_an_itinerary_is_private_at_first(client: FlaskClient, loop: Staff) -> None:
    assert client.get(LOOP).status_code == 404
    assert client.get(ITINERARIES).json == []
    assert [each["slug"] for each in loop.send("GET", ITINERARIES).json] == ["la-boucle"]


def test_notes_are_never_public(client: FlaskClient, loop: Staff) -> None:
    assert loop.send("GET", LOOP).json["halts"][0]["note"] == "Compter le groupe."
    show(loop)
    told = client.get(LOOP)
    assert told.status_code == 200
    assert "Compter" not in told.text
    assert "Et vous" not in told.text
    assert not any(key in ("editors", "link") for key in told.json or {})


def test_what_was_published_is_private_again(client: FlaskClient, loop: Staff) -> None:
    show(loop)
    show(loop, "private")
    assert client.get(LOOP).status_code == 404


def test_another_guide_reads_what_is_published_and_changes_nothing(
    seeded: Resources, client: FlaskClient, loop: Staff
) -> None:
    other = hired(seeded, client, "guide", email="autre@example.fr")
    assert other.send("GET", LOOP).status_code == 404
    show(loop)
    assert "note" not in other.send("GET", LOOP).json["halts"][0]
    refused = other.send("PATCH", LOOP, tag=other.tag(LOOP), json={"title": "Mienne"})
    assert refused.status_code == 403


def test_an_editor_changes_it_too(seeded: Resources, client: FlaskClient, loop: Staff) -> None:
    other = hired(seeded, client, "guide", email="autre@example.fr")
    shared = {"editors": ["autre@example.fr"]}
    loop.send("PUT", f"{LOOP}/editors", tag=loop.tag(LOOP), json=shared)
    changed = other.send("PATCH", LOOP, tag=other.tag(LOOP), json={"title": "À deux"})
    assert (changed.status_code, changed.json["title"]) == (200, "À deux")
    assert changed.json["editors"] == ["autre@example.fr"]


def test_halts_change_their_order_as_a_whole(loop: Staff) -> None:
    swapped = NEW["halts"][::-1]
    changed = loop.send("PATCH", LOOP, tag=loop.tag(LOOP), json={"halts": swapped})
    assert [halt["position"] for halt in changed.json["halts"]] == [1, 2, 3]
    assert halts(loop) == ["Une table", "L’église et son toit", "Montée du terril"]


def test_a_change_on_a_former_state_is_refused_and_loses_nothing(loop: Staff) -> None:
    tag = loop.tag(LOOP)
    assert loop.send("PATCH", LOOP, json={"title": "Sans état"}).status_code == 428
    assert loop.send("PATCH", LOOP, tag=tag, json={"title": "Premier"}).status_code == 200
    assert loop.send("PATCH", LOOP, tag=tag, json={"title": "Second"}).status_code == 412
    assert loop.send("GET", LOOP).json["title"] == "Premier"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"halts": [{"stop": "nowhere"}]}, 422),
        ({"halts": [{"stay_min": 5}]}, 422),
        (
            {"halts": [{"stop": "terril", "spot": {"name": "a", "latitude": 1, "longitude": 1}}]},
            422,
        ),
        ({"halts": [{"stop": "terril", "stay_min": -1}]}, 422),
        ({"halts": [{"stop": "terril"}] * 61}, 422),
        ({"title": ""}, 422),
        ({"title": "x\0"}, 422),
        ({"difficulty": "mortal"}, 422),
        ({"other": 1}, 422),
    ],
)
def test_what_breaks_a_rule_is_refused_and_changes_nothing(
    loop: Staff, changes: dict[str, object], status: int
) -> None:
    refused = loop.send("PATCH", LOOP, tag=loop.tag(LOOP), json=changes)
    assert (refused.status_code, refused.content_type) == (status, "application/problem+json")
    assert len(halts(loop)) == 3


def test_a_path_replaces_the_estimate_while_its_halts_follow_each_other(loop: Staff) -> None:
    way = f"{LOOP}/halts/2/path?source=GPS"
    drawn = loop.send("PUT", way, tag=loop.tag(LOOP), data=GPX)
    assert drawn.json["halts"][1]["way"]["is_estimate"] is False
    assert drawn.json["halts"][1]["way"]["ascent_m"] == 20
    loop.send("PUT", way, tag=loop.tag(LOOP), data=GPX)
    moved = [*NEW["halts"][:2], NEW["halts"][0]]
    kept = loop.send("PATCH", LOOP, tag=loop.tag(LOOP), json={"halts": moved}).json["halts"]
    assert [halt["way"] and halt["way"]["is_estimate"] for halt in kept] == [None, False, True]
    parted = loop.send("PATCH", LOOP, tag=loop.tag(LOOP), json={"halts": moved[1:]})
    assert parted.json["halts"][1]["way"]["is_estimate"] is True


def test_a_path_can_be_taken_back(loop: Staff) -> None:
    loop.send("PUT", f"{LOOP}/halts/2/path?source=GPS", tag=loop.tag(LOOP), data=GPX)
    back = loop.send("DELETE", f"{LOOP}/halts/2/path", tag=loop.tag(LOOP))
    assert back.json["halts"][1]["way"]["is_estimate"] is True


@pytest.mark.parametrize(("position", "file"), [(1, GPX), (4, GPX), (2, b"no path")])
def test_a_path_that_leads_nowhere_is_refused(loop: Staff, position: int, file: bytes) -> None:
    way = f"{LOOP}/halts/{position}/path?source=GPS"
    assert loop.send("PUT", way, tag=loop.tag(LOOP), data=file).status_code == 422


def test_an_itinerary_is_copied_with_its_paths(loop: Staff) -> None:
    loop.send("PUT", f"{LOOP}/halts/2/path?source=GPS", tag=loop.tag(LOOP), data=GPX)
    copy = loop.send("POST", f"{LOOP}/copies").json
    assert (copy["slug"], copy["visibility"]) == ("la-boucle-2", "private")
    assert copy["halts"][1]["way"]["is_estimate"] is False


def test_a_copy_tells_nobody_the_notes_of_another(
    seeded: Resources, client: FlaskClient, loop: Staff
) -> None:
    show(loop)
    other = hired(seeded, client, "guide", email="autre@example.fr")
    copy = other.send("POST", f"{LOOP}/copies").json
    assert [(halt["note"], halt["question"]) for halt in copy["halts"]] == [("", "")] * 3
    own = loop.send("POST", f"{LOOP}/copies").json
    assert own["halts"][0]["note"] == "Compter le groupe."


def test_what_others_follow_keeps_leading_somewhere(
    seeded: Resources, client: FlaskClient, loop: Staff
) -> None:
    show(loop)
    emptied = loop.send("PATCH", LOOP, tag=loop.tag(LOOP), json={"halts": HALTS[:1]})
    assert emptied.status_code == 409
    publisher = hired(seeded, client, "publication")
    for slug, lang in (("arret-2", "fr"), ("arret-2", "en"), ("arret-3", "fr")):
        tag = publisher.tag(f"/api/v1/stops/{slug}/revisions")
        publisher.send("DELETE", f"/api/v1/stops/{slug}/publication?lang={lang}", tag=tag)
    # What was withdrawn since does not keep its author from mending the rest.
    mended = loop.send("PATCH", LOOP, tag=loop.tag(LOOP), json={"halts": HALTS[:2]})
    assert mended.status_code == 200, mended.json
    hidden = [*HALTS[:2], {"stop": "arret-3"}]
    refused = loop.send("PATCH", LOOP, tag=loop.tag(LOOP), json={"halts": hidden})
    assert (refused.status_code, "arret-3" in refused.json["detail"]) == (409, True)


def test_an_itinerary_that_cannot_be_followed_is_not_published(loop: Staff) -> None:
    loop.send("PATCH", LOOP, tag=loop.tag(LOOP), json={"halts": NEW["halts"][:1]})
    refused = loop.send(
        "PUT", f"{LOOP}/visibility", tag=loop.tag(LOOP), json={"visibility": "unlisted"}
    )
    assert refused.status_code == 409


def test_a_stop_that_visitors_do_not_see_keeps_it_from_them(
    seeded: Resources, client: FlaskClient, loop: Staff
) -> None:
    publisher = hired(seeded, client, "publication")
    hidden = "/api/v1/stops/arret-2"
    for lang in ("fr", "en"):
        tag = publisher.tag(f"{hidden}/revisions")
        publisher.send("DELETE", f"{hidden}/publication?lang={lang}", tag=tag)
    refused = loop.send(
        "PUT", f"{LOOP}/visibility", tag=loop.tag(LOOP), json={"visibility": "published"}
    )
    assert refused.status_code == 409
    assert "arret-2" in refused.json["detail"]
    assert halts(loop)[1] == "L’église et son toit"


def test_an_itinerary_is_deleted_with_all_that_it_holds(loop: Staff) -> None:
    loop.send("PUT", f"{LOOP}/halts/2/path?source=GPS", tag=loop.tag(LOOP), data=GPX)
    assert loop.send("DELETE", LOOP, tag=loop.tag(LOOP)).status_code == 204
    assert loop.send("GET", LOOP).status_code == 404


def test_a_shorter_order_is_proposed_and_not_applied(loop: Staff) -> None:
    there_and_back = [{"stop": slug} for slug in ("terril", "arret-3", "arret-2", "arret-3")]
    loop.send("PATCH", LOOP, tag=loop.tag(LOOP), json={"halts": there_and_back})
    proposal = loop.send("GET", f"{LOOP}/proposal").json
    assert proposal["positions"] == [1, 3, 2, 4]
    assert proposal["gain_m"] > 1000
    assert halts(loop)[1] == "La résidence"


def test_whoever_may_publish_may_change_any(
    seeded: Resources, client: FlaskClient, loop: Staff
) -> None:
    publisher = hired(seeded, client, "publication")
    changed = publisher.send("PATCH", LOOP, tag=loop.tag(LOOP), json={"theme": "Énergie"})
    assert changed.json["theme"] == "Énergie"


def test_a_title_without_letters_gets_a_slug_all_the_same(guide: Staff) -> None:
    assert guide.send("POST", ITINERARIES, json=NEW | {"title": "!!!"}).json["slug"] == "itineraire"
