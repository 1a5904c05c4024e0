"""How often each rule found something, the most frequent first."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dripper.lint.report.shown import Shown

# Of the JSON.
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many problems one rule found, and how many of them `--fix` mends."""

    code: str
    name: str
    severity: str
    count: int
    fixable: int


def counted(found: Iterable[Shown]) -> list[Count]:
    """Return a count for each rule and severity that was found; equally many in the order of their codes."""
    problems: Counter[tuple[str, str, str]] = Counter()
    fixable: Counter[tuple[str, str, str]] = Counter()
    for each in found:
        key = (each.problem.code, each.problem.name, str(each.problem.severity))
        problems[key] += 1
        fixable[key] += each.problem.replacement is not None
    ordered = sorted(problems, key=lambda key: (-problems[key], key))
    return [
        Count(code=key[0], name=key[1], severity=key[2], count=problems[key], fixable=fixable[key]) for key in ordered
    ]


def statistics_text(counts: Sequence[Count]) -> Iterator[str]:
    """Yield one line a rule, the last line counts all."""
    if not counts:
        yield "No problems."
        return
    digits, width = len(str(counts[0].count)), max(len(each.name) for each in counts)
    for each in counts:
        fix = f"  {each.fixable} fixable with --fix" if each.fixable else ""
        yield f"{each.count:{digits}}  {each.code}  {each.name:{width}}  {each.severity:7}{fix}".rstrip()
    total = sum(each.count for each in counts)
    yield f"{total} problem{'s' * (total > 1)} of {len(counts)} rule{'s' * (len(counts) > 1)}"


def statistics_json(counts: Sequence[Count]) -> Iterator[str]:
    """Yield one JSON document: `{"version": 1, "statistics": [{"code", "name", "severity", "count", "fixable"}]}`."""
    data = [
        {
            "code": each.code,
            "name": each.name,
            "severity": each.severity,
            "count": each.count,
            "fixable": each.fixable,
        }
        for each in counts
    ]
    yield json.dumps({"version": VERSION, "statistics": data}, ensure_ascii=False, indent=2)
