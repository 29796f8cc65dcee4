"""Every stop as a line of a table, for whoever plans with a spreadsheet."""

from collections import defaultdict
from collections.abc import Iterator
from typing import IO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tourapp.signage.models import Sign
from tourapp.stops.content import LANGUAGES, VARIANTS
from tourapp.stops.models import Narrative, Revision, Stop
from tourapp.web.addresses import Addresses
from tourapp.web.sheets import sheet

Cell = str | int | float | None

_TELLINGS = tuple((lang, variant) for lang in LANGUAGES for variant in VARIANTS)

HEADINGS = (
    "Numéro",
    "Nom",
    *(f"Titre ({lang})" for lang in LANGUAGES),
    *(
        f"État ({lang}{'' if variant == 'standard' else f', {variant}'})"
        for lang, variant in _TELLINGS
    ),
    "Latitude",
    "Longitude",
    "Précision (m)",
    "Source de la position",
    "Altitude (m)",
    "Fermé à des dates",
    "Archivé",
    "Panneaux",
    "Page",
    "Bureau",
)


def list_lines(session: Session, addresses: Addresses) -> Iterator[tuple[Cell, ...]]:
    """Yield a line for each stop, published or not, by number."""
    tellings, signs = _tellings(session), _signs(session)
    for stop in session.scalars(select(Stop).order_by(Stop.number)):
        told = tellings.get(stop.id, {})
        yield (
            stop.number,
            stop.slug,
            *(told.get((lang, "standard"), (None, None))[0] for lang in LANGUAGES),
            *(told.get(telling, (None, None))[1] for telling in _TELLINGS),
            stop.latitude,
            stop.longitude,
            stop.accuracy_m,
            stop.position_source,
            stop.altitude_m,
            "oui" if stop.closures else None,
            "oui" if stop.archived_at else None,
            ", ".join(signs[stop.id]),
            addresses.stop_page(stop.slug, lang=LANGUAGES[0]),
            f"{addresses.base}/bureau/arrets/{stop.slug}/lieu",
        )


def csv_table(lines: Iterator[tuple[Cell, ...]]) -> bytes:
    """Return the lines as the spreadsheets of a French desk read them."""
    return sheet(HEADINGS, lines, delimiter=";").encode("utf-8-sig")


def write_workbook(lines: Iterator[tuple[Cell, ...]], file: IO[bytes]) -> None:
    """Write the lines as an Excel workbook; a text is a text in it, whatever it begins with."""
    from xlsxwriter import Workbook  # noqa: PLC0415 -- seldom asked for

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with Workbook(file, options) as workbook:
        page = workbook.add_worksheet("Arrêts")
        page.freeze_panes(1, 2)
        page.set_column(0, 0, 9)
        page.set_column(1, len(HEADINGS) - 1, 22)
        page.write_row(0, 0, HEADINGS, workbook.add_format({"bold": True}))
        for row, line in enumerate(lines, start=1):
            page.write_row(row, 0, line)


def _tellings(session: Session) -> dict[int, dict[tuple[str, str], tuple[str, str]]]:
    """Return of each stop's narratives the newest title, and whether visitors see that text."""
    newest = (
        select(Revision.narrative_id, func.max(Revision.number).label("number"))
        .group_by(Revision.narrative_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Narrative.stop_id,
            Narrative.lang,
            Narrative.variant,
            Narrative.published_revision_id,
            Revision.id,
            Revision.title,
        )
        .join(Revision, Revision.narrative_id == Narrative.id)
        .join(
            newest,
            (newest.c.narrative_id == Narrative.id) & (newest.c.number == Revision.number),
        ),
    )
    told: defaultdict[int, dict[tuple[str, str], tuple[str, str]]] = defaultdict(dict)
    for stop_id, lang, variant, published_id, newest_id, title in rows:
        told[stop_id][lang, variant] = title, _state(published_id, newest_id)
    return told


def _state(published_id: int | None, newest_id: int) -> str:
    if published_id is None:
        return "pas publié"
    return "publié" if published_id == newest_id else "publié, un texte plus récent attend"


def _signs(session: Session) -> defaultdict[int, list[str]]:
    chosen = select(Sign.stop_id, Sign.code).where(Sign.retired_at.is_(None)).order_by(Sign.id)
    signs: defaultdict[int, list[str]] = defaultdict(list)
    for stop_id, code in session.execute(chosen):
        signs[stop_id].append(code)
    return signs
