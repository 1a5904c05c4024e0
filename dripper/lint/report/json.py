"""The report for machines: one JSON document, `version` 1.

`{"version": 1, "problems": [{"file", "line", "column", "end_line", "end_column", "code", "name", "severity", "message",
"cure", "message_id", "contact"}]}`; lines and columns count code points from 1, the end exclusive; the last two are
null where they are not known. New keys may come; a key that goes or changes its meaning raises `version`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.lint.report.shown import Shown
    from dripper.problem import Problem

VERSION = 1


def json_report(found: Iterable[Shown]) -> Iterator[str]:
    """Yield the lines of the document, one problem a line."""
    before = ""
    yield f'{{"version": {VERSION}, "problems": ['
    for each in found:
        if before:
            yield before + ","
        before = "  " + json.dumps(problem_data(each.problem), ensure_ascii=False)
    if before:
        yield before
    yield "]}"


def problem_data(problem: Problem) -> dict[str, object]:
    """Return `problem` in the documented shape."""
    return {
        "file": problem.file,
        "line": problem.span.line,
        "column": problem.span.column,
        "end_line": problem.span.end_line,
        "end_column": problem.span.end_column,
        "code": problem.code,
        "name": problem.name,
        "severity": str(problem.severity),
        "message": problem.message,
        "cure": problem.cure,
        "message_id": problem.message_id,
        "contact": problem.contact,
    }
