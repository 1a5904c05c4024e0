"""The command `metrics`: what each series says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, json_option, page_width, pass_app, print_json, print_page, show_problems, talk_below
from dripper.errors import UsageError

if TYPE_CHECKING:
    from dripper.jobs.metrics import Readings
    from dripper.workspace.model.workspace import Workspace

# Where nothing says how wide the terminal is.
_WIDEST_CHARS = 120


@click.command
@click.argument("account", required=False)
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A CSV of date,value or metric,date,value; needs no workspace.",
)
@click.option("--horizon", type=click.IntRange(0, 400), metavar="N", help="Project N further periods.")
@json_option
@pass_app
def metrics(app: App, account: str | None, path: Path | None, horizon: int | None, as_json: bool) -> int:
    """Say what each series says: attainment, trend, step, season, projection, chance of the goal."""
    from dripper.pages.metrics import metrics_json, metrics_table

    if account and path:
        raise click.UsageError("give an ACCOUNT or --file, not both")
    read = _from_file(app, path, horizon) if path else _from_workspace(app, account, horizon)
    if as_json:
        pairs = [(each.account, reading) for each in read for reading in each.readings]
        print_json(metrics_json(pairs, accounts=len(read) > 1))
    else:
        width = page_width(_WIDEST_CHARS)
        blocks = [metrics_table(each.readings, every=horizon is not None, width=width) for each in read]
        titles = [f"{each.account}\n" if len(read) > 1 else "" for each in read]
        print_page("\n\n".join(title + block for title, block in zip(titles, blocks, strict=True)))
    problems = list(dict.fromkeys(problem for each in read for problem in each.problems))
    show_problems(problems)
    return 1 if problems else 0


def _from_file(app: App, path: Path, horizon: int | None) -> list[Readings]:
    from dripper.jobs.metrics import read_file
    from dripper.wiring.clock import today_here

    if not (app.directory / path).is_file():
        raise UsageError(f"no file {path}", cure="name a CSV whose first line is date,value or metric,date,value")
    return [read_file(app.directory / path, today=today_here(app.now), horizon=horizon)]


def _from_workspace(app: App, account: str | None, horizon: int | None) -> list[Readings]:
    from dripper.jobs.metrics import read_account
    from dripper.jobs.named import account_ids

    workspace = _workspace(app)
    names = [account] if account else account_ids(workspace)
    if not names:
        talk_below("No account has values yet: put a metrics.csv beside an account.toml.")
    problems, today = app.wiring.loaded.problems, app.wiring.today()
    return [read_account(workspace, name, today=today, horizon=horizon, problems=problems) for name in names]


def _workspace(app: App) -> Workspace:
    """Return the workspace; `ProblemsError` where `dripper.toml` cannot be used."""
    from dripper.errors import ProblemsError

    loaded = app.wiring.loaded
    if loaded.workspace is None:
        raise ProblemsError("dripper.toml cannot be used", loaded.problems)
    return loaded.workspace
