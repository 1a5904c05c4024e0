"""What a sentence says to its reader: its words in their usual spelling, without what somebody else is quoted with."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from dripper.lint.wordlists import entries

if TYPE_CHECKING:
    from collections.abc import Sequence


_PLAIN_MARKS = ('"', "\n>")
_MARKS = (*_PLAIN_MARKS, "“", "«", "„")
# In quotation marks, or on a line that a mail or Markdown marks as another's.
_QUOTE = re.compile('"[^"]*"|[“„][^“”„]*[“”]|«[^«»]*»|^>[^\n]*', re.MULTILINE)
# Stands for a word of a quotation: no table has it.
QUOTED = "\0"


def usual(words: list[str]) -> list[str]:
    """Return `words`, as many as they are, in their usual spelling."""
    if _respelled().isdisjoint(words):
        return words
    spellings = _spellings()
    return [spellings.get(word, word) for word in words]


def blanked(words: Sequence[str], places: Sequence[tuple[int, int]], quotes: Sequence[tuple[int, int]]) -> list[str]:
    """Return `words` with blanks for those that stand within `quotes`, which stand at `places`."""
    starts = [start for start, _ in quotes]
    result = list(words)
    for index, (start, end) in enumerate(places):
        before = bisect_right(starts, start) - 1
        if before >= 0 and end <= quotes[before][1]:
            result[index] = QUOTED
    return result


def quotes_in(text: str) -> list[tuple[int, int]]:
    """Return where somebody is quoted; a text that stands in quotes from end to end is the writer's own."""
    marks = _PLAIN_MARKS if text.isascii() else _MARKS
    if not (text.startswith(">") or any(map(text.__contains__, marks))):
        return []
    found = [match.span() for match in _QUOTE.finditer(text)]
    return [] if found == [(0, len(text))] else found


@cache
def _respelled() -> frozenset[str]:
    return frozenset(_spellings())


@cache
def _spellings() -> dict[str, str]:
    return dict(entry.split() for entry in entries("en/spellings"))
