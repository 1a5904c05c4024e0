"""The command `lint`: its options, the format of its report, and what it ends with."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, pass_app
from dripper.lint.report.formats import Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.lint.report.shown import Shown
    from dripper.problem import Severity


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option("--format", "form", type=click.Choice([*map(str, Format)]), help="How to print the problems.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--statistics", is_flag=True, help="Count the problems by their rules instead of showing them.")
@click.option("--lines", is_flag=True, help="Each line of the files is a message of its own.")
@click.option("--select", multiple=True, metavar="RULE", help="Only this rule; a code, a name, or D2 for all of D2.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not this rule.")
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
    lines: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
) -> int:
    """Find what is too long, asks, links or cannot be sent.

    PATH is a campaign or another file of the workspace, a draft (.txt, .md, .eml), a folder, or - for stdin. Without
    one the whole workspace is linted; drafts need none.
    """
    from dripper.jobs.lint import Request, lint
    from dripper.problem import Severity

    chosen = _format(form, as_json=as_json, statistics=statistics)
    worst = Worst()
    request = Request(paths=paths, lines=lines, select=select, ignore=ignore)
    found = worst.watching(lint(request, app.directory))
    colour = chosen is Format.TEXT and _wants_colour()
    for line in _report(found, app, chosen, colour=colour, statistics=statistics):
        click.echo(line, color=colour)
    return 1 if worst.reached(Severity(fail_on)) else 0


class Worst:
    """Watches problems pass by, to know at the end how bad the worst of them was."""

    def __init__(self) -> None:
        self._seen: set[Severity] = set()

    def watching(self, found: Iterable[Shown]) -> Iterator[Shown]:
        """Pass `found` on, one by one."""
        for each in found:
            self._seen.add(each.problem.severity)
            yield each

    def reached(self, threshold: Severity) -> bool:
        """Whether a problem weighed as much as `threshold`."""
        return any(severity.reaches(threshold) for severity in self._seen)


def _format(form: str | None, *, as_json: bool, statistics: bool) -> Format:
    """Return the format that the options ask for together."""
    if as_json and form not in (None, Format.JSON):
        raise click.UsageError(f"--json and --format {form} contradict each other")
    chosen = Format.JSON if as_json else Format(form or Format.TEXT)
    if statistics and chosen not in (Format.TEXT, Format.JSON):
        raise click.UsageError(f"--statistics is printed as text or as JSON, not as {chosen}")
    return chosen


def _report(found: Iterable[Shown], app: App, form: Format, *, colour: bool, statistics: bool) -> Iterator[str]:
    if statistics:
        from dripper.lint.report.statistics import counted, statistics_json, statistics_text

        counts = counted(found)
        return statistics_json(counts) if form is Format.JSON else statistics_text(counts)
    from dripper.lint.report.formats import report

    if form.is_for_checkout:
        from dripper.jobs.checkout import seen_from_checkout

        found = seen_from_checkout(found, app.directory)
    return report(form, found, colour=colour)


def _wants_colour() -> bool:
    from dripper.wiring import wants_colour

    return wants_colour(sys.stdout)
