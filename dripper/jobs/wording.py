"""The language check on the sentences of one negotiation, for its brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.prep.wording import Fault, Wording

if TYPE_CHECKING:
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.negotiation import Negotiation


def wording_of(loaded: Loaded, negotiation: Negotiation | None) -> Wording | None:
    """Return what the linter says of a negotiation's `[[say]]`; `None` where there are none."""
    workspace = loaded.workspace
    if workspace is None or negotiation is None or not negotiation.say or negotiation.file not in loaded.documents:
        return None
    from dripper.lint.negotiation import lint_negotiation
    from dripper.lint.options import Options

    problems = lint_negotiation(loaded.documents[negotiation.file], Options.of(workspace.settings.lint))
    faults = tuple(
        Fault(code=problem.code, line=problem.span.line, what=problem.message, cure=problem.cure)
        for problem in problems
    )
    return Wording(count=len(negotiation.say), faults=faults)
