"""Checks the answers of a negotiation that name a metric: one that is not there would answer nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.problem import Severity
from dripper.workspace.explain import nearest
from dripper.workspace.faults import Fault
from dripper.workspace.model.negotiation import is_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dripper.problem import Problem
    from dripper.workspace.model.workspace import Workspace
    from dripper.workspace.toml import Document


def answer_problems(workspace: Workspace, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Warn of each answer of one word that no metric of the account is called; the brief takes it for none.

    Where metrics are read from elsewhere only when they are asked for, any name may be one.
    """
    if not isinstance(workspace.series, dict):
        return
    for negotiation in workspace.negotiations.values():
        account = negotiation.id.partition("/")[0]
        declared = workspace.accounts[account].metrics if account in workspace.accounts else ()
        known = {*(metric.id for metric in declared), *workspace.series.get(account, {})}
        document = documents[negotiation.file]
        for index, demand in enumerate(negotiation.demands):
            answer, path = demand.answer.strip(), ("demand", index, "answer")
            if is_id(answer) and answer not in known and document.is_own(path):
                message = f'no metric of {account} is called "{answer}", so this demand has no answer'
                cure = nearest(answer, sorted(known)) if known else "write the answer as a sentence"
                yield document.problem(Fault.UNKNOWN_REFERENCE, path, message, cure, severity=Severity.WARNING)
