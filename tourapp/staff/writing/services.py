"""What a writer does with a narrative, on the services that the API has too.

A form names its base: the newest revision and the version of one's own draft that it was drawn
from. So a change elsewhere at the stop, such as a closure, overtakes nobody who writes, and a
change of this very text is never overwritten unseen.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor
from tourapp.errors import StaleError
from tourapp.narration.voicing import Voicing
from tourapp.publishing.services import publish_at
from tourapp.signage.services import list_first_codes
from tourapp.stops.content import LANGUAGES, NarrativeContent, Variant
from tourapp.stops.editing import (
    Edited,
    Telling,
    discard_draft,
    get_edited,
    get_locked_stop,
    save_draft,
    submit_draft,
)
from tourapp.stops.models import Narrative, Revision, Stop
from tourapp.stops.queries import list_languages
from tourapp.stops.services import content_of, find_narrative, get_head
from tourapp.visit.visited import Visited


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A narrative on somebody's desk: what they would go on writing at, and where it stands."""

    telling: Telling
    edited: Edited
    narrative: Narrative | None
    head: Revision | None

    @property
    def base(self) -> str:
        """What a form that was drawn from this state names."""
        return (
            f"{self._head_number}.{0 if self.edited.draft is None else self.edited.draft.version}"
        )

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody submitted a text after one's own draft was written last."""
        draft = self.edited.draft
        return (
            draft is not None and self.head is not None and self.head.created_at > draft.updated_at
        )

    @property
    def _head_number(self) -> int:
        return 0 if self.head is None else self.head.number


class OvertakenError(StaleError):
    """The text was changed after the form was drawn; `written` is how it stands now."""

    def __init__(self, written: Written) -> None:
        super().__init__(f"the text of {written.telling} changed meanwhile")
        self.written = written


def get_written(session: Session, telling: Telling, *, by: Actor) -> Written:
    """Return a narrative as one person sees it while writing. Raises NotFoundError."""
    edited = get_edited(session, telling, person_id=by.person_id)
    narrative = find_narrative(session, edited.stop, lang=telling.lang, variant=telling.variant)
    head = None if narrative is None else get_head(session, narrative)
    return Written(telling=telling, edited=edited, narrative=narrative, head=head)


def save(
    session: Session,
    telling: Telling,
    parts: Mapping[str, str],
    *,
    base: str,
    by: Actor,
) -> Written:
    """Keep what was written as one's own draft, where it differs. Raises OvertakenError."""
    written = _get_at(session, telling, base=base, by=by)
    if asdict(written.edited.content) == dict(parts):
        return written
    save_draft(session, telling, parts, tag=written.edited.tag, by=by)
    return get_written(session, telling, by=by)


def submit(
    session: Session,
    telling: Telling,
    parts: Mapping[str, str],
    *,
    base: str,
    by: Actor,
) -> Revision:
    """Make a revision of what was written; where nothing differs it is the newest one.

    Raises OvertakenError, or InvalidError where a part is empty.
    """
    written = save(session, telling, parts, base=base, by=by)
    if written.edited.draft is None and written.head is not None:
        return written.head
    return submit_draft(session, telling, tag=written.edited.tag, by=by)


def publish(
    session: Session,
    telling: Telling,
    parts: Mapping[str, str],
    *,
    base: str,
    by: Actor,
    voicing: Voicing,
) -> Revision:
    """Let every visitor see what was written; raises as `submit` does."""
    revision = submit(session, telling, parts, base=base, by=by)
    tag = str(get_locked_stop(session, telling.slug).version)
    return publish_at(session, telling, revision.number, tag=tag, by=by, voicing=voicing)


def discard(session: Session, telling: Telling, *, base: str, by: Actor) -> None:
    """Let one's own draft go; the newest revision is what one begins from. Raises as `save`."""
    written = _get_at(session, telling, base=base, by=by)
    discard_draft(session, telling, tag=written.edited.tag, by=by)


def find_rival(written: Written, *, base: str) -> NarrativeContent:
    """Return the text that overtook a form: somebody's revision, else one's own other draft."""
    if written.head is not None and base.partition(".")[0] != str(written.head.number):
        return content_of(written.head)
    return written.edited.content


def as_visited(session: Session, written: Written, *, by: Actor) -> Visited:
    """Return a draft as if it were published just now, without a sound."""
    stop, telling = written.edited.stop, written.telling
    content = NarrativeContent(**asdict(written.edited.content)).tidied()
    narrative = Narrative(lang=telling.lang, variant=telling.variant, published_at=by.at)
    return Visited(
        stop=stop,
        narrative=narrative,
        revision=Revision(**asdict(content)),
        languages=_languages(session, telling, stop, variant="standard"),
        easy_languages=_languages(session, telling, stop, variant="facile"),
        code=list_first_codes(session, [stop.id]).get(stop.id),
        heard=None,
    )


def _languages(session: Session, telling: Telling, stop: Stop, *, variant: Variant) -> list[str]:
    """Return the languages that there would be of a variant, this one among them."""
    there_are = set(list_languages(session, [stop.id], variant=variant)[stop.id])
    own = {telling.lang} if telling.variant == variant else set()
    return sorted(there_are | own, key=LANGUAGES.index)


def _get_at(session: Session, telling: Telling, *, base: str, by: Actor) -> Written:
    get_locked_stop(session, telling.slug)
    written = get_written(session, telling, by=by)
    if written.base != base:
        raise OvertakenError(written)
    return written
