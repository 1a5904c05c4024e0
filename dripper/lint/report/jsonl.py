"""The report for machines that read while it runs: one problem a line, each in the shape of the JSON report's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dripper.lint.report.json import problem_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.lint.report.shown import Shown


def jsonl_report(found: Iterable[Shown]) -> Iterator[str]:
    """Yield a line for each problem, and none where there is none."""
    for each in found:
        yield json.dumps(problem_data(each.problem), ensure_ascii=False)
