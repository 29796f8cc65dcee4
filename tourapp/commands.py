"""`tourapp serve` and `worker`: one part of an installation.

A server's processes are forked from here: what this loads, each of them carries along.
"""

import click

from tourapp import processes
from tourapp.resources import Resources


@click.command()
@click.pass_obj
def serve(resources: Resources) -> None:
    """Serve the pages and the API."""
    processes.serve(resources.settings)


@click.command()
@click.pass_obj
def worker(resources: Resources) -> None:
    """Make the sound that is wanted, until Ctrl-C."""
    processes.work(resources)
