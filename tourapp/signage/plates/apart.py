"""Printing in a process of its own: what setting type takes in memory goes back to the system."""

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from tourapp.errors import UnavailableError
from tourapp.signage.plates.content import Batch
from tourapp.signage.plates.orders import Order


def print_apart(batch: Batch, order: Order, *, root: Path) -> bytes:
    """Return the file of an order; raises as `Press` does, or UnavailableError for a killed one."""
    # Not forked: a worker has threads, whose locks a copy would inherit.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        try:
            return processes.submit(print_here, batch, order, root=root).result()
        except BrokenProcessPool as error:
            message = "the process that printed these signs was ended"
            raise UnavailableError(message) from error


def print_here(batch: Batch, order: Order, *, root: Path) -> bytes:
    """Return the file of an order, printed in this process."""
    # A worker starts printing processes, and is none.
    from tourapp.signage.plates.printing import Press  # noqa: PLC0415
    from tourapp.signage.plates.typesetting import Typesetter  # noqa: PLC0415

    return Press(Typesetter(root), order.layout).print_packed(batch, order.packing)
