"""The life of a plate, from the plan to the day it is taken down."""

from tourapp.errors import ConflictError
from tourapp.signage.models import State

_NEXT: dict[State, tuple[State, ...]] = {
    "planned": ("printed", "installed"),
    "printed": ("installed", "removed"),
    "installed": ("damaged", "removed"),
    "damaged": ("installed", "removed"),
    "removed": ("installed",),
}
"""What may follow; a plate that is made anew is `printed` from wherever it was not up."""

_PRINTED: dict[State, State] = {"planned": "printed", "removed": "printed"}


class StateError(ConflictError):
    """A plate cannot become what is asked from what it is."""


def list_next(state: State) -> tuple[State, ...]:
    """Return what a plate may be found to be from now on, first what it is."""
    return (state, *_NEXT[state])


def check_next(state: State, wanted: State) -> None:
    """Raise StateError where a plate's state cannot follow on another."""
    if wanted != state and wanted not in _NEXT[state]:
        there_are = ", ".join(_NEXT[state])
        message = f"a sign that is {state} cannot become {wanted}; it can become: {there_are}"
        raise StateError(message)


def state_once_printed(state: State) -> State:
    """Return the state of a sign whose plate was printed; what hangs outside still hangs there."""
    return _PRINTED.get(state, state)
