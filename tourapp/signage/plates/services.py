"""Plates from the database: what each sign says today, of the published stop that it leads to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.accounts.services import Actor
from tourapp.errors import ConflictError, InvalidError
from tourapp.narration.queries import Heard, find_heard_of
from tourapp.signage.codes import sign_url
from tourapp.signage.models import Sign
from tourapp.signage.plates.content import Pictogram, Plate, PlateError, SecondLanguage
from tourapp.signage.plates.orders import Choice
from tourapp.signage.register.services import record_printed
from tourapp.signage.services import get_leading_sign, get_sign
from tourapp.stops.content import LANGUAGES
from tourapp.stops.models import Narrative, Revision, Stop
from tourapp.stops.services import get_stop

MOST_PLATES = 300
"""How many plates one batch may hold: setting each takes some 2 MB of memory."""

FRENCH, EASY_FRENCH = ("fr", "standard"), ("fr", "facile")

Texts = Mapping[tuple[str, str], Revision]


def list_chosen(session: Session, choice: Choice) -> list[Sign]:
    """Return the signs of a choice, each once, in the order of their stops.

    Raises NotFoundError for a stop or a code that does not exist, RetiredSignError for a code that
    leads nowhere any more, and InvalidError for nothing, or more than `MOST_PLATES`.
    """
    stop_ids = [get_stop(session, slug).id for slug in choice.stops]
    codes = [get_leading_sign(session, typed).code for typed in choice.codes]
    leading = select(Sign).join(Stop, Stop.id == Sign.stop_id).where(Sign.retired_at.is_(None))
    leading = leading.where(Stop.archived_at.is_(None))
    chosen = leading.order_by(Stop.number, Sign.id)
    if not choice.all:
        chosen = chosen.where(Sign.stop_id.in_(stop_ids) | Sign.code.in_(codes))
    signs = list(session.scalars(chosen.limit(MOST_PLATES + 1)))
    if not 0 < len(signs) <= MOST_PLATES:
        message = f"a batch is made of 1 to {MOST_PLATES} signs, got {len(signs) or 'none'}"
        raise InvalidError(message)
    return signs


def list_plates(
    session: Session,
    signs: Sequence[Sign],
    *,
    public_url: str,
    engines: Sequence[str],
    wheelchair: bool,
) -> list[Plate]:
    """Return what each sign says.

    Raises PlateError for a sign whose stop has nothing published in French: a visitor would scan it
    in vain.
    """
    texts = _published(session, {sign.stop_id for sign in signs})
    french = [each[FRENCH] for each in texts.values() if FRENCH in each]
    heard = find_heard_of(session, french, engines=engines)
    return [
        _plate(
            sign,
            texts[sign.stop_id],
            heard,
            url=sign_url(public_url, sign.code),
            wheelchair=wheelchair,
        )
        for sign in signs
    ]


def record_plates(session: Session, plates: Sequence[Plate], *, by: Actor) -> None:
    """Tell the register what was printed.

    Raises ConflictError where a sign was moved, retired or numbered anew while it was printed.
    """
    for plate in plates:
        sign = get_sign(session, plate.code)
        if sign.stop.number != plate.number:
            message = f"sign {plate.code} leads elsewhere since it was printed: print it again"
            raise ConflictError(message)
        record_printed(session, sign, url=plate.url, version=f"v{plate.version}", by=by)


def _published(session: Session, stop_ids: set[int]) -> Mapping[int, Texts]:
    rows = session.execute(
        select(Narrative, Revision)
        .join(Revision, Revision.id == Narrative.published_revision_id)
        .where(Narrative.stop_id.in_(stop_ids)),
    )
    texts: defaultdict[int, dict[tuple[str, str], Revision]] = defaultdict(dict)
    for narrative, revision in rows:
        texts[narrative.stop_id][narrative.lang, narrative.variant] = revision
    return texts


def _plate(
    sign: Sign,
    texts: Texts,
    heard: Mapping[int, Heard],
    *,
    url: str,
    wheelchair: bool,
) -> Plate:
    stop = sign.stop
    if FRENCH not in texts:
        message = f"sign {sign.code}: nothing of stop {stop.slug!r} is published in French"
        raise PlateError(message)
    french = texts[FRENCH]
    sound = heard.get(french.id)
    return Plate(
        code=sign.code,
        url=url,
        number=stop.number,
        title=french.title,
        lede=french.lede,
        second=_second(texts),
        duration_s=sound.narration.duration_s if sound else None,
        pictograms=_pictograms(texts, is_heard=sound is not None, wheelchair=wheelchair),
        version=french.number,
        drawing=stop.drawing_media,
        drawing_alt=french.drawing_alt,
    )


def _pictograms(texts: Texts, *, is_heard: bool, wheelchair: bool) -> tuple[Pictogram, ...]:
    holds: dict[Pictogram, bool] = {
        "listen": is_heard,
        "read": True,
        "easy": EASY_FRENCH in texts,
        "wheelchair": wheelchair,
    }
    return tuple(pictogram for pictogram, is_shown in holds.items() if is_shown)


def _second(texts: Texts) -> SecondLanguage | None:
    for lang in LANGUAGES[1:]:
        if text := texts.get((lang, "standard")):
            return SecondLanguage(lang=lang, title=text.title, lede=text.lede)
    return None
