"""The rules as SARIF describes them (§3.49), made of their docstrings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.lint.report.rule import rule_page
from dripper.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.lint.rule import Rule

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
# What GitHub sorts and filters by.
_WEIGHTS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "recommendation"}
_EXAMPLES = ("Fires", "Instead")


def rule_descriptors(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """Return what SARIF says of each rule, in their order."""
    return [_descriptor(rule) for rule in rules]


def _descriptor(rule: Rule) -> dict[str, Any]:
    finds = " ".join(rule.sections["Finds"].body.split())
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _plain(rule.summary)},
        "fullDescription": {"text": _plain(finds[:1].upper() + finds[1:])},
        "help": {"text": _plain("\n".join(rule_page(rule))), "markdown": _plain("\n".join(_markdown(rule)))},
        "defaultConfiguration": {"enabled": rule.default, "level": LEVELS[rule.severity]},
        "properties": {"problem.severity": _WEIGHTS[rule.severity]},
    }


def _markdown(rule: Rule) -> Iterator[str]:
    yield rule.summary
    for title, section in rule.sections.items():
        heading = f"**{title}**" + (f" (`{section.file}`)" if section.file else "")
        yield ""
        if title in _EXAMPLES:
            yield from (heading, "", "````", section.body, "````")
        else:
            yield f"{heading}: {' '.join(section.body.split())}"


def _plain(text: str) -> str:
    """Return `text` with its braces as SARIF writes them in messages, where single ones are placeholders (§3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")
