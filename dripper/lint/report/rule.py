"""A rule explained in the terminal, and the list of all rules; both come from the rules' own docstrings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.lint.rule import Rule

# Of the JSON of `dripper rule`.
VERSION = 1
_INDENTED = ("Fires", "Instead")


def rule_list(rules: Iterable[Rule]) -> Iterator[str]:
    """Yield one line a rule: code, name, severity, and what it says of itself."""
    rules = list(rules)
    width = max(len(rule.name) for rule in rules)
    longest = max(len(severity) for severity in Severity)
    for rule in rules:
        off = "" if rule.default else " (off unless selected)"
        yield f"{rule.code}  {rule.name:{width}}  {rule.severity:{longest}}  {rule.summary}{off}"


def rule_page(rule: Rule) -> Iterator[str]:
    """Yield the lines that explain `rule`."""
    yield f"{rule.code} {rule.name} ({rule.severity}{'' if rule.default else ', off unless selected'})"
    yield ""
    yield rule.summary
    for title, section in rule.sections.items():
        yield ""
        yield f"{title}{f' ({section.file})' if section.file else ''}:"
        indent = "    " if title in _INDENTED else "  "
        for line in section.body.split("\n"):
            yield (indent + line).rstrip()


def rule_data(rule: Rule) -> dict[str, object]:
    """Return `rule` for machines."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.severity),
        "default": rule.default,
        "summary": rule.summary,
        **{title.lower(): section.body for title, section in rule.sections.items()},
    }
