"""The command `prep`: the brief for a negotiation, whether it is ready, and what of it may be shared."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dripper.cli.app import WIDEST, App, as_text, page_width, pass_app, show_problems, talk
from dripper.cli.page import deliver_page
from dripper.cli.paper import Paper, deliver, paper_options
from dripper.errors import StoreError, UsageError

if TYPE_CHECKING:
    from dripper.prep.brief import Brief
    from dripper.prep.gifts import Gifts


@click.command
@click.argument("account")
@click.argument("negotiation", required=False)
@paper_options
@click.option("--check", is_flag=True, help="Only whether it is ready; exit with 1 where it is not.")
@click.option("--share", is_flag=True, help="Only what the other side may see: the scorecard.")
@click.option("--no-store", "alone", is_flag=True, help="Leave out what only the record knows, and keep nothing.")
@pass_app
def prep(
    app: App, /, account: str, negotiation: str | None, *, check: bool, share: bool, alone: bool, **options: Any
) -> int:
    """Make the brief for a negotiation of ACCOUNT: the nearest one, or the one named.

    It ends with what is missing where the homework is not done, who owes it, and until when. What -o or --open writes
    is kept, so that the next brief says what has changed.
    """
    from dripper.jobs.prepare import prepare, refuse_broken

    paper = Paper(**options)
    if check and share:
        raise click.UsageError("--check says what we lack, --share what they may see: give one")
    if share:
        return _share(app, paper, account.partition("/")[0])
    paper.check(account)
    show_problems(refuse_broken(app.wiring.loaded, account))
    brief = prepare(app.wiring.workspace, account, negotiation, today=app.wiring.today())
    if check:
        _check(app, paper, brief)
        return 0 if brief.gate.ready else 1
    _write(app, paper, brief, alone=alone)
    return 0


def _share(app: App, paper: Paper, account: str) -> int:
    """Write the scorecard, which is made from the one list of what may be shared."""
    from dripper.jobs.scorecard import scorecard
    from dripper.pages.scorecard import scorecard_json, scorecard_page

    found = scorecard(app.wiring.loaded, app.wiring.workspace, account, today=app.wiring.today())
    deliver(app, paper, partial(scorecard_page, found), partial(scorecard_json, found), name=f"{account}-shared")
    return 0


def _check(app: App, paper: Paper, brief: Brief) -> None:
    """Write whether it is ready, as text or as JSON."""
    is_unnamed = paper.kind is None and not paper.as_json and paper.output is None
    kind = "md" if is_unnamed else paper.format
    if kind == "json":
        from dripper.pages.brief.document import VERSION, gate_json

        text = as_text({"version": VERSION, **gate_json(brief.gate)})
    elif kind == "md":
        from dripper.pages.brief.verdict import verdict_text

        columns = WIDEST if paper.output else page_width()
        text = verdict_text(brief, width=columns) + "\n"
    else:
        raise UsageError("a check is text or JSON, no page", cure=f"leave out --format {kind}, or leave out --check")
    deliver_page(app, text, paper.output, name=f"{brief.account.id}-check.{kind}", show=paper.show)


def _write(app: App, paper: Paper, brief: Brief, *, alone: bool) -> None:
    """Write the whole brief, with what the linter, the record and the last brief know beside it, and keep it."""
    from dripper.jobs.last_brief import keep, since_last
    from dripper.jobs.wording import wording_of
    from dripper.pages.brief.content import brief_page
    from dripper.pages.brief.document import brief_json

    account, folder = brief.account.id, app.wiring.briefs
    brief = replace(brief, wording=wording_of(app.wiring.loaded, brief.negotiation))
    document = brief_json(brief)
    if not alone:
        brief = replace(brief, gifts=_gifts(app, account), since=since_last(folder, account, document))
    deliver(app, paper, partial(brief_page, brief), partial(brief_json, brief), name=account)
    if not alone and (paper.show or paper.output not in (None, Path("-"))):
        keep(folder, account, document)


def _gifts(app: App, account: str) -> Gifts | None:
    """Return what the account was given; `None`, and a word about it, where the record cannot be read."""
    if app.wiring.store_is_missing:
        from dripper.prep.gifts import Gifts

        return Gifts(is_recorded=False)
    from dripper.jobs.gifts import gifts_given

    try:
        return gifts_given(app.wiring.store_to_read, app.wiring.workspace, account, now=app.wiring.clock.now())
    except StoreError as error:
        talk(f"The brief goes without what was given to them: {error}.")
        return None
