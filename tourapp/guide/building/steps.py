"""The keys of the builder: each saves what is written, and does one thing to the halts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tourapp.errors import InvalidError
from tourapp.guide.building.moves import Halts, come_back, moved, reordered, without
from tourapp.itineraries.content import HaltContent


@dataclass(frozen=True, slots=True)
class Step:
    """The halts after a key was pressed, where the page goes on, and what it says."""

    halts: Halts
    anchor: str
    said: str = "C’est enregistré."


def take_step(pressed: str, halts: Halts) -> Step:
    """Do what a key stands for, such as `up:3` or `add:terril`. Raises InvalidError."""
    name, _, about = pressed.partition(":")
    try:
        return _STEPS[name](halts, about)
    except (KeyError, ValueError, IndexError):
        message = f"no key of the builder is called {pressed!r}"
        raise InvalidError(message) from None


def add(halts: Halts, halt: HaltContent) -> Step:
    """Add a halt at the end."""
    return Step((*halts, halt), f"halte-{len(halts) + 1}", "La halte est ajoutée à la fin.")


def _save(halts: Halts, _: str) -> Step:
    return Step(halts, "")


def _up(halts: Halts, about: str) -> Step:
    place = _place(about, halts)
    anchor = f"monter-{place - 1}" if place > 2 else "descendre-1"  # noqa: PLR2004 -- below the first
    return Step(moved(halts, place - 1, by=-1), anchor, f"La halte est à la place {place - 1}.")


def _down(halts: Halts, about: str) -> Step:
    place = _place(about, halts)
    is_last = place + 1 >= len(halts)
    anchor = f"monter-{len(halts)}" if is_last else f"descendre-{place + 1}"
    return Step(moved(halts, place - 1, by=1), anchor, f"La halte est à la place {place + 1}.")


def _remove(halts: Halts, about: str) -> Step:
    place = _place(about, halts)
    said = "La halte est retirée. «\u202fAnnuler\u202f» la remet."
    return Step(without(halts, place - 1), "haltes", said)


def _add_stop(halts: Halts, about: str) -> Step:
    return add(halts, HaltContent(stop=about))


def _come_back(halts: Halts, _: str) -> Step:
    return Step(come_back(halts), f"halte-{len(halts) + 1}", "La visite revient à son départ.")


def _reorder(halts: Halts, about: str) -> Step:
    order = [int(place) - 1 for place in about.split(",")]
    if sorted(order) != list(range(len(halts))):
        message = "an order names each halt once"
        raise ValueError(message)
    return Step(reordered(halts, order), "haltes", "L’ordre proposé est appliqué.")


def _search(halts: Halts, _: str) -> Step:
    return Step(halts, "ajouter", "")


def _propose(halts: Halts, _: str) -> Step:
    return Step(halts, "ordre", "")


def _place(about: str, halts: Halts) -> int:
    place = int(about)
    if not 1 <= place <= len(halts):
        message = "there is no such halt"
        raise ValueError(message)
    return place


_STEPS: Mapping[str, Callable[[Halts, str], Step]] = {
    "save": _save,
    "up": _up,
    "down": _down,
    "remove": _remove,
    "add": _add_stop,
    "return": _come_back,
    "order": _reorder,
    "search": _search,
    "propose": _propose,
}
