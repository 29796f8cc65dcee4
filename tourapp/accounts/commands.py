"""`tourapp people`: who works with the stops, and the tokens of their programs."""

import getpass
import socket
from collections.abc import Sequence
from datetime import UTC, datetime

import click

from tourapp.accounts.permissions import PERMISSIONS, ROLES
from tourapp.accounts.services import (
    Actor,
    create_person,
    disable_person,
    get_person,
    list_people,
    operator,
)
from tourapp.accounts.signing.letters import link_url
from tourapp.accounts.signing.links import INVITATION, make_link
from tourapp.accounts.tokens import issue_token
from tourapp.resources import Resources


def local_operator() -> Actor:
    """Return whoever runs this command, as the log will name them."""
    try:
        user = getpass.getuser()
    except OSError:
        user = "operator"
    return operator(f"{user}@{socket.gethostname()}", now=datetime.now(UTC))


@click.group()
def people() -> None:
    """Know who changes stops, and give them tokens."""


@people.command()
@click.argument("email")
@click.option("--name", default="", help="How the person is called; the address by default.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES))
@click.pass_obj
def create(resources: Resources, email: str, name: str, roles: Sequence[str]) -> None:
    """Make somebody known, with one role or several."""
    with resources.database.transaction() as session:
        by = local_operator()
        person = create_person(session, email=email, name=name, roles=roles, by=by)
    click.echo(f"{person.email} is known, with: {', '.join(sorted(set(roles)))}")


@people.command()
@click.argument("email")
@click.option("--name", default="", help="How the person is called; the address by default.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES))
@click.pass_obj
def invite(resources: Resources, email: str, name: str, roles: Sequence[str]) -> None:
    """Make somebody known, and print the link where they choose a password."""
    with resources.database.transaction() as session:
        by = local_operator()
        person = create_person(session, email=email, name=name, roles=roles, by=by)
        # The person's id is what the link refers to.
        session.flush()
        secret = make_link(session, person, good_for=INVITATION, by=by)
    _show_link(resources, secret)


@people.command()
@click.argument("email")
@click.pass_obj
def link(resources: Resources, email: str) -> None:
    """Print another link where somebody who is known chooses a password."""
    with resources.database.transaction() as session:
        person = get_person(session, email)
        secret = make_link(session, person, good_for=INVITATION, by=local_operator())
    _show_link(resources, secret)


@people.command()
@click.argument("email")
@click.option("--label", default="command", help="What the token is for.")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(PERMISSIONS))
@click.option("--days", default=90, help="How long it is good for (90).")
@click.pass_obj
def token(
    resources: Resources,
    email: str,
    label: str,
    scopes: Sequence[str],
    days: int,
) -> None:
    """Make a token for a person's program, and show it this once."""
    with resources.database.transaction() as session:
        person = get_person(session, email)
        by = local_operator()
        secret = issue_token(session, person, label=label, scopes=scopes, days=days, by=by)
    click.echo("The token, shown this once:", err=True)
    click.echo(secret)


@people.command("list")
@click.pass_obj
def list_(resources: Resources) -> None:
    """List everybody, with their roles."""
    with resources.database.reading() as session:
        for person in list_people(session):
            state = "disabled" if person.disabled_at else "active"
            click.echo(f"{state:<9} {person.email}  {', '.join(person.roles)}  {person.name}")


@people.command()
@click.argument("email")
@click.pass_obj
def disable(resources: Resources, email: str) -> None:
    """Refuse every token of a person from now on; what they did stays in the log."""
    with resources.database.transaction() as session:
        person = get_person(session, email)
        disable_person(session, person, by=local_operator())
    click.echo(f"{person.email} is disabled")


def _show_link(resources: Resources, secret: str) -> None:
    click.echo(f"A password is chosen here, once, within {INVITATION.days} days:", err=True)
    click.echo(link_url(resources.settings, secret))
