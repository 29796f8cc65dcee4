"""`tourapp signs list`, `add`, `set`, `check`, `move`, `retire`: the register from a terminal."""

from collections.abc import Callable
from functools import partial

import click

from tourapp.accounts.commands import local_operator
from tourapp.resources import Resources
from tourapp.signage.codes import sign_url
from tourapp.signage.models import STATES, Sign, State
from tourapp.signage.register.queries import SignQuery, list_signs
from tourapp.signage.register.services import (
    add_sign,
    change_sign,
    check_sign,
    move_sign,
    restore_sign,
    retire_sign,
)
from tourapp.signage.services import get_sign

STATE = click.Choice(STATES)


@click.command("list")
@click.option("--stop", help="Only the signs of this stop.")
@click.option("--state", "states", multiple=True, type=STATE, help="Only signs in this state.")
@click.option("--retired", is_flag=True, help="Those that lead nowhere any more.")
@click.pass_obj
def list_(
    resources: Resources, stop: str | None, states: tuple[State, ...], *, retired: bool
) -> None:
    """List the signs, by the number of their stop."""
    query = SignQuery(stop=stop, states=states, retired=retired)
    with resources.database.reading() as session:
        for sign in list_signs(session, query):
            click.echo(told(sign))


@click.command()
@click.argument("slug")
@click.option("--place", default="", help="Where it hangs, in words.")
@click.option("--support", default="", help="What it is fixed to.")
@click.pass_obj
def add(resources: Resources, slug: str, place: str, support: str) -> None:
    """Plan another sign for a stop, under a new code."""
    described = {"place": place, "support": support}
    with resources.database.transaction() as session:
        sign = add_sign(session, slug, described, by=local_operator())
    click.echo(f"{sign.code}  {sign_url(resources.settings.public_url, sign.code)}")


@click.command("set")
@click.argument("code")
@click.option("--state", type=STATE, help="What became of the plate.")
@click.option("--place", help="Where it hangs, in words.")
@click.option("--support", help="What it is fixed to.")
@click.option("--note", help="What the next person should know.")
@click.pass_obj
def set_(resources: Resources, /, code: str, state: State | None, **described: str | None) -> None:
    """Describe a sign anew, or say what became of its plate."""
    given = {name: words for name, words in described.items() if words is not None}
    _change(resources, code, partial(change_sign, described=given, state=state))


@click.command()
@click.argument("code")
@click.option("--state", type=STATE, help="In what state it was found.")
@click.option("--note", help="What the next person should know.")
@click.pass_obj
def check(resources: Resources, code: str, state: State | None, note: str | None) -> None:
    """Note that somebody stood before a sign."""
    _change(resources, code, partial(check_sign, state=state, note=note))


@click.command()
@click.argument("code")
@click.argument("slug")
@click.pass_obj
def move(resources: Resources, code: str, slug: str) -> None:
    """Let a sign lead to another stop from now on."""
    _change(resources, code, partial(move_sign, to=slug))


@click.command()
@click.argument("code")
@click.option("--undo", is_flag=True, help="Let it lead to its stop again.")
@click.pass_obj
def retire(resources: Resources, code: str, *, undo: bool) -> None:
    """Let a sign lead nowhere any more; its code is never used again."""
    _change(resources, code, restore_sign if undo else retire_sign)


def told(sign: Sign) -> str:
    """Return one line that tells of a sign."""
    state = "retired" if sign.retired_at else sign.state
    where = " · ".join(part for part in (sign.place, sign.support) if part)
    return f"{sign.code}  {state:<9} {sign.stop.number:>3} {sign.stop.slug}  {where}".rstrip()


def _change(resources: Resources, code: str, change: Callable[..., Sign]) -> None:
    with resources.database.transaction() as session:
        tag = str(get_sign(session, code).version)
        line = told(change(session, code, tag=tag, by=local_operator()))
    click.echo(line)
