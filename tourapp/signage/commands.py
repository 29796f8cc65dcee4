"""`tourapp signs`: the plates outside."""

import click

from tourapp.signage.plates.commands import make
from tourapp.signage.register.commands import add, check, list_, move, retire, set_
from tourapp.signage.rounds.commands import round_


@click.group()
def signs() -> None:
    """Know the signs outside, and look after them."""


for _command in (add, check, list_, make, move, retire, round_, set_):
    signs.add_command(_command)
