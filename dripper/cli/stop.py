"""The commands that stop sending, or let it go on: pause, resume, replied, suppress."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, pass_app

if TYPE_CHECKING:
    from collections.abc import Callable


@click.command
@click.argument("name", required=False, metavar="[CAMPAIGN|CONTACT|ACCOUNT|DOMAIN]")
@click.option("--all", "everything", is_flag=True, help="Stop all sending, on every worker.")
@pass_app
def pause(app: App, name: str | None, *, everything: bool) -> int:
    """Stop sending to a campaign, a contact, an account or a receiving domain, or `--all` at once."""
    from dripper.jobs.pause import pause as job

    return _switch(app, name, everything=everything, job=job)


@click.command
@click.argument("name", required=False, metavar="[CAMPAIGN|CONTACT|ACCOUNT|DOMAIN|MAILBOX]")
@click.option("--all", "everything", is_flag=True, help="End `pause --all`, and put all that is held in the queue.")
@pass_app
def resume(app: App, name: str | None, *, everything: bool) -> int:
    """Go on after a pause; what is held of it is tried again.

    A domain is also paused when its server objects to us. With MAILBOX: a mailbox that stopped or rests is used again,
    and what it has deferred is tried at once.
    """
    from dripper.jobs.pause import resume as job

    return _switch(app, name, everything=everything, job=job)


def _switch(app: App, name: str | None, *, everything: bool, job: Callable[..., str]) -> int:
    if everything == (name is not None):
        raise click.UsageError("name one campaign, contact, account or domain, or say --all")
    wiring = app.wiring
    click.echo(job(wiring.store, wiring.workspace, name, now=wiring.clock.now()))
    return 0


@click.command
@click.argument("contact")
@click.argument("text", default="")
@pass_app
def replied(app: App, contact: str, text: str) -> int:
    """Record that CONTACT (an address, or a name) answered, perhaps with TEXT; it stops the sequence."""
    from dripper.jobs.replied import replied as job

    wiring = app.wiring
    done = job(wiring.store, wiring.workspace, contact, text, now=wiring.clock.now())
    click.echo(f"Recorded the reply of {done.contact}.")
    for campaign, who in done.stopped:
        click.echo(f"  {campaign} stops for {who}")
    for campaign in done.goes_on:
        click.echo(f'  {campaign} goes on (on_reply = "go-on")')
    if not done.stopped and not done.goes_on:
        click.echo("  nothing was under way")
    return 0


@click.command
@click.argument("contact", metavar="EMAIL")
@pass_app
def suppress(app: App, contact: str) -> int:
    """Never write to EMAIL (or to the contact of a name) again, in no campaign, also from another clone."""
    from dripper.jobs.suppress import address_of
    from dripper.jobs.suppress import suppress as job

    wiring = app.wiring
    root = None if wiring.rehearsal else wiring.root
    address = address_of(wiring.store, wiring.workspace, contact)
    stopped = job(wiring.store, root, address, now=wiring.clock.now())
    where = f" {stopped} campaign{'' if stopped == 1 else 's'} stopped." if stopped else ""
    click.echo(f"{address} will never be written to again.{where}")
    return 0
