"""The report for people: place, code, name and message; the line with the words underlined; the cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.lint.report.shown import Shown

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.ADVICE: "36"}


def text_report(found: Iterable[Shown], *, colour: bool) -> Iterator[str]:
    """Yield the lines of the report, the last of which counts."""
    count = fixable = 0
    files: set[str] = set()
    for each in found:
        count += 1
        fixable += each.problem.replacement is not None
        files.add(each.problem.file)
        yield from _lines(each, colour=colour)
    if not count:
        yield "No problems."
    else:
        fix = f", {fixable} fixable with --fix" if fixable else ""
        yield f"{count} problem{'s' * (count > 1)} in {len(files)} file{'s' * (len(files) > 1)}{fix}"


def _lines(each: Shown, *, colour: bool) -> Iterator[str]:
    from dripper.lint.report.columns import underlined, visible

    problem = each.problem
    tint = _COLOURS[problem.severity]
    weight = "" if problem.severity is Severity.ERROR else f" ({problem.severity})"
    place = f"{problem.file}:{problem.span.line}:{problem.span.column}"
    contact = f" [{problem.contact}]" if problem.contact else ""
    head = f"{_tinted(problem.code, tint, colour=colour)} {problem.name}{weight} {problem.message}{contact}"
    yield visible(place) + " " + (head if colour else visible(head))
    if each.line.strip():
        start = problem.span.column - 1
        end = problem.span.end_column - 1 if problem.span.end_line == problem.span.line else len(each.line)
        line, blanks, marks = underlined(each.line, start, end)
        yield f"  | {line}"
        yield f"  | {blanks}{_tinted(marks, tint, colour=colour)}"
    if problem.cure:
        yield f"  = {visible(problem.cure)}"


def _tinted(text: str, tint: str, *, colour: bool) -> str:
    return f"\x1b[1;{tint}m{text}\x1b[0m" if colour else text
