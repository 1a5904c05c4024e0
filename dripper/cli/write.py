"""The command `rule`: the explanation of the rules."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dripper.cli.app import App, json_option, pass_app, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dripper.lint.rule import Rule


@click.command()
@click.argument("code", required=False)
@json_option
@pass_app
def rule(_app: App, *, code: str | None, as_json: bool) -> int:
    """Explain a rule by its code or name; D2 lists the rules of D2, and nothing lists them all."""
    from dripper.cli.lint_report import terminal_width
    from dripper.lint.report.rule import VERSION, rule_data, rule_list, rule_page
    from dripper.lint.ruleset import RULES, find_rule

    width = terminal_width(sys.stdout)
    found = None if code is None else find_rule(code)
    if found is not None:
        if as_json:
            print_json({"version": VERSION, **rule_data(found)})
        else:
            _print(rule_page(found, width=width))
        return 0
    rules = RULES if code is None else _family(code)
    if as_json:
        print_json({"version": VERSION, "rules": [rule_data(each) for each in rules]})
    else:
        _print(rule_list(rules, width=width))
    return 0


def _family(code: str) -> Sequence[Rule]:
    """Return the rules whose codes begin with `code`; `UsageError` where none does."""
    from dripper.errors import UsageError
    from dripper.lint.options import names
    from dripper.lint.ruleset import RULES, nearest_rule

    rules = [rule for rule in RULES if names(code, rule)]
    if not rules:
        near = nearest_rule(code) if len(code) > 2 else None
        cure = f"did you mean {near.code} {near.name}?" if near else "`dripper rule` lists the rules"
        raise UsageError(f"there is no rule {code}", cure=cure)
    return rules


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
