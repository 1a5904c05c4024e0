"""Problems as an editor shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import Diagnostic, DiagnosticSeverity

from dripper.problem import Severity

if TYPE_CHECKING:
    from lsprotocol.types import Range

    from dripper.lsp.positions import Sheet
    from dripper.problem import Problem

SOURCE = "dripper"
# More would bury the text below them; `dripper lint` shows all.
_MOST = 1000
_SEVERITIES = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.ADVICE: DiagnosticSeverity.Information,
}


def diagnostics_of(sheet: Sheet, problems: tuple[Problem, ...]) -> list[Diagnostic]:
    """Return the first thousand of `problems`, each at its place in the sheet."""
    return [diagnostic_of(sheet, problem) for problem in problems[:_MOST]]


def diagnostic_of(sheet: Sheet, problem: Problem) -> Diagnostic:
    """Return a problem with its cure; `data` has its name, and its contact where only one is concerned."""
    whom = f" [{problem.contact}]" if problem.contact else ""
    return Diagnostic(
        range=range_of(sheet, problem),
        severity=_SEVERITIES[problem.severity],
        code=problem.code,
        source=SOURCE,
        message=f"{problem.message}{whom}" + (f"\n{problem.cure}" if problem.cure else ""),
        data={"name": problem.name, "messageId": problem.message_id, "contact": problem.contact},
    )


def range_of(sheet: Sheet, problem: Problem) -> Range:
    """Return where to mark a problem; one between two characters marks the one after it, at a line's end before it."""
    return sheet.range(*stretch_of(sheet, problem))


def stretch_of(sheet: Sheet, problem: Problem) -> tuple[int, int]:
    """Return the same as offsets."""
    start, end = sheet.offsets(problem.span)
    if start == end:
        first, line = sheet.line_of(start)
        end = min(start + 1, first + len(line))
        start = start if end > start else max(first, start - 1)
    return start, end
