"""What a safe fix takes out and puts in; with an exception's comment goes the line or the space that it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.rules.d802_unused_allow import RULE as UNUSED

if TYPE_CHECKING:
    from dripper.lint.report.shown import Shown
    from dripper.problem import Span


def edit_of(each: Shown) -> tuple[Span, str]:
    """Return the stretch of the file that the fix of a problem replaces, and by what; it must have a fix."""
    problem = each.problem
    assert problem.replacement is not None
    is_comment = problem.code == UNUSED.code and not problem.replacement
    return (_widened(each) if is_comment else problem.span), problem.replacement


def _widened(each: Shown) -> Span:
    """Return the span with what would stand there for nothing: the whole line, or the space before it."""
    span = each.problem.span
    before, after = each.line[: span.column - 1], each.end_line[span.end_column - 1 :]
    if not before.strip() and not after.strip():
        return span._replace(column=1, end_line=span.end_line + 1, end_column=1)
    if not after.strip():
        return span._replace(column=len(before.rstrip()) + 1)
    if not before or before[-1].isspace():
        return span._replace(end_column=span.end_column + len(after) - len(after.lstrip()))
    return span
