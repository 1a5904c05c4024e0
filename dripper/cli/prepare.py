"""The commands of the homework: what the metrics say, and the brief."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, as_text, json_option, pass_app, print_json, show_problems, talk
from dripper.cli.page import deliver_page
from dripper.errors import UsageError

if TYPE_CHECKING:
    from dripper.jobs.metrics import Readings
    from dripper.prep.brief import Brief
    from dripper.workspace.model.workspace import Workspace


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
        blocks = [metrics_table(each.readings, every=horizon is not None) for each in read]
        titles = [f"{each.account}\n" if len(read) > 1 else "" for each in read]
        click.echo("\n\n".join(title + block for title, block in zip(titles, blocks, strict=True)))
    problems = [problem for each in read for problem in each.problems]
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
        talk("No account has values yet: put a metrics.csv beside an account.toml.")
    return [read_account(workspace, name, today=app.wiring.today(), horizon=horizon) for name in names]


def _workspace(app: App) -> Workspace:
    """Return the workspace; `ProblemsError` where `dripper.toml` cannot be used."""
    from dripper.errors import ProblemsError

    loaded = app.wiring.loaded
    if loaded.workspace is None:
        raise ProblemsError("dripper.toml cannot be used", loaded.problems)
    return loaded.workspace


@click.command
@click.argument("account")
@click.argument("negotiation", required=False)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["md", "html", "pdf", "docx", "json"]),
    help="How it is written; by default as -o's name says, else md.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write it there; - is stdout.",
)
@click.option("--open", "show", is_flag=True, help="Write it, as HTML if nothing else is named, and open it.")
@click.option("--check", is_flag=True, help="Only whether it is ready; exit with 1 where it is not.")
@pass_app
def prep(
    app: App,
    account: str,
    negotiation: str | None,
    *,
    kind: str | None,
    as_json: bool,
    output: Path | None,
    show: bool,
    check: bool,
) -> int:
    """Make the brief for a negotiation of ACCOUNT: the nearest one, or the one named.

    It ends with what is missing where the homework is not done, who owes it, and until when.
    """
    from dripper.jobs.prepare import prepare, refuse_broken

    if as_json and kind not in (None, "json"):
        raise click.UsageError(f"--json contradicts --format {kind}")
    kind = "json" if as_json else kind or _kind(output, show=show, check=check)
    workspace = _workspace(app)
    show_problems(refuse_broken(app.wiring.loaded, account))
    brief = prepare(workspace, account, negotiation, today=app.wiring.today())
    page = _checked(brief, kind) if check else _written(app, brief, kind)
    if isinstance(page, bytes) and kind in ("pdf", "docx") and _is_shown(output, show=show):
        raise UsageError(
            f"a {kind.upper()} is not for a terminal", cure=f"write it into a file: -o {brief.account.id}.{kind}"
        )
    deliver_page(app, page, output, name=f"{account}.{kind}", show=show)
    return 0 if brief.gate.ready or not check else 1


def _kind(output: Path | None, *, show: bool, check: bool) -> str:
    """Return the format that the file's name asks for: HTML to look at, Markdown to read on a terminal."""
    if output is None or output == Path("-"):
        return "html" if show and not check else "md"
    from dripper.jobs.brief_file import kind_of

    return kind_of(output.name)


def _is_shown(output: Path | None, *, show: bool) -> bool:
    """Whether the page would be written on a terminal."""
    return output in (None, Path("-")) and not show and sys.stdout.isatty()


def _checked(brief: Brief, kind: str) -> str:
    """Return whether it is ready, as text or as JSON."""
    if kind == "json":
        from dripper.pages.brief.document import VERSION, gate_json

        return as_text({"version": VERSION, **gate_json(brief.gate)})
    if kind != "md":
        raise UsageError("a check is text or JSON, no page", cure=f"leave out --format {kind}, or leave out --check")
    from dripper.pages.brief.verdict import verdict_text

    return verdict_text(brief) + "\n"


def _written(app: App, brief: Brief, kind: str) -> str | bytes:
    if kind == "json":
        from dripper.pages.brief.document import brief_json

        return as_text(brief_json(brief))
    from dripper.jobs.brief_file import page_bytes
    from dripper.pages.brief.content import brief_page

    return page_bytes(brief_page(brief), kind, on=brief.today, root=app.wiring.root)
