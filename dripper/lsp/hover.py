"""What an editor shows of the word under the pointer: its problems with their rules, a length, a key's meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import Hover, MarkupContent, MarkupKind

from dripper.lsp.choices import type_at
from dripper.lsp.counts import counts_of
from dripper.lsp.cursor import Place, cursor_at
from dripper.lsp.diagnostics import stretch_of
from dripper.lsp.explained import key_page, problem_page
from dripper.workspace.disk import TEXT_LIMIT_BYTES
from dripper.workspace.shape import is_table, known_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.lsp.buffers import Buffer
    from dripper.lsp.cursor import Cursor
    from dripper.lsp.desk import Desk

# A page and the stretch of the text that it is about.
Page = tuple[str, int, int]


def hover(desk: Desk, buffer: Buffer, offset: int) -> Hover | None:
    """Return what is to be said of the place `offset`; the range is that of what is said first."""
    pages = [*_problems(desk, buffer, offset), *_counts(desk, buffer, offset), *_key(desk, buffer, offset)]
    if not pages:
        return None
    _, start, end = pages[0]
    text = "\n\n---\n\n".join(dict.fromkeys(page for page, _, _ in pages))
    return Hover(contents=MarkupContent(kind=MarkupKind.Markdown, value=text), range=buffer.sheet.range(start, end))


def _problems(desk: Desk, buffer: Buffer, offset: int) -> Iterator[Page]:
    for problem in desk.problems(buffer) or ():
        start, end = stretch_of(buffer.sheet, problem)
        if start <= offset < end or offset == start:
            yield problem_page(problem), start, end


def _counts(desk: Desk, buffer: Buffer, offset: int) -> Iterator[Page]:
    for count in counts_of(desk, buffer):
        line_start, line = buffer.sheet.line_of(count.start)
        # The key counts with its text, but a draft has none.
        first = line_start + len(line) - len(line.lstrip())
        if min(first, count.start) <= offset <= count.end:
            whom = f" for {count.whom}, who gets the longest" if count.whom else ""
            yield f"`{count}` characters{whom}", count.start, count.end


def _key(desk: Desk, buffer: Buffer, offset: int) -> Iterator[Page]:
    home = desk.home(buffer)
    if home is None or home.table is None or len(buffer.sheet.text) > TEXT_LIMIT_BYTES:
        return
    cursor = cursor_at(buffer.sheet.text, offset)
    names = _named(buffer, cursor)
    owner = type_at(home.table, names[:-1]) if names else None
    if owner is not None and is_table(owner) and names[-1] in known_at(owner, ()):
        yield key_page(owner, names[-1]), cursor.start, cursor.end


def _named(buffer: Buffer, cursor: Cursor) -> tuple[str, ...]:
    """Return the path of the key or the header under the cursor."""
    if cursor.place is Place.HEADER:
        return cursor.table
    return (*cursor.table, buffer.sheet.text[cursor.start : cursor.end]) if cursor.place is Place.KEY else ()
