"""The command `accounts`: client or partner by evidence, wrong labels first, and the page of one account."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from dripper.cli.app import App, page_width, pass_app, print_json, print_page, show_problems, talk_below
from dripper.cli.paper import Paper, deliver, paper_options


@click.command
@click.argument("account", required=False)
@paper_options
@pass_app
def accounts(app: App, /, account: str | None, **options: Any) -> int:
    """Show whether each account is a client or a partner by the evidence, wrong labels first.

    With ACCOUNT: its page, with the development plan, what we promised, and the people with their bosses.
    """
    paper = Paper(**options)
    if account is None:
        return _all(app, paper)
    from dripper.jobs.accounts import account as job
    from dripper.pages.account import account_json, account_page

    course = job(app.wiring.loaded, app.wiring.workspace, account, today=app.wiring.today())
    deliver(app, paper, partial(account_page, course), partial(account_json, course), name=account)
    return 0


def _all(app: App, paper: Paper) -> int:
    from dripper.jobs.accounts import accounts as job
    from dripper.pages.accounts import accounts_json, accounts_text

    if not paper.is_plain:
        raise click.UsageError("a page is of one account: name an ACCOUNT")
    found = job(app.wiring.loaded, app.wiring.workspace, today=app.wiring.today())
    if paper.format == "json":
        print_json(accounts_json(found.rows))
    else:
        print_page(accounts_text(found.rows, width=page_width()))
        if found.rows:
            first = found.rows[0][0].id
            talk_below(f"\n`dripper accounts {first}` shows what to do; `dripper review` asks for what is missing.")
    show_problems(found.problems)
    return 1 if found.problems else 0
