"""The commands of the record itself: upgrade, check, copy, reopen."""

from __future__ import annotations

import click

from dripper.cli.app import App, pass_app, talk


@click.group
def store() -> None:
    """Bring the record of what was sent up to date, examine it, or copy it to another database."""


@store.command
@pass_app
def upgrade(app: App) -> int:
    """Bring the tables of an older dripper up to date; no worker may be running."""
    from dripper.jobs.store import upgrade as job

    opened = app.wiring.store_as_it_is
    before, after = job(opened, now=app.wiring.real_clock.now())
    if before == after:
        click.echo(f"{opened.place} is up to date (schema {after}).")
    else:
        click.echo(f"{opened.place} was brought from schema {before} to {after}.")
    return 0


@store.command
@pass_app
def check(app: App) -> int:
    """Examine the store: the file, the tables, the rows, the counts."""
    from dripper.jobs.store import check as job

    found = job(app.wiring.store_as_it_is, now=app.wiring.real_clock.now())
    for fault in found.faults:
        click.echo(fault)
    rows = ", ".join(f"{name} {count}" for name, count in found.rows.items() if count)
    click.echo(f"{found.place}: schema {found.version}; {rows or 'nothing in it yet'}.")
    click.echo(f"At work: {', '.join(found.workers)}." if found.workers else "Nobody is at work on it.")
    if found.faults:
        talk("Keep a copy of it before anything else; it is the only record of what was sent.")
    return 1 if found.faults else 0


@store.command
@click.option("--to", "url", required=True, metavar="URL", help="An empty database, as in [store] url.")
@pass_app
def copy(app: App, url: str) -> int:
    """Copy everything to an empty database and compare it; from then on only the copy may be used.

    No worker may be running. The old store is left as it is, but refuses to work until `dripper store reopen`.
    """
    from dripper.jobs.store import copy as job

    wiring = app.wiring
    target = wiring.store_at(url)
    rows = job(wiring.store_as_it_is, target, now=wiring.real_clock.now())
    for name, count in rows.items():
        click.echo(f"{name:<14}{count:>10}")
    click.echo(f"Copied to {target.place}, and compared. Nothing is sent until dripper.toml says:")
    click.echo(f'  [store]\n  url = "{target.url}"')
    return 0


@store.command
@pass_app
def reopen(app: App) -> int:
    """Use a store again that was copied elsewhere; make sure that nothing was sent from the copy."""
    from dripper.jobs.store import reopen as job

    opened = app.wiring.store_as_it_is
    moved = job(opened)
    click.echo(f"{opened.place} counts again, not {moved}." if moved else f"{opened.place} was never copied elsewhere.")
    return 0
