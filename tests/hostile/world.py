"""A site in which everything that an operation may name is there, made through the API itself."""

import io
import json
import wave
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from tests.changing import STOP, Staff
from tests.itineraries.test_api import ITINERARIES, LOOP, NEW
from tests.itineraries.test_paths import GPX, KML, LINE
from tests.itineraries.walks.conftest import PLAN, WALKS
from tests.pictures.photographs import photograph
from tests.publishing.exchange.zips import packed
from tests.samples import CODES, sample_stop

API = "/api/v1"
SIGN = f"{API}/signs/{CODES[0]}"
PLACE = f"{STOP}/place"
ALL = {"format": "a5", "all": True}
WORDS = "?alt=Un+cône.&credit=Une+main&licence=CC0"
SOUND = "?speaker=Jeanne&credit=Jeanne"


@dataclass(frozen=True)
class World:
    """What names everything that there is, as addresses call it, and files that can be read."""

    known: dict[str, Any]
    files: dict[str, bytes]
    routes: dict[str, bytes]


def build(staff: Staff, writer: Staff) -> World:
    """Make one thing of every kind; what is to be read is asked for by another than who answers."""

    def made(method: str, path: str, *, of: str = "", **sent: Any) -> Any:  # noqa: ANN401 -- any JSON
        answer = staff.send(method, path, tag=staff.tag(of) if of else None, **sent)
        assert answer.status_code < 300, (path, answer.text)
        return answer.get_json(silent=True)

    files = {
        "image/*": photograph(),
        "application/octet-stream": tone(),
        "application/zip": packed(sample_stop(4, title="Un quatrième")),
        "application/gpx+xml": GPX,
        "application/vnd.google-earth.kml+xml": KML,
        "application/geo+json": json.dumps(LINE).encode(),
    }
    later = datetime.now(UTC) + timedelta(days=2)
    person = made(
        "POST", f"{API}/people", json={"email": "a@example.fr", "name": "A", "roles": ["guide"]}
    )
    for title in ("Relu", "Relu encore"):
        made("PATCH", STOP, of=f"{STOP}/draft", json={"title": title})
        made("POST", f"{STOP}/revisions", of=f"{STOP}/draft")
    made("PATCH", STOP, of=f"{STOP}/draft", json={"title": "À relire"})
    review = f"{STOP}/revisions/2/review"
    asked = writer.send("PUT", review, tag=staff.tag(review), json={})
    assert asked.status_code < 300, asked.text
    said = made("POST", f"{review}/comments", json={"text": "Bien.", "part": "text"})
    made("PUT", f"{STOP}/schedule", of=PLACE, json={"revision": 3, "at": later.isoformat()})
    made("PUT", f"{STOP}/end", of=PLACE, json={"at": (later + timedelta(days=1)).isoformat()})
    [picture] = made("POST", f"{STOP}/pictures{WORDS}", of=PLACE, data=files["image/*"])
    narration = f"{STOP}/narrations/fr"
    recording = made("POST", f"{narration}/recordings{SOUND}", of=PLACE, data=tone())
    preview = made("POST", f"{narration}/preview", json={"text": "Bonjour."})
    made("PUT", f"{API}/stops/arret-3/archive", of=f"{API}/stops/arret-3/place")
    made("PUT", f"{API}/signs/{CODES[1]}/retirement", of=f"{API}/signs/{CODES[1]}")
    entry = made(
        "POST", f"{API}/lexicon", json={"lang": "fr", "written": "Oignies", "said": "ognie"}
    )
    batch = made("POST", f"{API}/signs/batches", json=ALL)
    photo = made("POST", f"{SIGN}/photos", data=files["image/*"])
    made("POST", f"{SIGN}/reports", json={"note": "Penché."})
    made("POST", f"{API}/observations", json={"stop": "terril", "lang": "fr", "text": "Un renard."})
    tried = made("POST", f"{API}/imports", data=files["application/zip"])
    made("POST", ITINERARIES, json=NEW)
    made("PUT", f"{LOOP}/halts/2/path?source=fichier", of=LOOP, data=GPX)
    made("PUT", f"{LOOP}/visibility", of=LOOP, json={"visibility": "published"})
    routes = {
        kind: staff.send("GET", f"{LOOP}.{form}").data
        for kind, form in (
            ("application/gpx+xml", "gpx"),
            ("application/vnd.google-earth.kml+xml", "kml"),
            ("application/geo+json", "geojson"),
        )
    }
    walk = made("POST", WALKS, json=PLAN)
    made("POST", f"{WALKS}/{walk['id']}/arrivals", json={"position": 1})
    calendar = made("PUT", f"{WALKS}/calendar")
    return World(
        known={
            "lang": "fr",
            "variant": "standard",
            "speaker": "Jeanne",
            "credit": "Jeanne",
            "licence": "CC0",
            "alt": "Un cône.",
            "source": "un fichier",
            "code": CODES[0],
            "number": 2,
            "position": 2,
            "person_id": person["id"],
            "comment_id": said["comments"][0]["id"],
            "file": picture["file"],
            "recording_id": recording["id"],
            "preview_id": named(preview),
            "entry_id": entry["id"],
            "batch_id": named(batch),
            "photo_id": photo["photos"][0]["id"],
            "report_id": made("GET", f"{API}/reports")[0]["id"],
            "observation_id": made("GET", f"{API}/observations")[0]["id"],
            "import_id": tried["id"],
            "walk_id": walk["id"],
            "secret": named(calendar).removesuffix(".ics"),
        },
        files=files,
        routes=routes,
    )


def named(document: dict[str, Any]) -> str:
    """Return the last part of the address at which a thing says it is."""
    return str(document["url"]).rpartition("/")[2]


def tone(*, hertz: int = 220) -> bytes:
    """Return a sound that rises and falls."""
    at = np.arange(20 * 8000) / 8000
    waves = 6000 * np.sin(2 * np.pi * hertz * at) * np.abs(np.sin(2 * np.pi * at))
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(waves.astype("<i2").tobytes())
    return file.getvalue()
