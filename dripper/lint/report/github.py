"""The report for GitHub Actions: a workflow command for each problem, which becomes an annotation at its line.

What may stand in a command, and how: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
(and the `command` module of GitHub's own toolkit). An annotation has columns on one line only, and its last column is
the last character of the words: without an `endColumn` GitHub takes the first for it. The unit of the columns is not
documented; these are UTF-16 code units, the characters of the languages that GitHub's runner and pages are written in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.report.shown import utf16_column
from dripper.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.lint.report.shown import Shown
    from dripper.problem import Problem

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


def github_report(found: Iterable[Shown]) -> Iterator[str]:
    """Yield a command for each problem, and none where there is none."""
    for each in found:
        problem = each.problem
        properties = {**_place(each), "title": f"{problem.code} {problem.name}"}
        stated = ",".join(f"{key}={str(value).translate(_IN_PROPERTY)}" for key, value in properties.items())
        yield f"::{_COMMANDS[problem.severity]} {stated}::{_message(problem).translate(_IN_DATA)}"


def _place(each: Shown) -> dict[str, object]:
    span = each.problem.span
    place: dict[str, object] = {"file": each.problem.file, "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:
        column = utf16_column(each.line, span.column)
        place |= {"col": column, "endColumn": max(column, utf16_column(each.line, span.end_column) - 1)}
    return place


def _message(problem: Problem) -> str:
    contact = f" [{problem.contact}]" if problem.contact else ""
    return f"{problem.message}{contact}" + (f"\n{problem.cure}" if problem.cure else "")
