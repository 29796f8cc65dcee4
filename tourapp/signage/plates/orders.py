"""What somebody orders: which signs, in which layout, packed how, of which day."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, get_args

from tourapp.signage.plates.formats import Layout

Packing = Literal["pdf", "png", "pdfs", "pngs"]

PACKINGS: tuple[Packing, ...] = get_args(Packing)
"""One PDF for all signs, a picture of one, or an archive with a PDF or a picture for each."""

SUFFIXES: dict[Packing, str] = {"pdf": "pdf", "png": "png", "pdfs": "zip", "pngs": "zip"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which signs are meant: those of these stops, those of these codes, or every one."""

    stops: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Signs to be printed; `wheelchair` says that whoever orders vouches for their places."""

    choice: Choice
    layout: Layout
    packing: Packing = "pdf"
    wheelchair: bool = False
    printed_on: date

    def kept(self) -> dict[str, Any]:
        """Return the order as JSON can keep it."""
        return asdict(self) | {"printed_on": self.printed_on.isoformat()}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Order":
        """Return the order that `kept` made."""
        choice, layout = kept["choice"], kept["layout"]
        several = {name: tuple(choice[name]) for name in ("stops", "codes")}
        return cls(
            choice=Choice(**choice | several),
            layout=Layout(**layout),
            packing=kept["packing"],
            wheelchair=kept["wheelchair"],
            printed_on=date.fromisoformat(kept["printed_on"]),
        )
