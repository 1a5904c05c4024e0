"""Where each key and value of a TOML text stands: `tomli` says what a file means, tree-sitter only where.

No TOML library gives positions for a valid file. tree-sitter counts bytes, so it is shown a stand-in of the text in
which every character is one byte; TOML allows others than ASCII only in comments and strings, where the letter does
not matter. What tree-sitter's grammar does not know (TOML 1.1) has no place of its own; callers fall back to the table.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node, Parser

Path = tuple[str | int, ...]
# Offsets in code points, the end exclusive.
Stretch = tuple[int, int]

_KEYS = {"bare_key", "quoted_key", "dotted_key"}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_PIECE = re.compile(
    r"""
    (?P<nothing>\\[ \t]*\r?\n[ \t\r\n]*)                               # a line-ending backslash and what it swallows
    | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} | \\x[0-9A-Fa-f]{2} | \\.  # an escape
    | \r\n | .
    """,
    re.VERBOSE | re.DOTALL,
)
_RAW_PIECE = re.compile(r"\r\n|.", re.DOTALL)


@dataclass(slots=True)
class Places:
    """The stretches of one text, by path; a table's value is its header or its braces."""

    keys: dict[Path, Stretch] = field(default_factory=dict)
    values: dict[Path, Stretch] = field(default_factory=dict)
    # The paths of the tables with a header of their own, in the file's order.
    headers: list[Path] = field(default_factory=list)
    comments: list[Stretch] = field(default_factory=list)


def places_of(text: str) -> Places:
    """Return where everything in `text`, a valid TOML document, stands."""
    return _Survey(text).places


def pieces(token: str) -> Iterator[Stretch]:
    """Yield the stretch of each decoded character within `token`, a TOML string with its quotes."""
    quotes = 3 if token[:3] in ('"""', "'''") and len(token) >= 6 else 1
    start, end = quotes, len(token) - quotes
    if quotes == 3:
        start += len(token[start : start + 2]) if token.startswith("\r\n", start) else token.startswith("\n", start)
    pattern = _PIECE if token[0] == '"' else _RAW_PIECE
    for match in pattern.finditer(token, start, end):
        if match.lastgroup != "nothing":
            yield match.span()


@cache
def _parser() -> Parser:
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_toml.language()))


class _Survey:
    """One walk over the syntax tree, which knows how many tables of each array it has passed.

    Values wait in a queue instead of calling one another, so that no depth of nesting is too deep.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._counts: dict[Path, int] = {}
        self._waiting: deque[tuple[Node, Path]] = deque()
        self.places = Places()
        root = _parser().parse(_NOT_ASCII.sub("x", text).encode()).root_node
        self._pairs(root, ())
        for node in root.children:
            if node.type in ("table", "table_array_element"):
                self._section(node)
        while self._waiting:
            self._value(*self._waiting.popleft())

    def _section(self, node: Node) -> None:
        key = next((child for child in node.children if child.type in _KEYS), None)
        if key is None:
            return
        path = self._path(key, (), many=node.type == "table_array_element")
        self.places.headers.append(path)
        self.places.values[path] = (node.start_byte, key.next_sibling.end_byte if key.next_sibling else key.end_byte)
        self._pairs(node, path)

    def _pairs(self, node: Node, path: Path) -> None:
        for child in node.children:
            if child.type == "pair":
                self._pair(child, path)
            elif child.type == "comment":
                self._comment(child)

    def _pair(self, node: Node, path: Path) -> None:
        for child in node.children:
            if child.type in _KEYS:
                path = self._path(child, path)
            elif child.type == "comment":
                self._comment(child)
            elif child.is_named:
                self._waiting.append((child, path))

    def _value(self, node: Node, path: Path) -> None:
        self.places.values.setdefault(path, _stretch(node))
        if node.type == "inline_table":
            self._pairs(node, path)
        elif node.type == "array":
            items = [child for child in node.named_children if child.type != "comment"]
            self._waiting.extend((item, (*path, index)) for index, item in enumerate(items))
            for child in node.named_children:
                if child.type == "comment":
                    self._comment(child)

    def _comment(self, node: Node) -> None:
        start, end = _stretch(node)
        self.places.comments.append((start, end - self._text.endswith("\r", start, end)))

    def _path(self, key: Node, path: Path, *, many: bool = False) -> Path:
        """Return the path that `key` leads to from `path`, and note the place of each of its parts."""
        parts = _parts(key)
        for number, part in enumerate(parts, start=1):
            path = (*path, self._name(part))
            self.places.keys.setdefault(path, _stretch(part))
            if many and number == len(parts):
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
                self.places.keys.setdefault(path, _stretch(part))
        return path

    def _name(self, node: Node) -> str:
        token = self._text[node.start_byte : node.end_byte]
        if node.type == "bare_key":
            return token
        import tomli

        (name,) = tomli.loads(f"{token} = 0")
        return name


def _parts(key: Node) -> list[Node]:
    """Return the parts of a key in order; the tree leans to the left, one level a dot."""
    parts: list[Node] = []
    while key.type == "dotted_key":
        *left, last = key.named_children
        parts.append(last)
        (key,) = left
    return [key, *reversed(parts)]


def _stretch(node: Node) -> Stretch:
    return node.start_byte, node.end_byte
