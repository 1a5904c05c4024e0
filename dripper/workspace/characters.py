"""Characters that no text for people may hold: they break a header, hide words, or upset a terminal."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from dripper.workspace.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.problem import Problem
    from dripper.workspace.places import Path
    from dripper.workspace.toml import Document

# C0 without tab and line feed, a carriage return that ends no line, DEL, C1, and the separators of Unicode.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]|\r(?!\n)")
_LINE_BREAK = re.compile(r"[\r\n]+")
# What becomes part of a message's header, where a line break starts another header (RFC 5322 §2.2).
_HEADER_KEYS = {"from", "reply_to", "subject", "subjects", "email", "name", "first_name", "last_name"}
# More of one kind in one text than anybody reads.
_MOST = 20


def character_problems(document: Document) -> Iterator[tuple[Path, Problem]]:
    """Yield each control character and each line break in a header, with the path of its text; of many the first."""
    for path, text in _texts(document.data):
        for match in islice(_CONTROL.finditer(text), _MOST):
            yield path, _control(document, path, match)
        if _HEADER_KEYS.intersection(path[-2:]):
            for match in islice(_LINE_BREAK.finditer(text), _MOST):
                yield path, _line_break(document, path, match)


def _control(document: Document, path: Path, match: re.Match[str]) -> Problem:
    return Fault.CONTROL_CHARACTER.problem(
        file=document.file,
        span=document.passage(path).locate(*match.span()),
        message=f"the control character U+{ord(match[0]):04X} stands in the text",
        cure="delete it; it mostly comes in by copying from another program",
    )


def _line_break(document: Document, path: Path, match: re.Match[str]) -> Problem:
    return Fault.BROKEN_HEADER.problem(
        file=document.file,
        span=document.passage(path).locate(*match.span()),
        message="a line break here would break the message's header",
        cure="write it on one line",
    )


def _texts(data: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    waiting: list[tuple[Path, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            waiting.extend(((*path, key), item) for key, item in value.items())
        elif isinstance(value, list):
            waiting.extend(((*path, index), item) for index, item in enumerate(value))
