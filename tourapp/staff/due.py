"""What needs doing, each with the place where it is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_date
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor
from tourapp.narration.models import Narration
from tourapp.reviewing.queries import Discussed, Waiting, list_discussed, list_waiting
from tourapp.signage.register.queries import SignQuery
from tourapp.staff.signs.queries import HANGING, list_register
from tourapp.staff.writing.addresses import address_of
from tourapp.staff.writing.queries import Standing, StandingStop, list_standing
from tourapp.staff.writing.wording import telling_name
from tourapp.stops.content import LANGUAGES
from tourapp.stops.editing import Telling
from tourapp.stops.models import Draft, Narrative, Revision, Stop
from tourapp.stops.services import closures_of

VAGUE_M = 100
"""From what accuracy on visitors are told that a position is to be surveyed."""

_VERDICTS = {None: "", "approved": ", approuvée", "returned": ", à revoir"}
_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to do, where, and since or until when."""

    text: str
    url: str
    told: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """Things to do of one kind."""

    heading: str
    items: Sequence[Item]


def list_due(session: Session, *, by: Actor, today: date) -> list[Due]:
    """Return what somebody with these permissions can see to; kinds without any are left out."""
    stops = list_standing(session)
    reviews = list_waiting(session)
    kinds: list[Due] = []
    if "stops:draft" in by.permissions:
        kinds.append(Due("Vos brouillons", _drafts(session, by)))
        kinds.append(Due("Réponses à vos relectures", list(_answered(reviews, by))))
        kinds.append(Due("Commentaires à régler", list(_discussed(session))))
    if "stops:publish" in by.permissions:
        kinds.append(Due("Relectures demandées", list(_asked(reviews, by))))
        kinds.append(Due("À relire et à publier", list(_waiting(stops, reviews))))
        kinds.append(Due("Publié bientôt", list(_planned(stops))))
        kinds.append(Due("Retiré bientôt", list(_ending(stops))))
        kinds.append(Due("Fermetures qui finissent", list(_reopening(session, stops, today))))
    if "stops:draft" in by.permissions:
        kinds.append(Due("Le son manque, ou dit un texte plus ancien", _silent(session)))
        kinds.append(Due("À traduire", list(_untranslated(stops))))
    if "stops:publish" in by.permissions:
        kinds.append(Due("Positions à relever sur place", list(_vague(session, stops))))
    if "signs:manage" in by.permissions:
        pressing = list(_pressing(session, stops, today))
        kinds.append(Due("Panneaux abîmés, signalés ou muets", pressing))
    return [kind for kind in kinds if kind.items]


def _drafts(session: Session, by: Actor) -> list[Item]:
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


def _asked(reviews: Sequence[Waiting], by: Actor) -> Iterator[Item]:
    for each in reviews:
        review = each.review
        is_for_me = (
            review.asked_of_id in {None, by.person_id} and review.asked_by_id != by.person_id
        )
        if review.verdict is None and is_for_me:
            told = f"par {review.asked_by.name}, le"
            yield Item(text=_titled(each), url=_version(each), told=told, at=review.asked_at)


def _answered(reviews: Sequence[Waiting], by: Actor) -> Iterator[Item]:
    for each in reviews:
        review = each.review
        if review.answered_by is not None and review.asked_by_id == by.person_id:
            answer = "approuvé" if review.verdict == "approved" else "à revoir"
            told = f"{answer}, dit {review.answered_by.name}, le"
            yield Item(text=_titled(each), url=_version(each), told=told, at=review.answered_at)


def _discussed(session: Session) -> Iterator[Item]:
    for each in list_discussed(session):
        told = "un commentaire" if each.threads == 1 else f"{each.threads} commentaires"
        yield Item(text=_titled(each), url=f"{_version(each)}#commentaires", told=told)


def _titled(each: Waiting | Discussed) -> str:
    return f"{each.revision.title} ({telling_name(each.telling.lang, each.telling.variant)})"


def _version(each: Waiting | Discussed) -> str:
    return f"{address_of('versions', each.telling)}/{each.revision.number}"


