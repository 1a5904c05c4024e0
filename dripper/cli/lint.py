"""The command `lint`: its options, and which work they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, pass_app
from dripper.lint.report.formats import Format

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dripper.cli.lint_report import Report
    from dripper.jobs.lint import Request
    from dripper.outbox.store.engine import Store
    from dripper.workspace.lake import Fetch


def split(_context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the rules that are named, where one value may name several."""
    words = [word.strip() for value in values for word in value.split(",")]
    if "" in words:
        raise click.UsageError(f"--{option.name} names no rule: '{','.join(values)}'")
    return tuple(words)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option("--format", "form", type=click.Choice([*map(str, Format)]), help="How to print the problems.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--statistics", is_flag=True, help="Count the problems by their rules instead of showing them.")
@click.option("--fix", is_flag=True, help="Put the safe fixes into the files, and show what is left.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing; end with 1 if anything.")
@click.option("--watch", is_flag=True, help="Lint again whenever a file changes, until Ctrl-C.")
@click.option("--lines", is_flag=True, help="Each line of the files is a message of its own.")
@click.option(
    "--for", "purpose", type=click.Choice(["negotiation"]), help="Read the texts as what is said there: adds D7."
)
@click.option("--history", is_flag=True, help="Find also what would tell contacts nearly what they got already.")
@click.option(
    "--select",
    multiple=True,
    metavar="RULE",
    callback=split,
    help="Only this rule; a code, a name, or D2 for all of D2; several with commas.",
)
@click.option("--ignore", multiple=True, metavar="RULE", callback=split, help="Not this rule.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "advice"]),
    default="error",
    show_default=True,
    help="End with 1 where a problem weighs as much.",
)
@pass_app
def lint(
    app: App,
    *,
    paths: tuple[str, ...],
    form: str | None,
    as_json: bool,
    statistics: bool,
    fix: bool,
    diff: bool,
    watch: bool,
    lines: bool,
    purpose: str | None,
    history: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
) -> int:
    """Find what is too long, asks, links or cannot be sent.

    PATH is a campaign or another file of the workspace, a draft (.txt, .md, .eml), a folder, or - for stdin. Without
    one the whole workspace is linted; drafts need none.
    """
    from dripper.cli.lint_report import report_of
    from dripper.jobs.lint import Request
    from dripper.problem import Severity
    from dripper.wiring.clock import today_in

    report = report_of(form, as_json=as_json, statistics=statistics, threshold=Severity(fail_on))
    request = Request(
        paths=paths,
        lines=lines,
        select=select,
        ignore=ignore,
        negotiation=purpose == "negotiation",
        store_of=_store_of(app) if history else None,
        fetch_of=_fetch_of,
        today_in=today_in(app.now),
    )
    _check(report, request, fix=fix, diff=diff, watch=watch)
    if watch:
        from dripper.cli.watch import watched

        return watched(app, request, report)
    if fix or diff:
        from dripper.cli.lint_fix import fixed

        return fixed(app, request, report, only_diff=diff)
    from dripper.jobs.lint import lint

    return report.show(lint(request, app.directory), app.directory)


def _fetch_of(root: Path) -> Fetch:
    from dripper.wiring.parts import fetch_of

    return fetch_of(root)


def _store_of(app: App) -> Callable[[Path], Store]:
    """Return what opens the store of the workspace in a folder, to read it."""

    def store_of(root: Path) -> Store:
        from dripper.wiring.parts import Wiring

        return Wiring.of(root, now=app.now).store_to_read

    return store_of


def _check(report: Report, request: Request, *, fix: bool, diff: bool, watch: bool) -> None:
    """Raise `UsageError` where options do not go together."""
    if request.store_of is not None and request.lines:
        raise click.UsageError("--history is for campaigns; a line has no readers who could have got it already")
    if diff and not report.is_plain:
        raise click.UsageError("--diff shows a diff, so it takes neither --format nor --statistics")
    if watch and (fix or diff):
        raise click.UsageError("--watch only shows; run --fix or --diff by itself")
    if watch and not report.is_text:
        raise click.UsageError(f"--watch shows its problems as text, not as {report.form}")
    if watch and "-" in request.paths:
        raise click.UsageError("--watch looks at files; stdin comes only once")
