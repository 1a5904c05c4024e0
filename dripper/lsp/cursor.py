"""Where in a half-written TOML file the cursor stands: in which table, at which key, and what is typed there so far.

The file's own reader needs a whole file. This one goes from token to token and takes a line that begins like a key or a
table for one, whatever was left open above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum

Names = tuple[str, ...]

_TOKEN = re.compile(
    r"""
      (?P<text>  \"\"\"(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\Z)
               | '''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)
               | "(?:[^"\\\r\n]|\\[^\r\n])*+"?
               | '[^'\r\n]*+'? )
    | (?P<comment> \#[^\r\n]*)
    | (?P<line> \r\n?|\n)
    | (?P<blank> [^\S\r\n]+)
    | (?P<word> [\w+-]+)
    | (?P<mark> .)
    """,
    re.VERBOSE | re.DOTALL,
)
_HEADER = re.compile(r"[^\S\r\n]*(?P<bracket>\[)\[?(?P<names>[^\[\]\r\n#,]*)\]{0,2}")
# A line that begins so begins a statement, also where a bracket above was never closed.
_AFRESH = re.compile(r"[^\S\r\n]*(?:[\w.-]+[^\S\r\n]*=|\[\[?[\w.-]+\]\]?[^\S\r\n]*(?:[\r\n#]|\Z))")
# No table of ours nests deeper.
_DEEPEST = 20


class Place(Enum):
    """What is being written at the cursor."""

    NOTHING = "nothing"
    HEADER = "header"
    KEY = "key"
    VALUE = "value"
    # Within the quotes of a value.
    TEXT = "text"


@dataclass(slots=True)
class Context:
    """A table that keys are written into, or a list that values are."""

    table: Names
    # The key whose value comes; empty before its equals sign.
    key: Names = ()
    closed_by: str = ""
    # What was read of a key so far.
    partial: list[str] = field(default_factory=list)
    # The keys that the table has, but for the one under the cursor.
    keys: set[str] = field(default_factory=set)
    is_value: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """What stands round the cursor."""

    place: Place
    # The table that the key belongs to, or is written into.
    table: Names = ()
    key: Names = ()
    # What is typed there, from `start` to `end`; of a text without its quotes.
    start: int = 0
    end: int = 0
    # The keys that the table has already.
    keys: frozenset[str] = frozenset()
    is_in_list: bool = False
    # Whether only headers and no keys of the file's own may follow here: a table began further up.
    is_in_section: bool = False


def cursor_at(text: str, offset: int) -> Cursor:
    """Return where `offset` is in `text`, which need not be TOML."""
    return _Scan(text, offset).cursor


class _Scan:
    def __init__(self, text: str, offset: int) -> None:
        self._text = text
        self._offset = offset
        self._stack = [Context(())]
        self._found: tuple[Cursor, Context] | None = None
        self._is_in_section = False
        place = self._statement(0)
        while (match := _TOKEN.match(text, place)) is not None:
            place = self._token(match)
        if self._found is None:
            self._meet(place, place)

    @property
    def cursor(self) -> Cursor:
        assert self._found is not None
        cursor, context = self._found
        return replace(cursor, keys=frozenset(context.keys))

    def _token(self, match: re.Match[str]) -> int:
        """Take in one token and return where the next begins."""
        start, end = match.span()
        match match.lastgroup:
            case "line":
                self._meet(start, start)
                self._meet(start, end - 1, Place.NOTHING)
                return self._line(end)
            case "comment":
                self._meet(start, start)
                self._meet(start, end, Place.NOTHING)
            case "text":
                self._string(start, end)
            case "word":
                self._meet(start, end)
                self._name(match[0], start, end)
            case "mark":
                self._meet(start, start)
                self._mark(match[0])
            case _:
                if start <= self._offset < end:
                    self._meet(self._offset, self._offset)
        return end

    def _string(self, start: int, end: int) -> None:
        quotes = 3 if self._text[start : start + 3] in ('"""', "'''") else 1
        is_closed = end - start >= 2 * quotes and self._text[end - quotes : end] == self._text[start : start + quotes]
        last = end - quotes if is_closed else end
        self._meet(start, start)
        self._meet(start + quotes, last, Place.TEXT if self._top.is_value else None)
        self._meet(start, end, Place.NOTHING)
        self._name(self._text[start + quotes : last], start, end)

    def _name(self, name: str, start: int, end: int) -> None:
        if not self._top.is_value:
            self._top.partial.append(name)
            if len(self._top.partial) == 1 and not start <= self._offset <= end:
                self._top.keys.add(name)

    def _mark(self, mark: str) -> None:
        top = self._top
        if mark == "=":
            top.key, top.partial, top.is_value = tuple(top.partial), [], True
        elif mark in "[{" and top.is_value and len(self._stack) < _DEEPEST:
            path = (*top.table, *top.key)
            is_list = mark == "["
            key = top.key if is_list else ()
            table = top.table if is_list else path
            self._stack.append(Context(table, key, "]" if is_list else "}", is_value=is_list))
        elif mark == top.closed_by:
            self._stack.pop()
        elif mark == "," and top.closed_by == "}":
            top.key, top.partial, top.is_value = (), [], False

    def _line(self, place: int) -> int:
        """Begin a line: a statement of its own, unless a list goes on."""
        is_list = self._top.closed_by == "]"
        if is_list and not _AFRESH.match(self._text, place):
            return place
        return self._statement(place)

    def _statement(self, place: int) -> int:
        del self._stack[1:]
        self._top.key, self._top.partial, self._top.is_value = (), [], False
        header = _HEADER.match(self._text, place)
        if header is None:
            return place
        names = [name.strip(" \t\"'") for name in header["names"].split(".")]
        self._is_in_section = True
        self._stack = [Context(tuple(names))]
        if place < header.start("bracket"):
            self._meet(place, header.start("bracket") - 1, Place.NOTHING)
        self._meet(header.start("bracket"), header.end(), Place.HEADER)
        return self._skip(header.end())

    def _skip(self, place: int) -> int:
        """Pass over the rest of a line, where nothing may be written."""
        end = min((at for mark in "\r\n" if (at := self._text.find(mark, place)) >= 0), default=len(self._text))
        self._meet(place, end, Place.NOTHING)
        return end

    def _meet(self, start: int, end: int, place: Place | None = None) -> None:
        """Remember what is at `start` to `end`, where the cursor is there."""
        if self._found is not None or not start <= self._offset <= end:
            return
        top = self._top
        cursor = Cursor(
            place=place or self._kind(start),
            table=(*top.table, *top.partial),
            key=top.key if top.is_value else (),
            start=start,
            end=end,
            is_in_list=top.closed_by == "]",
            is_in_section=self._is_in_section,
        )
        self._found = (cursor, top)

    def _kind(self, start: int) -> Place:
        """Return what may be written at `start`, of which the character before it decides."""
        line = self._text[max(self._text.rfind("\n", 0, start) + 1, 0) : start].rstrip()
        if self._top.is_value:
            return Place.VALUE if line[-1:] in ("", "=", "[", ",") else Place.NOTHING
        return Place.KEY if not self._top.partial or line.endswith(".") else Place.NOTHING

    @property
    def _top(self) -> Context:
        return self._stack[-1]
