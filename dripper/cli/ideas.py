"""The command `ideas`: drafts from what the metrics say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, json_option, pass_app, print_json, talk
from dripper.errors import StoreError

if TYPE_CHECKING:
    from dripper.lint.past import Past
    from dripper.pages.ideas import Ideas
    from dripper.workspace.files import Loaded


@click.command
@click.argument("account")
@json_option
@pass_app
def ideas(app: App, account: str, *, as_json: bool) -> int:
    """Draft messages for ACCOUNT from what its metrics say: a step, a goal reached, a record, a season that turns.

    Each is a [[message]] with gift and source that passes the linter, ready to be put into a campaign. Only metrics
    that both sides agreed on are told, and nothing that chance alone may have done.
    """
    from dripper.jobs.ideas import ideas as job
    from dripper.pages.ideas import ideas_json, ideas_text
    from dripper.workspace.folder import Folder

    wiring, past_of = app.wiring, partial(_past, app)
    found = job(Folder(wiring.root), wiring.loaded, wiring.workspace, account, today=wiring.today(), past_of=past_of)
    if as_json:
        print_json(ideas_json(found))
    elif found.drafts:
        click.echo(ideas_text(found), nl=False)
    _tell(found)
    return 0


def _past(app: App, loaded: Loaded) -> Past:
    """Return what was delivered; nothing, and a word about it, where the record cannot be read."""
    from dripper.jobs.past import past_of
    from dripper.lint.past import Past

    try:
        return past_of(app.wiring.store_to_read, loaded)
    except StoreError as error:
        talk(f"What was delivered before is not looked at: {error}.")
        return Past(())


def _tell(found: Ideas) -> None:
    from dripper.pages.ideas import passed_text

    if not found.drafts:
        talk(f"Nothing to tell {found.account} that is certain, new and theirs to know.")
    if found.passed:
        talk("Passed over:")
    for line in passed_text(found):
        talk(line)
    if found.drafts and found.campaign_file:
        talk(f"Next: `dripper ideas {found.account} >> {found.campaign_file}` puts them into that campaign.")
    elif found.drafts:
        talk(f"Next: `dripper new campaign {found.account}/insights` starts a campaign for them.")
