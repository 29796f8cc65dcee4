"""The way to a halt over HTTP: shown, replaced by a path from a file, estimated again."""

from collections.abc import Mapping

from babel import Locale
from flask import Blueprint, abort, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import changing, needs, receives, viewing
from tourapp.errors import StaleError
from tourapp.guide.drawings import DRAWING_FAULTS, LONGEST_FORM_BYTES, MOST_MB
from tourapp.itineraries.content import LONGEST
from tourapp.itineraries.drawings.content import MOST_POINTS, UnreadableDrawingError
from tourapp.itineraries.outline import outline
from tourapp.itineraries.paths import FAR_M, DrawnPath, read_path
from tourapp.itineraries.queries import get_itinerary
from tourapp.itineraries.services import get_for_change
from tourapp.itineraries.ways import gaps_of, remove_path, set_path
from tourapp.visit.figures import distance
from tourapp.visit.touring.mapping import drawn_map
from tourapp.web.frames import onwards, page, sent

WRITE = "itineraries:write"

_FRENCH = Locale("fr")

ways = Blueprint(
    "ways", __name__, url_prefix="/guide/itineraires/<slug>/chemins/<whole(min=2):place>"
)


@ways.get("")
@needs(WRITE)
def way(slug: str, place: int) -> AnyResponse:
    """Show the way to a halt."""
    return _way(slug, place)


@ways.post("")
@needs(WRITE)
@receives(LONGEST_FORM_BYTES)
def post_path(slug: str, place: int) -> AnyResponse:
    """Let the path of a file lead to a halt."""
    source = sent("source").strip()
    if faults := _find_faults(source):
        return _way(slug, place, faults=faults)
    uploaded = request.files["path"]
    try:
        points = read_path(uploaded.read())
        with changing() as act:
            path = DrawnPath(points, source)
            changed = set_path(act.session, slug, place, path, tag=sent("tag"), by=act.by)
            gaps = gaps_of(changed, place, points)
    except UnreadableDrawingError as error:
        return _way(slug, place, faults={"path": DRAWING_FAULTS[error.fault]})
    except StaleError:
        return _was_overtaken(slug)
    finally:
        uploaded.close()
    flash(f"Ce chemin mène maintenant à la halte {place}.")
    if max(gaps) > FAR_M:
        flash(_doubt(gaps, place))
        return onwards(url_for("ways.way", slug=slug, place=place))
    return onwards(url_for("building.builder", slug=slug, _anchor=f"halte-{place}"))


@ways.post("/estimer")
@needs(WRITE)
def post_path_end(slug: str, place: int) -> AnyResponse:
    """Go back to the estimate."""
    try:
        with changing() as act:
            remove_path(act.session, slug, place, tag=sent("tag"), by=act.by)
    except StaleError:
        return _was_overtaken(slug)
    flash("Le chemin est retiré\u202f: la distance est de nouveau estimée.")
    return onwards(url_for("building.builder", slug=slug, _anchor=f"halte-{place}"))


def _find_faults(source: str) -> dict[str, str]:
    faults = {}
    if not request.files.get("path"):
        faults["path"] = "Choisissez un fichier GPX, KML ou GeoJSON."
    if not 0 < len(source) <= LONGEST["meeting"]:
        faults["source"] = (
            f"Dites d’où vient ce chemin, en {LONGEST['meeting']} caractères au plus."
        )
    return faults


def _doubt(gaps: tuple[int, int], place: int) -> str:
    begins, ends = (distance(gap, locale=_FRENCH) for gap in gaps)
    return (
        f"Il commence à {begins} de la halte {place - 1} et finit à {ends} de la halte {place}"
        "\u202f: est-ce le bon fichier, dans le bon sens\u202f? Sinon, retirez-le."
    )


def _was_overtaken(slug: str) -> AnyResponse:
    flash("Cet itinéraire a changé entre-temps\u202f: rien n’a été fait. Voici où il en est.")
    return onwards(url_for("building.builder", slug=slug))


def _way(slug: str, place: int, *, faults: Mapping[str, str] | None = None) -> AnyResponse:
    with viewing() as view:
        itinerary = get_itinerary(view.session, slug, viewer=view.by)
        get_for_change(view.session, slug, tag=str(itinerary.version), by=view.by)
        outlined = outline(view.session, itinerary)
    if place > len(outlined.places):
        abort(404)
    before, there = outlined.places[place - 2 : place]
    return page(
        "way.html",
        "guide",
        itinerary=itinerary,
        before=before,
        there=there,
        stage=outlined.plan.stages[place - 1],
        map=drawn_map([before, there]),
        most_points=MOST_POINTS,
        most_mb=MOST_MB,
        source=sent("source"),
        faults=faults,
    )
