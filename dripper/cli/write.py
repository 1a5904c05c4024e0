"""The command `rule`: the explanation of the rules."""

from __future__ import annotations

from collections.abc import Iterable

import click

from dripper.cli.app import App, json_option, pass_app, print_json


@click.command()
@click.argument("code", required=False)
@json_option
@pass_app
def rule(_app: App, *, code: str | None, as_json: bool) -> int:
    """Explain a rule by its code or name; without one, list all rules."""
    from dripper.errors import UsageError
    from dripper.lint.report.rule import VERSION, rule_data, rule_list, rule_page
    from dripper.lint.ruleset import RULES, find_rule, nearest_rule

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


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
