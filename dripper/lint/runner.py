"""Runs the rules over a plain draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.collect import Collector
from dripper.lint.rule import Writing

if TYPE_CHECKING:
    from dripper.lint.draft import Draft
    from dripper.lint.options import Options
    from dripper.lint.sieve import Sieve
    from dripper.problem import Problem

_EVERYWHERE = range(10**9)


def lint_draft(draft: Draft, file: str, options: Options, sieve: Sieve) -> list[Problem]:
    """Return the problems of a plain draft; `sieve` holds the rules for drafts that are switched on."""
    writing = Writing(subject=draft.subject, text=draft.text, chars=options.chars, remark=draft.remark)
    findings = sieve.findings(writing)
    if not findings and not draft.allows:
        return []
    collector = Collector(file, options, draft.source)
    for rule, finding in findings:
        collector.add(rule, finding)
    problems = [*collector.problems(draft.allows, sieve.rules, lambda _path: _EVERYWHERE)]
    if len(problems) > 1:
        problems.sort(key=lambda problem: problem.sort_key)
    return problems
