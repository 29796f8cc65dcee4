"""A site whose every field of every stop holds a text that would run something, and its bureau."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.hostile.reading import SCRIPTS
from tests.installations import environment
from tests.samples import STOP, write_samples
from tests.staff.desk import CHEAP, Desk, seated
from tourapp.accounts.services import Actor, actor_of, find_person, operator
from tourapp.app import create_app
from tourapp.audience.models import VisitCount
from tourapp.bureau import create_bureau
from tourapp.db import Database
from tourapp.itineraries.content import LONGEST, HaltContent, ItineraryContent, Spot
from tourapp.itineraries.services import create_itinerary
from tourapp.narration.models import RECORDED, Narration, Recording
from tourapp.observations.models import Observation
from tourapp.pictures.models import PictureForm
from tourapp.pictures.names import list_forms
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.settings import Settings
from tourapp.signage.models import Sign, SignReport
from tourapp.stops.content import Closure, FactSource, Picture, StopContent
from tourapp.stops.models import Revision, Stop
from tourapp.stops.pictures import set_pictures

HARMLESS = "Rien que des mots, au CPIE, et rien qui puisse courir."
TEXTS = (HARMLESS, *SCRIPTS)
NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
HALTS = 58
PHOTO, PHOTO_PX, FOCUS = "0.jpg", 480, (50, 50)


@dataclass(frozen=True)
class Hostile:
    """The application that visitors ask, and the one that staff do, over the same texts."""

    app: Flask
    bureau: Flask

    @property
    def visitor(self) -> FlaskClient:
        return self.app.test_client()

    @property
    def desk(self) -> Desk:
        return seated(self.bureau, "administration")


@pytest.fixture(scope="session")
def hostile(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    """Publish a stop for each text, with a sign, a recording, a report and a place in a route."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copy(sqlite_template, folder / "tourapp.sqlite")
    environ = environment(folder, public_url="https://visite.example.fr", log_level="ERROR")
    resources = Resources.open(Settings.from_environ(environ))
    stops = [hostile_stop(number, text) for number, text in enumerate(TEXTS, 1)]
    seed(resources, write_samples(folder / "stops", *stops))
    with resources.database.transaction() as session:
        _fill(session)
    bureau = create_bureau(resources, nudge=lambda: None, hasher=CHEAP)
    yield Hostile(create_app(resources), bureau)
    resources.close()


@pytest.fixture(scope="session")
def guide(hostile: Hostile) -> Actor:
    """Return who leads here: whoever administers."""
    assert hostile.desk
    with database_of(hostile).reading() as session:
        person = find_person(session, "administration@example.fr")
        assert person is not None
        return actor_of(person, origin="page", now=NOW)


def database_of(hostile: Hostile) -> Database:
    database: Database = hostile.bureau.extensions["tourapp"].database
    return database


def hostile_stop(number: int, text: str) -> StopContent:
    """Return a stop whose every text is this one."""
    [told] = STOP.narratives.values()
    parts = dict.fromkeys(told.__dataclass_fields__, text)
    position = replace(STOP.place.position, source=text, altitude_source=text)
    place = replace(
        STOP.place,
        number=number,
        position=replace(position, latitude=50.4 + number / 1000),
        drawing=replace(STOP.place.drawing, credit=text),
        sources=(FactSource(title=text, url="https://example.fr/"),),
        closures=(Closure(from_day=date(2020, 1, 1), until_day=None, reason={"fr": text}),),
        rescue_post=text,
    )
    return replace(
        STOP,
        slug=f"arret-{number}",
        code=None,
        place=place,
        narratives={("fr", "standard"): replace(told, **parts)},
    )


