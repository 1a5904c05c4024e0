"""The commands for writing: lint, and the explanation of its rules."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, json_option, pass_app, print_json

if TYPE_CHECKING:
    from dripper.lint.report.shown import Shown
    from dripper.problem import Severity


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the problems."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
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
    form: str,
    as_json: bool,
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

    worst = Worst()
    request = Request(paths=paths, lines=lines, select=select, ignore=ignore)
    found = worst.watching(lint(request, app.directory))
    for line in _report(found, as_json=as_json or form == "json"):
        click.echo(line)
    return 1 if worst.reached(Severity(fail_on)) else 0


@click.command()
@click.argument("code", required=False)
@json_option
@pass_app
def rule(_app: App, *, code: str | None, as_json: bool) -> int:
    """Explain a rule by its code or name; without one, list all rules."""
    from dripper.errors import UsageError
    from dripper.lint.report.rule import VERSION, rule_data, rule_list, rule_page
    from dripper.lint.rules import RULES, find_rule, nearest_rule

    if code is None:
        if as_json:
            print_json({"version": VERSION, "rules": [rule_data(each) for each in RULES]})
        else:
            _print(rule_list(RULES))
        return 0
    found = find_rule(code)
    if found is None:
        near = nearest_rule(code)
        raise UsageError(
            f"there is no rule {code}",
            cure=f"did you mean {near.code} {near.name}?" if near else "`dripper rule` lists the rules",
        )
    if as_json:
        print_json({"version": VERSION, **rule_data(found)})
    else:
        _print(rule_page(found))
    return 0


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


def _report(found: Iterable[Shown], *, as_json: bool) -> Iterator[str]:
    if as_json:
        from dripper.lint.report.json import json_report

        return json_report(found)
    from dripper.lint.report.text import text_report

    return text_report(found, colour=sys.stdout.isatty() and _wants_colour())


def _wants_colour() -> bool:
    from dripper.wiring import wants_colour

    return wants_colour(sys.stdout)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
