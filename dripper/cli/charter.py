"""The command `charter`: agreed objectives and metrics, or the agenda of the call that agrees on them."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from dripper.cli.app import App, pass_app
from dripper.cli.paper import Paper, deliver, paper_options


@click.command
@click.argument("account")
@paper_options
@pass_app
def charter(app: App, /, account: str, **options: Any) -> int:
    """Show what ACCOUNT and we agreed on, and what is still open.

    When nothing is agreed: the agenda of the kick-off call.
    """
    from dripper.jobs.accounts import sound_account
    from dripper.pages.charter import charter_json, charter_page

    found, today = sound_account(app.wiring.loaded, app.wiring.workspace, account), app.wiring.today()
    page, document = partial(charter_page, found, today=today), partial(charter_json, found, today=today)
    deliver(app, Paper(**options), page, document, name=f"{account}-charter")
    return 0
