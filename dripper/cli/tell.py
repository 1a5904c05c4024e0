"""The commands that tell what became of everything: status, why, ledger."""

from __future__ import annotations

from functools import partial

import click

from dripper.cli.app import App, json_option, page_width, pass_app, print_json, print_page
from dripper.cli.rehearsal import tell_of_later_records


@click.command
@json_option
@pass_app
def status(app: App, *, as_json: bool) -> int:
    """Show what was sent, is due, held or unknown, who is next, and what needs you."""
    from dripper.jobs.ahead import ahead_of
    from dripper.jobs.status import status as job
    from dripper.pages.status import status_json, status_text

    wiring = app.wiring
    tell_of_later_records(app)
    store, loaded = wiring.store_to_read, wiring.loaded
    ahead = ahead_of(
        store,
        loaded.workspace,
        now=wiring.clock.now(),
        rehearsal=wiring.rehearsal,
        suppressed=wiring.suppressed,
    )
    found = job(store, loaded, ahead)
    if as_json:
        print_json(status_json(found))
    else:
        print_page(status_text(found, wiring.zone, width=page_width()))
    return 0


@click.command
@click.argument("contact")
@json_option
@pass_app
def why(app: App, contact: str, *, as_json: bool) -> int:
    """Tell why CONTACT (an address, or a name) got or will get what."""
    from dripper.jobs.ahead import foreseen
    from dripper.jobs.why import why as job
    from dripper.pages.why import why_json, why_text

    wiring = app.wiring
    store = wiring.store_to_read
    foresee = partial(
        foreseen,
        store,
        wiring.workspace,
        now=wiring.clock.now(),
        rehearsal=wiring.rehearsal,
        suppressed=wiring.suppressed,
    )
    story = job(store, wiring.workspace, contact, foresee=foresee)
    if as_json:
        print_json(why_json(story))
    else:
        print_page(why_text(story, app.wiring.zone))
    return 0


@click.command
@json_option
@pass_app
def ledger(app: App, *, as_json: bool) -> int:
    """Show every count per campaign; each planned message is in exactly one column."""
    from dripper.jobs.ledger import ledger as job
    from dripper.pages.ledger import ledger_json, ledger_text

    lines = job(app.wiring.store_to_read)
    if as_json:
        print_json(ledger_json(lines))
    else:
        print_page(ledger_text(lines, width=page_width()))
    return 0
