"""Checks that what an account states of a metric can be of the unit of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.problem import Severity
from dripper.workspace.faults import Fault
from dripper.workspace.model.sizes import misfits, strays

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dripper.problem import Problem
    from dripper.workspace.model.workspace import Workspace
    from dripper.workspace.toml import Document


def unit_problems(workspace: Workspace, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Warn of each metric whose values are of another size than its baseline, goal and peers.

    Values that are read from elsewhere only when they are asked for are left to the brief.
    """
    if not isinstance(workspace.series, dict):
        return
    for account in workspace.accounts.values():
        series, document = workspace.series.get(account.id, {}), documents[account.file]
        for index, metric in enumerate(account.metrics):
            values = [value for _, value in series[metric.id].points] if metric.id in series else []
            keys = misfits(metric, values) or strays(metric, values)
            if keys and document.is_own(*(("metric", index, key) for key in keys)):
                message = (
                    f'the values of "{metric.id}" are another size altogether (the newest is {values[-1]}), '
                    "as if of another unit"
                )
                cure = f"write {', '.join(('the values', *keys[:-1]))} and {keys[-1]} in one unit"
                path = ("metric", index, keys[0])
                yield document.problem(Fault.WRONG_VALUE, path, message, cure, severity=Severity.WARNING)
