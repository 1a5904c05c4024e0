"""The command `scorecard`: the page of progress that the client sees."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from dripper.cli.app import App, pass_app, talk
from dripper.cli.paper import Paper, deliver, paper_options


@click.command
@click.argument("account")
@paper_options
@pass_app
def scorecard(app: App, /, account: str, **options: Any) -> int:
    """Make the page of progress to share with ACCOUNT.

    It holds agreed objectives and metrics, promises that we kept, and facts with `internal = false`: nothing else of
    the files, in no format.
    """
    from dripper.jobs.scorecard import scorecard as job
    from dripper.pages.scorecard import scorecard_json, scorecard_page

    found = job(app.wiring.loaded, app.wiring.workspace, account, today=app.wiring.today())
    page, document = partial(scorecard_page, found), partial(scorecard_json, found)
    deliver(app, Paper(**options), page, document, name=f"{account}-scorecard")
    if found.is_empty:
        talk(f"Nothing can be shown yet: `dripper charter {account}` has the agenda of the call that changes it.")
    for title in found.unread:
        talk(f"Some rows of {title} could not be read, and the page says so.")
    for title in found.aimless:
        talk(f"The goal of {title} is left out, as there is no way to it from the baseline: `dripper lint` shows it.")
    if found.unread:
        talk(f"  `dripper lint` and `dripper metrics {account}` show which.")
    return 0
