"""Road books over HTTP: the public one for everybody who sees the itinerary."""

from flask import Response, request

from tourapp.accounts.guards import WELCOMING, welcoming
from tourapp.itineraries.api import WRITE
from tourapp.itineraries.queries import get_itinerary
from tourapp.visit.roadbook.content import Wish
from tourapp.visit.roadbook.schemas import WishSchema
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current_resources

road_books = ApiBlueprint(
    "road_books",
    __name__,
    url_prefix="/api/v1/itineraries",
    description="Itineraries on paper",
)


@road_books.get("/<slug>/roadbook.pdf")
@road_books.doc(**WELCOMING)
@road_books.arguments(WishSchema, location="query")
@road_books.response(200, {"type": "string", "format": "binary"}, content_type="application/pdf")
def get_road_book(wish: Wish, slug: str) -> Response:
    """Return an itinerary as a road book; the guide's version needs a token that may lead it."""
    # What sets type is seldom asked for, and no light weight.
    from tourapp.visit.roadbook.gathering import gather_road_book  # noqa: PLC0415
    from tourapp.visit.roadbook.setting import set_road_book  # noqa: PLC0415

    settings = current_resources().settings
    with welcoming(WRITE) as (session, viewer):
        itinerary = get_itinerary(session, slug, viewer=viewer)
        book = gather_road_book(session, itinerary, wish, settings=settings, viewer=viewer)
    written = set_road_book(book, format=wish.format, root=settings.root)
    return paper(
        written, name=f"{slug}-{wish.version}-{wish.format}", is_private=viewer is not None
    )


def paper(pdf: bytes, *, name: str, is_private: bool) -> Response:
    """Answer a PDF, which a browser shows under its own name."""
    answer = Response(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer.headers["Cache-Control"] = "no-store" if is_private else "no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
