"""What may be written at the cursor: keys, tables, values and the names of templates, with what each means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_origin

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    InsertTextFormat,
    MarkupContent,
    MarkupKind,
    TextEdit,
)

from dripper.lsp.choices import choices, type_at
from dripper.lsp.cursor import Place, cursor_at
from dripper.lsp.explained import key_page
from dripper.lsp.names import TEMPLATES, template_names
from dripper.workspace.disk import TEXT_LIMIT_BYTES
from dripper.workspace.shape import holds_tables, is_table, item_of, known_at, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dripper.lsp.buffers import Buffer
    from dripper.lsp.choices import Choice
    from dripper.lsp.cursor import Cursor
    from dripper.lsp.desk import Desk, Home
    from dripper.workspace.model.table import Table

# What begins a name, a text or a table: an editor asks again by itself when one of them is typed.
TRIGGERS = [".", '"', "[", "=", "{", " "]


def completions(desk: Desk, buffer: Buffer, offset: int, today: date, *, snippets: bool) -> list[CompletionItem]:
    """Return what may stand at `offset`; `snippets` says whether the editor knows where to go on typing."""
    home = desk.home(buffer)
    if home is None or home.table is None or len(buffer.sheet.text) > TEXT_LIMIT_BYTES:
        return []
    cursor = cursor_at(buffer.sheet.text, offset)
    writer = _Writer(buffer, home.table, cursor, offset, snippets=snippets)
    match cursor.place:
        case Place.KEY:
            return [*writer.keys(), *(writer.headers() if _is_line_start(buffer, cursor) else ())]
        case Place.HEADER:
            return list(writer.headers())
        case Place.VALUE | Place.TEXT:
            return _values(desk, home, writer, offset, today)
        case _:
            return []


def _values(desk: Desk, home: Home, writer: _Writer, offset: int, today: date) -> list[CompletionItem]:
    cursor = writer.cursor
    if cursor.place is Place.TEXT and set(cursor.key) & TEMPLATES:
        named = template_names(desk, home, writer.buffer.sheet.text[cursor.start : offset])
        return [writer.name(*pair, start=offset - len(named[0])) for pair in named[1].items()] if named else []
    path = (*cursor.table, *cursor.key)
    found = choices(writer.table, path, desk.loaded(home.root), home.name, today) if cursor.key else ()
    is_list = get_origin(type_at(writer.table, path)) is tuple and not cursor.is_in_list
    return [writer.value(choice, is_list=is_list) for choice in dict.fromkeys(found)]


def _is_line_start(buffer: Buffer, cursor: Cursor) -> bool:
    start, line = buffer.sheet.line_of(cursor.start)
    return not line[: cursor.start - start].strip()


class _Writer:
    """Writes the items for one cursor."""

    def __init__(self, buffer: Buffer, table: type[Table], cursor: Cursor, offset: int, *, snippets: bool) -> None:
        self.buffer = buffer
        self.table = table
        self.cursor = cursor
        self._line_start, self._line = buffer.sheet.line_of(offset)
        self._snippets = snippets

    def keys(self) -> Iterator[CompletionItem]:
        """Yield the keys that the table at the cursor may have and has not."""
        here = type_at(self.table, self.cursor.table)
        if not is_table(here):
            return
        is_root = not self.cursor.table
        for key, kind in known_at(here, ()).items():
            is_own_section = is_root and (is_table(kind) or holds_tables(kind))
            if key not in self.cursor.keys and not is_own_section:
                yield self._item(key, CompletionItemKind.Property, self._written(key, kind), page=key_page(here, key))

    def headers(self) -> Iterator[CompletionItem]:
        """Yield the tables of the file that stand under a header of their own."""
        for key, kind in known_at(self.table, ()).items():
            is_named = get_origin(kind) is dict and is_table(item_of(kind))
            if is_table(kind) or is_named or (get_origin(kind) is tuple and is_table(item_of(kind))):
                header = line_of(key, kind)
                text = self._placed(header, "NAME") if is_named else header
                yield self._item(header, CompletionItemKind.Module, text, page=key_page(self.table, key))

    def value(self, choice: Choice, *, is_list: bool) -> CompletionItem:
        """Return a value, within quotes and brackets where they are not there yet."""
        quoted = f'"{choice.value}"' if choice.is_text and self.cursor.place is Place.VALUE else choice.value
        text = f"[{quoted}]" if is_list and self.cursor.place is Place.VALUE else quoted
        text = f" {text}" if self._text_before.endswith("=") else text
        return self._item(choice.value, CompletionItemKind.Value, text, detail=choice.detail, match=quoted)

    def name(self, name: str, example: str, *, start: int) -> CompletionItem:
        """Return a name of a template, of which a part is typed from `start` on."""
        detail = f"such as {example}" if example else ""
        end = start + len(re.compile(r"\w*").match(self.buffer.sheet.text, start)[0])  # type: ignore[index]
        return self._item(name, CompletionItemKind.Variable, name, detail=detail, where=(start, end))

    @property
    def _text_before(self) -> str:
        return self.buffer.sheet.text[max(0, self.cursor.start - 1) : self.cursor.start]

    def _written(self, key: str, kind: Any) -> str:
        """Return what is written for a key: the whole line, or the key alone where the rest is there."""
        first, line = self.buffer.sheet.line_of(self.cursor.end)
        if line[self.cursor.end - first :].lstrip().startswith("="):
            return key
        if kind is str:
            return f'{key} = "{self._stop}"'
        if get_origin(kind) is tuple:
            return f"{key} = [{self._stop}]"
        inline = is_table(kind) or get_origin(kind) is dict
        return f"{key} = {{ {self._stop} }}" if inline and self._snippets else f"{key} = {self._stop}"

    @property
    def _stop(self) -> str:
        return "$1" if self._snippets else ""

    def _placed(self, text: str, name: str) -> str:
        return text.replace(name, f"${{1:{name}}}") if self._snippets else text

    def _item(
        self,
        label: str,
        kind: CompletionItemKind,
        text: str,
        *,
        page: str = "",
        detail: str = "",
        match: str | None = None,
        where: tuple[int, int] | None = None,
    ) -> CompletionItem:
        is_snippet = self._snippets and ("$1" in text or "${1" in text)
        start, end = where or (self.cursor.start, self.cursor.end)
        # An edit may not reach beyond the line that is written on.
        start, end = max(start, self._line_start), min(end, self._line_start + len(self._line))
        return CompletionItem(
            label=label,
            kind=kind,
            detail=detail or None,
            documentation=MarkupContent(kind=MarkupKind.Markdown, value=page) if page else None,
            filter_text=match,
            insert_text_format=InsertTextFormat.Snippet if is_snippet else InsertTextFormat.PlainText,
            text_edit=TextEdit(range=self.buffer.sheet.range(start, end), new_text=text),
        )