def _fill(session: Session) -> None:
    stops = session.scalars(select(Stop).order_by(Stop.number)).all()
    for form in list_forms(PHOTO_PX, FOCUS):
        suffix = form.partition("-")[0].replace("card", "jpg")
        made = {"media": f"1.{suffix}", "bytes": 1, "width": PHOTO_PX, "height": 300}
        session.add(PictureForm(source_media=PHOTO, form=form, **made))
    for stop, text in zip(stops, TEXTS, strict=True):
        _hang(session, stop, text)
        set_pictures(stop, [_photograph(text)])
        session.add(_noticed(stop, text))
        revision = session.scalars(select(Revision).filter_by(narrative=stop.narratives[0])).one()
        read_aloud(session, revision, text)
    by = replace(operator(HARMLESS, now=NOW), permissions=frozenset({"itineraries:write"}))
    for begin in range(0, len(TEXTS), HALTS):
        content = itinerary_of(TEXTS[begin : begin + HALTS], begin=begin + 1)
        create_itinerary(session, content, by=by).visibility = "published"


def _photograph(text: str) -> Picture:
    return Picture(
        file="photo.jpg",
        media=PHOTO,
        bytes=1,
        width=PHOTO_PX,
        height=300,
        alt={"fr": text},
        caption={"fr": text},
        credit=text,
        licence=text,
        focus=FOCUS,
    )


def _noticed(stop: Stop, text: str) -> Observation:
    return Observation(
        stop_id=stop.id,
        lang="fr",
        kind="seen",
        text=text,
        noticed_on=NOW.date(),
        state="published",
        decided_by=text,
        decided_at=NOW,
        outcome="done",
        answer=text,
        answered_on=NOW.date(),
    )


def _hang(session: Session, stop: Stop, text: str) -> None:
    code = code_of(stop.number)
    sign = Sign(code=code, stop_id=stop.id, place=text, support=text, note=text, created_at=NOW)
    sign.state, sign.checked_at, sign.checked_by = "installed", NOW, text
    session.add(sign)
    session.flush()
    session.add(SignReport(sign_id=sign.id, reported_on=NOW.date(), note=text))
    session.add(VisitCount(hour_at=NOW, kind="sign", subject=code, lang="fr", count=1))


def read_aloud(session: Session, revision: Revision, text: str) -> None:
    media = {"opus_media": "0.opus", "mp3_media": "0.mp3", "vtt_media": "0.vtt"}
    recording = Recording(
        revision_id=revision.id,
        speaker=text,
        credit=text,
        format=text,
        duration_s=60.0,
        sound_media="0.flac",
        sound_bytes=1,
        given_by=text,
        given_at=NOW,
    )
    session.add(recording)
    session.flush()
    narration = Narration(
        revision_id=revision.id,
        recording_id=recording.id,
        engine=RECORDED,
        recipe=f"{RECORDED} 2 {recording.id}",
        state="ready",
        attempts=1,
        next_attempt_at=NOW,
        voice=text,
        duration_s=60.0,
        opus_bytes=1,
        mp3_bytes=1,
        cues=[{"start_s": 0.0, "end_s": 60.0, "text": text, "words": []}],
        chapters=[],
        doubtful=[0],
        confidence=0.5,
        rendered_at=NOW,
        **media,
    )
    session.add(narration)


def itinerary_of(texts: tuple[str, ...], *, begin: int) -> ItineraryContent:
    """Return a route past stops whose number begins so, and past a place of no stop."""
    parts = {name: " ".join(texts)[:most] for name, most in LONGEST.items()}
    spot = Spot(name=texts[-1], latitude=50.4, longitude=2.7)
    halts = [
        HaltContent(stop=f"arret-{number}", note=text, question=text)
        for number, text in enumerate(texts, begin)
    ]
    return ItineraryContent(
        title=texts[0],
        summary=parts["summary"],
        theme=parts["theme"],
        audience=parts["audience"],
        accessibility=parts["accessibility"],
        meeting=parts["meeting"],
        halts=(*halts, HaltContent(spot=spot)),
    )


def code_of(number: int) -> str:
    """Return the code of a stop's sign."""
    return f"ZZ{number:04}"
