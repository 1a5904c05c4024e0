"""What the TOML parser's complaints mean to somebody who is no programmer, and the cure of each."""

from __future__ import annotations

from dripper.problem import Problem, Span
from dripper.workspace.faults import Fault

_QUOTE = 'write key = "text"'
_ONE = "keep one of the two"
_ESCAPE = r"write \u and four digits, such as \u00e9"

# How a complaint begins -> what it means, and the cure. What is missing here is shown as the parser says it.
_MEANINGS = (
    ("Cannot overwrite", "this key stands there already", _ONE),
    ("Cannot declare", "this table stands there already", "keep one, or write [[name]] for one of many"),
    ("Cannot redefine", "this table stands there already", _ONE),
    ("Cannot mutate", "this table was closed above", "write all its keys in one place"),
    ("Duplicate inline", "this key stands there already", _ONE),
    ("Expected newline", "more stands on this line than a key and its value", "start a new line, or mend the quotes"),
    ("Expected '='", "a key needs = and a value", _QUOTE),
    ("Expected ']", "the brackets are not closed", "write [table], or [[table]] for one of many"),
    ("Expected", "the quotes are never closed", "close them"),
    ("Unterminated", "the quotes are never closed", "close them"),
    ("Invalid value", "this is no value", f"a text needs quotes: {_QUOTE}"),
    ("Invalid statement", "this is neither a key nor a table", f"{_QUOTE}, or [table]"),
    ("Invalid initial", "a key is missing here", _QUOTE),
    ("Illegal character '\\n'", "the quotes are not closed on this line", 'close them, or use """ for several lines'),
    ("Illegal character", "a control character stands here", "delete it"),
    ("Found invalid", "a control character stands here", "delete it"),
    ("Unescaped", "this backslash begins nothing known", r"write \\ for a backslash, or use single quotes"),
    ("Invalid hex", "these are not the digits of a character", _ESCAPE),
    ("Escaped character", "this is the number of no character", _ESCAPE),
    ("Unclosed array", "the list is never closed", "add ]"),
    ("Unclosed inline", "the table is never closed", "add }"),
    ("Invalid date", "this day or hour does not exist", "write one that exists, such as 2026-10-31"),
)


def syntax_problem(file: str, complaint: str, *, line: int = 1, column: int = 1) -> Problem:
    """Return the problem that the parser's `complaint` about a place is."""
    found = ((meaning, cure) for begin, meaning, cure in _MEANINGS if complaint.startswith(begin))
    meaning, cure = next(found, (complaint, "compare with https://toml.io/en/v1.0.0"))
    span = Span(line=line, column=column, end_line=line, end_column=column)
    return Fault.SYNTAX.problem(file=file, span=span, message=f"this is no TOML: {meaning}", cure=cure)
