"""Where an exception for a rule is written, so that it counts for a problem and only its reason is still missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol.types import TextEdit

from dripper.lint.allow import MARK
from dripper.lint.draft import read_draft
from dripper.lint.ruleset import find_rule

if TYPE_CHECKING:
    from dripper.lsp.buffers import Buffer
    from dripper.lsp.desk import Desk
    from dripper.lsp.positions import Sheet
    from dripper.problem import Problem

_STATED = re.compile(rf"{MARK}\s*allow\b[^\r\n]*?(?=\s+because\b|\s*-->|\s*$)")


def allowing(desk: Desk, buffer: Buffer, problem: Problem) -> TextEdit | None:
    """Return what allows `problem`, once its reason is written behind; `None` where no exception counts."""
    rule = find_rule(problem.code)
    if rule is None or rule.by_reader or rule.code.startswith("D8"):
        return None
    home = desk.home(buffer)
    if home is not None and home.table is not None:
        document = desk.loaded(home.root).documents.get(home.name)
        line = document.first_line_of(problem.span.line) if document else problem.span.line
        return _above(buffer.sheet, line, problem.name)
    if not desk.is_draft(buffer):
        return None
    if buffer.place is not None and buffer.place.suffix == ".eml":
        return _inserted(buffer.sheet, 0, f"Comments: {MARK} allow {problem.name} because ")
    return _in_draft(buffer.sheet, problem.name)


def _above(sheet: Sheet, number: int, name: str) -> TextEdit:
    """Return a comment above a line, or the name in the exception that stands there already."""
    start = sheet.lines.offset(number, 1)
    _, line = sheet.line_of(start)
    indent = line[: len(line) - len(line.lstrip())]
    if number > 1:
        before, above = sheet.line_of(sheet.lines.offset(number - 1, 1))
        stated = _STATED.search(above) if above.lstrip().startswith("#") else None
        if stated is not None:
            place = sheet.range(before + stated.end(), before + stated.end())
            return TextEdit(range=place, new_text=f", {name}")
    return _inserted(sheet, start, f"{indent}# {MARK} allow {name} because ")


def _in_draft(sheet: Sheet, name: str) -> TextEdit:
    """Return a comment before the text, below the subject where there is one."""
    text = read_draft(sheet.text).text
    start, _ = sheet.offsets(text.passage.locate(0, 0))
    start, _ = sheet.line_of(start)
    return _inserted(sheet, start, f"<!-- {MARK} allow {name} because  -->")


def _inserted(sheet: Sheet, start: int, line: str) -> TextEdit:
    _, here = sheet.line_of(start)
    end = sheet.text[start + len(here) : start + len(here) + 2]
    return TextEdit(range=sheet.range(start, start), new_text=line + ("\r\n" if end == "\r\n" else "\n"))
