"""What of a mail's text is the message: not the greeting before it, nor the signature and the footer behind it.

A campaign's message is counted without its shell, so the mail that is made of it is, too. What stands round it is known
by the signature separator (RFC 3676 §4.3), by the names of sender and reader, and in a workspace by its own shells.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")
_SEPARATOR = "--"
_GREETING_ENDS = (",", "!", ":")
_SENTENCE_ENDS = (".", "!", "?", "…")
_GREETING_CHARS, _GREETING_STRANGERS = 60, 2
# Of a signature without a separator: how many lines, how long, and how many words a farewell before it has.
_SIGNATURE_LINES, _SIGNATURE_CHARS, _FAREWELL_WORDS = 5, 60, 4


class Names(NamedTuple):
    """The words by which sender and reader are called, in small letters."""

    sender: frozenset[str]
    reader: frozenset[str]


def words_of(names: Iterable[str]) -> frozenset[str]:
    """Return the words of some names in small letters; a single letter is none."""
    return frozenset(word.lower() for name in names for word in _WORD.findall(name) if len(word) > 1)


def message_within(text: str, names: Names, frame: frozenset[str]) -> tuple[int, int]:
    """Return where the message begins and ends in the `text` of a mail; all of it where nothing else would be left.

    `frame` holds the lines that a workspace's shells put round every text.
    """
    lines = text.split("\n")
    bare = [line.strip() for line in lines]
    last = _without_signature(bare, _without_closing(bare, _separated(bare), frame), names.sender)
    first = 0
    while first < last and (not bare[first] or bare[first] in frame):
        first += 1
    if first < last and _is_greeting(bare[first], names.reader):
        first += 1
    if not any(bare[first:last]):
        return 0, len(text)
    start = sum(len(line) + 1 for line in lines[:first])
    kept = "\n".join(lines[first:last])
    return start + len(kept) - len(kept.lstrip()), start + len(kept.rstrip())


def _separated(lines: list[str]) -> int:
    """Return how many lines stand before the separator."""
    return lines.index(_SEPARATOR) if _SEPARATOR in lines else len(lines)


def _without_closing(lines: list[str], last: int, frame: frozenset[str]) -> int:
    """Return how many lines stand before what the shells of the workspace say behind a text."""
    while last and (not lines[last - 1] or lines[last - 1] in frame):
        last -= 1
    return last


def _without_signature(lines: list[str], last: int, sender: frozenset[str]) -> int:
    """Return how many lines stand before the block of lines in which the sender's name comes first."""
    end = last
    while end and not lines[end - 1]:
        end -= 1
    first = next((at for at in range(end, 0, -1) if not lines[at - 1]), 0)
    block = next((at for at in range(first, end) if _is_signed(lines[at], sender)), None)
    is_all = block is not None and end - block <= _SIGNATURE_LINES and all(map(_is_of_signature, lines[block:end]))
    if block is None or not is_all:
        return last
    before = next((at for at in range(block, 0, -1) if lines[at - 1]), 0)
    return before - 1 if before and _is_farewell(lines[before - 1]) else before


def _is_signed(line: str, sender: frozenset[str]) -> bool:
    first = _WORD.search(line)
    return first is not None and first.start() == 0 and first[0].lower() in sender and _is_of_signature(line)


def _is_of_signature(line: str) -> bool:
    says_more = "?" in line or "://" in line
    return len(line) <= _SIGNATURE_CHARS and not line.endswith(_SENTENCE_ENDS) and not says_more


def _is_farewell(line: str) -> bool:
    return line.endswith(",") and len(_WORD.findall(line)) <= _FAREWELL_WORDS


def _is_greeting(line: str, reader: frozenset[str]) -> bool:
    """Whether a line calls the reader, and says hardly more."""
    if not line.endswith(_GREETING_ENDS) or len(line) > _GREETING_CHARS or "?" in line:
        return False
    salutations = table("salutations")
    calls, *further = [[word.lower() for word in _WORD.findall(part)] for part in re.split(r"[,;!:]", line[:-1])]
    if not calls or (calls[0] not in salutations and reader.isdisjoint(calls)):
        return False
    known = salutations | reader
    strangers = sum(word not in known for word in calls)
    return strangers <= _GREETING_STRANGERS and all(word in known for part in further for word in part)