def _each(stops: Sequence[StandingStop]) -> Iterator[tuple[StandingStop, Standing]]:
    return ((stop, each) for stop in stops for each in stop.narratives)


def _waiting(stops: Sequence[StandingStop], reviews: Sequence[Waiting]) -> Iterator[Item]:
    verdicts = {each.telling: each.review.verdict for each in reviews}
    for stop, each in _each(stops):
        if each.is_waiting:
            verdict = verdicts.get(_telling(stop, each))
            told = f"version {each.number}{_VERDICTS[verdict]}"
            yield Item(text=_named(each), url=_versions(stop, each), told=told)


def _planned(stops: Sequence[StandingStop]) -> Iterator[Item]:
    for stop, each in _each(stops):
        if each.scheduled_at is not None:
            url = _versions(stop, each)
            yield Item(text=_named(each), url=url, told="prévu le", at=each.scheduled_at)


def _ending(stops: Sequence[StandingStop]) -> Iterator[Item]:
    for stop, each in _each(stops):
        if each.ends_at is not None:
            yield Item(text=_named(each), url=_versions(stop, each), told="le", at=each.ends_at)


def _silent(session: Session) -> list[Item]:
    spoken = select(Narration.revision_id).where(Narration.state == "ready")
    failure = (
        select(Narration.failure)
        .where(Narration.revision_id == Revision.id, Narration.state == "failed")
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Stop.slug, Narrative, Revision.title, failure)
        .join(Narrative, Narrative.stop_id == Stop.id)
        .join(Revision, Revision.id == Narrative.published_revision_id)
        .where(Revision.id.not_in(spoken))
        .order_by(Stop.number),
    )
    return [
        Item(
            text=f"{title} ({telling_name(narrative.lang, narrative.variant)})",
            url=address_of(
                "edit", Telling(slug=slug, lang=narrative.lang, variant=narrative.variant)
            ),
            told=f"la voix n’y arrive pas\u202f: {why}" if why else "la voix y travaille",
        )
        for slug, narrative, title, why in rows
    ]


def _reopening(session: Session, stops: Sequence[StandingStop], today: date) -> Iterator[Item]:
    for stop, title in _places(session, stops, Stop.closures_due_on.is_not(None)):
        for closure in closures_of(stop):
            last = closure.until_day
            if last is not None and today <= last <= today + _SOON:
                told = f"dernier jour\u202f: {format_date(last, 'd MMMM', locale='fr')}"
                yield Item(text=title, url=f"/bureau/arrets/{stop.slug}/lieu", told=told)


def _vague(session: Session, stops: Sequence[StandingStop]) -> Iterator[Item]:
    for stop, title in _places(session, stops, Stop.accuracy_m > VAGUE_M):
        told = f"connue à {stop.accuracy_m}\u202fm près"
        yield Item(text=title, url=f"/bureau/arrets/{stop.slug}/lieu", told=told)


def _pressing(session: Session, stops: Sequence[StandingStop], today: date) -> Iterator[Item]:
    titles = {stop.slug: stop.title for stop in stops}
    for each in list_register(session, SignQuery(states=HANGING), today=today):
        if each.is_pressing:
            sign = each.sign
            text = f"{sign.code}, {titles.get(sign.stop.slug, sign.stop.slug)}"
            yield Item(text=text, url=f"/bureau/panneaux/{sign.code}", told=sign.place)


def _places(
    session: Session,
    stops: Sequence[StandingStop],
    which: ColumnElement[bool],
) -> Iterator[tuple[Stop, str]]:
    titles = {stop.slug: stop.title for stop in stops}
    chosen = select(Stop).where(which, Stop.archived_at.is_(None)).order_by(Stop.number)
    for stop in session.scalars(chosen):
        yield stop, titles[stop.slug]


def _untranslated(stops: Sequence[StandingStop]) -> Iterator[Item]:
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


def _named(each: Standing) -> str:
    return f"{each.title} ({telling_name(each.lang, each.variant)})"


def _versions(stop: StandingStop, each: Standing) -> str:
    return address_of("versions", _telling(stop, each))


def _telling(stop: StandingStop, each: Standing) -> Telling:
    return Telling(slug=stop.slug, lang=each.lang, variant=each.variant)
