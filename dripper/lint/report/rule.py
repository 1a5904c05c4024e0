"""A rule explained in the terminal, and the list of all rules; both come from the rules' own docstrings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.report.columns import folded
from dripper.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.lint.rule import Rule

# Of the JSON of `dripper rule`.
VERSION = 1
_INDENTED = ("Fires", "Instead")
# A line of a docstring that is as long goes on in the next.
_WRAPPED_CHARS = 85
# In less nothing is folded.
_LEAST_CELLS = 20


def rule_list(rules: Iterable[Rule], *, width: int | None = None) -> Iterator[str]:
    """Yield one line a rule: code, name, severity, and what it says of itself, folded into `width` cells if given."""
    rules = list(rules)
    longest = max(len(rule.name) for rule in rules)
    weight = max(len(severity) for severity in Severity)
    for rule in rules:
        off = "" if rule.default else " (off unless selected)"
        columns = f"{rule.code}  {rule.name:{longest}}  {rule.severity:{weight}}  "
        yield from _hanging(columns, rule.summary + off, width)


def rule_page(rule: Rule, *, width: int | None = None) -> Iterator[str]:
    """Yield the lines that explain `rule`; prose and texts are folded into `width` cells if given."""
    yield f"{rule.code} {rule.name} ({rule.severity}{'' if rule.default else ', off unless selected'})"
    yield ""
    yield from _hanging("", rule.summary, width)
    for title, section in rule.sections.items():
        yield ""
        yield f"{title}{f' ({section.file})' if section.file else ''}:"
        indent = "    " if title in _INDENTED else "  "
        yield from _indented(section.body, indent, width)


def _indented(text: str, indent: str, width: int | None) -> Iterator[str]:
    """Yield the lines of a text; where all but the last are long they are one, and folded anew."""
    lines = text.split("\n")
    if width is not None and all(len(line) >= _WRAPPED_CHARS for line in lines[:-1]):
        yield from _hanging(indent, " ".join(lines), width)
        return
    for line in lines:
        yield (indent + line).rstrip()


def _hanging(before: str, text: str, width: int | None) -> Iterator[str]:
    """Yield `text` behind `before`, its further lines below its first."""
    room = (width or 0) - len(before)
    if width is None or room < _LEAST_CELLS:
        yield (before + text).rstrip()
        return
    first, *rest = folded(text, room, room)
    yield before + first
    yield from (" " * len(before) + line for line in rest)


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
