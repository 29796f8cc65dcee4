"""Recordings given and withdrawn: what visitors hear changes with them.

Withdrawing takes the sound away for good: nothing names its files any more, and the next
collection of media removes them. What stays is who gave it, who read, and when it was withdrawn.
"""

import re
from dataclasses import dataclass

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor, record
from tourapp.catalogue.services import mark_stale
from tourapp.errors import InvalidError, NotFoundError
from tourapp.narration.models import MasteredSentence, Narration, Recording
from tourapp.narration.recordings.intake import TakenIn
from tourapp.narration.voicing import Voicing
from tourapp.narration.wanting import want_recordings
from tourapp.stops.editing import Telling, check_tag, get_locked_stop
from tourapp.stops.models import Narrative, Revision, Stop
from tourapp.stops.services import get_head, get_narrative, get_revision, get_stop
from tourapp.stops.topics import EVERYTHING, topic_of
from tourapp.web.characters import KEPT_TEXT

LONGEST_SPEAKER = 120
LONGEST_CREDIT = 240

_SPEAKER = rf"(?=.*\w){KEPT_TEXT}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is said of a recording: whose text, which revision (None: the newest), who reads."""

    telling: Telling
    revision: int | None
    speaker: str
    credit: str = ""

    def check(self) -> None:
        """Raise InvalidError where it does not name whoever reads."""
        for what, text, pattern, longest in (
            ("whoever reads", self.speaker, _SPEAKER, LONGEST_SPEAKER),
            ("a credit", self.credit, KEPT_TEXT, LONGEST_CREDIT),
        ):
            if len(text) > longest or not re.fullmatch(pattern, text):
                message = f"expected {what} in at most {longest} characters"
                raise InvalidError(message)


@dataclass(frozen=True, slots=True)
class GivenRecording:
    """A recording, the revision that it reads, and its newest narration, if it has one."""

    recording: Recording
    revision: Revision
    narration: Narration | None

    @property
    def doubtful(self) -> list[str]:
        """The sentences that somebody should listen to, as they are written."""
        if self.narration is None or self.narration.cues is None:
            return []
        return [self.narration.cues[number]["text"] for number in self.narration.doubtful or ()]


def require_place(session: Session, given: Given, *, tag: str) -> None:
    """Raise what giving this recording would raise, before its sound is sent."""
    given.check()
    stop = get_stop(session, given.telling.slug)
    check_tag(str(stop.version), tag)
    _revision(session, stop, given)


def give_recording(
    session: Session,
    given: Given,
    sound: TakenIn,
    *,
    tag: str,
    by: Actor,
    voicing: Voicing,
) -> GivenRecording:
    """Keep a recording that was taken in, and want its narration in the same transaction.

    Raises NotFoundError, InvalidError, or StaleError where the stop changed meanwhile.
    """
    given.check()
    stop = _get_stop_at(session, given.telling, tag=tag)
    revision = _revision(session, stop, given)
    recording = Recording(
        revision_id=revision.id,
        speaker=given.speaker.strip(),
        credit=given.credit.strip(),
        format=sound.format,
        duration_s=sound.duration_s,
        sound_media=sound.media,
        sound_bytes=sound.bytes,
        given_by=by.who,
        given_at=by.at,
    )
    session.add(recording)
    # What is wanted is found by what is there.
    session.flush()
    want_recordings(session, voicing, now=by.at)
    stop.version += 1
    detail = {"recording": recording.id, "revision": revision.number, "speaker": recording.speaker}
    record(session, by, "recording.give", str(given.telling), **detail)
    return GivenRecording(recording, revision, _newest_narration(session, recording))


def withdraw_recording(
    session: Session, telling: Telling, recording_id: int, *, tag: str, by: Actor
) -> Stop:
    """Let nobody hear a recording any more; the engines are heard again at once.

    Raises NotFoundError, or StaleError where the stop changed meanwhile.
    """
    stop = _get_stop_at(session, telling, tag=tag)
    recording = _get_recording(session, _narrative(session, stop, telling), recording_id)
    media = recording.sound_media
    session.execute(delete(Narration).where(Narration.recording_id == recording.id))
    recording.sound_media = recording.sound_bytes = None
    recording.withdrawn_by, recording.withdrawn_at = by.who, by.at
    session.flush()
    _forget_mastered(session, media)
    stop.version += 1
    record(session, by, "recording.withdraw", str(telling), recording=recording.id)
    mark_stale(session, {topic_of(stop.id), *EVERYTHING})
    return stop


def list_recordings(session: Session, narrative: Narrative) -> list[GivenRecording]:
    """Return every recording of a narrative, also withdrawn ones, the newest first."""
    rows = session.execute(
        select(Recording, Revision)
        .join(Revision, Revision.id == Recording.revision_id)
        .where(Revision.narrative_id == narrative.id)
        .order_by(Recording.id.desc()),
    )
    return [
        GivenRecording(recording, revision, _newest_narration(session, recording))
        for recording, revision in rows
    ]


def _newest_narration(session: Session, recording: Recording) -> Narration | None:
    mine = select(Narration).where(Narration.recording_id == recording.id)
    return session.scalar(mine.order_by(Narration.id.desc()).limit(1))


def _forget_mastered(session: Session, media: str | None) -> None:
    """Forget what was made of a sound, unless it was given twice and one of them stays."""
    is_used = exists().where(Recording.sound_media == MasteredSentence.media)
    session.execute(delete(MasteredSentence).where(MasteredSentence.media == media, ~is_used))


def _get_stop_at(session: Session, telling: Telling, *, tag: str) -> Stop:
    stop = get_locked_stop(session, telling.slug)
    check_tag(str(stop.version), tag)
    return stop


def _narrative(session: Session, stop: Stop, telling: Telling) -> Narrative:
    return get_narrative(session, stop, lang=telling.lang, variant=telling.variant)


def _revision(session: Session, stop: Stop, given: Given) -> Revision:
    narrative = _narrative(session, stop, given.telling)
    if given.revision is None:
        return get_head(session, narrative)
    return get_revision(session, narrative, given.revision)


def _get_recording(session: Session, narrative: Narrative, recording_id: int) -> Recording:
    recording = session.scalar(
        select(Recording)
        .join(Revision, Revision.id == Recording.revision_id)
        .where(
            Recording.id == recording_id,
            Recording.withdrawn_at.is_(None),
            Revision.narrative_id == narrative.id,
        ),
    )
    if recording is None:
        message = f"no recording {recording_id} of this narrative, or it is withdrawn already"
        raise NotFoundError(message)
    return recording
