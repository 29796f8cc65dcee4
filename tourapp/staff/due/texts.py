"""Texts that wait: begun, submitted, planned, ending, not translated."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor
from tourapp.reviewing.queries import Waiting
from tourapp.staff.due.items import Item
from tourapp.staff.writing.addresses import address_of
from tourapp.staff.writing.queries import Standing, StandingStop
from tourapp.staff.writing.wording import telling_name
from tourapp.stops.content import LANGUAGES
from tourapp.stops.editing import Telling
from tourapp.stops.models import Draft, Stop

_VERDICTS = {None: "", "approved": ", approuvée", "returned": ", à revoir"}


def list_drafts(session: Session, by: Actor) -> list[Item]:
    """Return the texts that somebody has begun and not submitted, the newest first."""
    rows = session.execute(
        select(Draft, Stop.slug)
        .join(Stop, Stop.id == Draft.stop_id)
        .where(Draft.person_id == by.person_id)
        .order_by(Draft.updated_at.desc()),
    )
    return [
        Item(
            text=f"{draft.content['title'] or slug} ({telling_name(draft.lang, draft.variant)})",
            url=address_of("edit", Telling(slug=slug, lang=draft.lang, variant=draft.variant)),
            told="enregistré le",
            at=draft.updated_at,
        )
        for draft, slug in rows
    ]


def list_submitted(stops: Sequence[StandingStop], reviews: Sequence[Waiting]) -> Iterator[Item]:
    """Yield the texts that were submitted and that visitors do not see, with what a reader said."""
    verdicts = {each.telling: each.review.verdict for each in reviews}
    for stop, each in _each(stops):
        if each.is_waiting:
            verdict = verdicts.get(_telling(stop, each))
            told = f"version {each.number}{_VERDICTS[verdict]}"
            yield Item(text=_named(each), url=_versions(stop, each), told=told)


def list_planned(stops: Sequence[StandingStop]) -> Iterator[Item]:
    """Yield the texts that are published by themselves."""
    for stop, each in _each(stops):
        if each.scheduled_at is not None:
            url = _versions(stop, each)
            yield Item(text=_named(each), url=url, told="prévu le", at=each.scheduled_at)


def list_ending(stops: Sequence[StandingStop]) -> Iterator[Item]:
    """Yield the texts that are withdrawn by themselves."""
    for stop, each in _each(stops):
        if each.ends_at is not None:
            yield Item(text=_named(each), url=_versions(stop, each), told="le", at=each.ends_at)


def list_untranslated(stops: Sequence[StandingStop]) -> Iterator[Item]:
    """Yield the languages that a stop told in French is not told in."""
    for stop in stops:
        told = {
            each.lang
            for each in stop.narratives
            if each.variant == "standard" and each.published_number is not None
        }
        # What is not told in French is not finished: its translations come later.
        missing = [lang for lang in LANGUAGES if lang not in told] if "fr" in told else []
        for lang in missing:
            url = address_of("edit", Telling(slug=stop.slug, lang=lang))
            yield Item(text=f"{stop.title} (en {telling_name(lang, 'standard')})", url=url)


def _each(stops: Sequence[StandingStop]) -> Iterator[tuple[StandingStop, Standing]]:
    return ((stop, each) for stop in stops for each in stop.narratives)


def _named(each: Standing) -> str:
    return f"{each.title} ({telling_name(each.lang, each.variant)})"


def _versions(stop: StandingStop, each: Standing) -> str:
    return address_of("versions", _telling(stop, each))


def _telling(stop: StandingStop, each: Standing) -> Telling:
    return Telling(slug=stop.slug, lang=each.lang, variant=each.variant)
