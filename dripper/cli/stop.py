"""The commands that stop sending, or let it go on: pause, resume, replied, suppress."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, pass_app

if TYPE_CHECKING:
    from collections.abc import Callable


@click.command
@click.argument("name", required=False, metavar="[CAMPAIGN|CONTACT|ACCOUNT]")
@click.option("--all", "everything", is_flag=True, help="Stop all sending, on every worker.")
@pass_app
def pause(app: App, name: str | None, *, everything: bool) -> int:
    """Stop sending to a campaign, a contact or an account, or `--all` at once."""
    from dripper.jobs.pause import pause as job

    return _switch(app, name, everything=everything, job=job)


@click.command
@click.argument("name", required=False, metavar="[CAMPAIGN|CONTACT|ACCOUNT|MAILBOX]")
@click.option("--all", "everything", is_flag=True, help="End `pause --all`, and put all that is held in the queue.")
@pass_app
def resume(app: App, name: str | None, *, everything: bool) -> int:
    """Go on after a pause; what is held of it is tried again, and a stopped mailbox is used again."""
    from dripper.jobs.pause import resume as job

    return _switch(app, name, everything=everything, job=job)


def _switch(app: App, name: str | None, *, everything: bool, job: Callable[..., str]) -> int:
    if everything == (name is not None):
        raise click.UsageError("name one campaign, contact or account, or say --all")
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
@click.argument("email")
@pass_app
def suppress(app: App, email: str) -> int:
    """Never write to EMAIL again, in no campaign, also from another clone of the workspace."""
    from dripper.jobs.suppress import suppress as job

    wiring = app.wiring
    stopped = job(wiring.store, None if wiring.rehearsal else wiring.root, email, now=wiring.clock.now())
    where = f" {stopped} campaign{'' if stopped == 1 else 's'} stopped." if stopped else ""
    click.echo(f"{email} will never be written to again.{where}")
    return 0
