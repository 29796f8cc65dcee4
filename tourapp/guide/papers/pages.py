"""The road book of an itinerary, in the version of whoever leads it."""

from zoneinfo import ZoneInfo

from flask import Blueprint, request
from marshmallow import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from tourapp.accounts.signing.guards import needs, viewing
from tourapp.errors import InvalidError
from tourapp.guide.moments import local_moment
from tourapp.itineraries.queries import get_itinerary
from tourapp.itineraries.services import may_lead
from tourapp.visit.roadbook.api import paper
from tourapp.visit.roadbook.content import Version, Wish
from tourapp.visit.roadbook.gathering import gather_road_book
from tourapp.visit.roadbook.schemas import WishSchema
from tourapp.visit.roadbook.setting import set_road_book
from tourapp.web.context import current_resources

papers = Blueprint("papers", __name__, url_prefix="/guide/itineraires")


@papers.get("/<slug>/feuille-de-route.pdf")
@needs("itineraries:write")
def road_book(slug: str) -> AnyResponse:
    """Return an itinerary as a road book, with its notes for who may lead it."""
    settings = current_resources().settings
    with viewing() as view:
        itinerary = get_itinerary(view.session, slug, viewer=view.by)
        version: Version = "guide" if may_lead(itinerary, view.by) else "public"
        wish = _wish(version, zone=ZoneInfo(settings.time_zone))
        book = gather_road_book(view.session, itinerary, wish, settings=settings, viewer=view.by)
    written = set_road_book(book, format=wish.format, root=settings.root)
    return paper(written, name=f"{slug}-{wish.version}-{wish.format}", is_private=True)


def _wish(version: Version, *, zone: ZoneInfo) -> Wish:
    """Return what is asked for; where no version is, the fullest that one may read.

    A form tells the moment of the start by the place's clock, or leaves it empty.
    """
    asked = request.args.to_dict()
    starts_at = local_moment(asked.pop("depart", ""), zone=zone)
    told = {} if starts_at is None else {"start": starts_at.isoformat()}
    try:
        wish: Wish = WishSchema().load({"version": version} | asked | told)
    except ValidationError as error:
        raise InvalidError(str(error)) from error
    return wish
