"""What plates are made of: gathered from the database, the media store and the settings."""

import base64
from collections.abc import Sequence
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from tourapp.media import MediaStore
from tourapp.pictures.forms import make_form
from tourapp.resources import Resources
from tourapp.settings import Settings
from tourapp.signage.plates.content import Batch, Imprint, Plate
from tourapp.signage.plates.orders import Order
from tourapp.signage.plates.services import list_chosen, list_plates

# Sharp enough across an A4 plate at arm's length.
_PHOTOGRAPH = "jpg-1600"
_LOCAL_ENDINGS = ("localhost", ".local", ".lan", ".internal", ".home.arpa")


def gather(resources: Resources, order: Order) -> Batch:
    """Return everything that the plates of an order are made of.

    Raises what `list_chosen` and `list_plates` do, and NotFoundError where a drawing was lost.
    """
    settings = resources.settings
    with resources.database.reading() as session:
        plates = list_plates(
            session,
            list_chosen(session, order.choice),
            public_url=settings.public_url,
            engines=settings.engines,
            wheelchair=order.wheelchair,
        )
    return Batch(
        plates=tuple(plates),
        drawings=_drawings(resources.media, plates),
        imprint=imprint(settings, printed_on=order.printed_on),
    )


def imprint(settings: Settings, *, printed_on: date) -> Imprint:
    """Return what an installation's plates have in common on a day."""
    logo = settings.organisation_logo
    return Imprint(
        organisation=settings.organisation,
        logo=as_svg(logo.read_bytes(), suffix=logo.suffix) if logo else None,
        printed_on=printed_on,
        trial=is_local(settings.public_url),
    )


def is_local(url: str) -> bool:
    """Tell whether an address leads nowhere from a visitor's phone."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_ENDINGS)


def as_svg(picture: bytes, *, suffix: str) -> str:
    """Return a drawing as it is, or a photograph as an SVG document that holds it.

    Raises InvalidError for what is no picture.
    """
    if suffix == ".svg":
        return picture.decode()
    made = make_form(picture, _PHOTOGRAPH, is_drawing=False)
    inside = base64.b64encode(made.content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {made.width} {made.height}">'
        f'<image width="{made.width}" height="{made.height}"'
        f' href="data:image/jpeg;base64,{inside}"/></svg>'
    )


def _drawings(media: MediaStore, plates: Sequence[Plate]) -> dict[str, str]:
    names = sorted({plate.drawing for plate in plates})
    return {name: as_svg(media.read(name), suffix=Path(name).suffix) for name in names}
