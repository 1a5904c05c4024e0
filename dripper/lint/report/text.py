"""The report for people: place, code, name and message; the line with the words underlined; the cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.lint.report.shown import Shown
    from dripper.problem import Problem

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.ADVICE: "36"}
_BEFORE_LINE, _BEFORE_CURE, _HANGING = "  | ", "  = ", "    "


def text_report(found: Iterable[Shown], *, colour: bool, width: int | None = None) -> Iterator[str]:
    """Yield the lines of the report, the last of which counts.

    They fit into `width` cells, which are those of a terminal; `None` is for a file or a program, where a message stays
    on its line, and only of a long line of the source a part is shown.
    """
    count = fixable = 0
    files: set[str] = set()
    for each in found:
        count += 1
        fixable += each.problem.replacement is not None
        files.add(each.problem.file)
        yield from _lines(each, colour=colour, width=width)
    if not count:
        yield "No problems."
    else:
        fix = f", {fixable} fixable with --fix" if fixable else ""
        yield f"{count} problem{'s' * (count > 1)} in {len(files)} file{'s' * (len(files) > 1)}{fix}"


def _lines(each: Shown, *, colour: bool, width: int | None) -> Iterator[str]:
    from dripper.lint.report.columns import visible

    problem = each.problem
    tint = _COLOURS[problem.severity] if colour else ""
    yield from _head(problem, tint, width)
    if each.line.strip():
        yield from _source(each, tint, width)
    if problem.cure:
        yield from _hanging(_BEFORE_CURE, _BEFORE_CURE, visible(problem.cure), width)


def _head(problem: Problem, tint: str, width: int | None) -> Iterator[str]:
    from dripper.lint.report.columns import visible

    place = visible(f"{problem.file}:{problem.span.line}:{problem.span.column}")
    weight = "" if problem.severity is Severity.ERROR else f" ({problem.severity})"
    contact = f" [{problem.contact}]" if problem.contact else ""
    plain = f"{place} {problem.code} {problem.name}{weight} "
    shown = f"{place} {_tinted(problem.code, tint)} {problem.name}{weight} "
    yield from _hanging(plain, shown, visible(problem.message + contact), width)


def _hanging(plain: str, shown: str, text: str, width: int | None) -> Iterator[str]:
    """Yield `text` behind `shown`, which is as wide as `plain`, its further lines indented."""
    from dripper.lint.report.columns import cells, folded

    if width is None:
        yield shown + text
        return
    first, *rest = folded(text, width - len(_HANGING), width - cells(plain))
    yield (shown + first).rstrip()
    yield from (_HANGING + line for line in rest)


def _source(each: Shown, tint: str, width: int | None) -> Iterator[str]:
    from dripper.lint.report.columns import WIDEST_LINE_CELLS, underlined

    span = each.problem.span
    end = span.end_column - 1 if span.end_line == span.line else len(each.line)
    room = WIDEST_LINE_CELLS if width is None else width - len(_BEFORE_LINE)
    line, blanks, marks = underlined(each.line, span.column - 1, end, room)
    yield _BEFORE_LINE + line
    yield _BEFORE_LINE + blanks + _tinted(marks, tint)


def _tinted(text: str, tint: str) -> str:
    return f"\x1b[1;{tint}m{text}\x1b[0m" if tint else text
