"""Fits a page for a terminal into its width: what is too long goes on below, indented, and nothing of it is lost."""

from __future__ import annotations

import re
from itertools import chain

from dripper.lint.report.columns import cells, folded

# The blanks between two columns of a line.
_GAP = re.compile(r"(?<=\S) {2,}")


def fitted(text: str, width: int) -> str:
    """Return `text` with each line broken at blanks where it has more than `width` cells.

    A single word that is longer, such as an address, stays whole, and so do a command and a date.
    """
    return "\n".join(chain.from_iterable(_lines(line, width) for line in text.split("\n")))


def _lines(line: str, width: int) -> list[str]:
    if cells(line) <= width:
        return [line]
    words = line.lstrip(" ")
    lead, hang = " " * (len(line) - len(words)), " " * _hang(line, width)
    first, *rest = folded(words.rstrip(), width - len(hang), width - len(lead))
    below = [hang + each.strip(" ") for each in rest]
    return [lead + first.rstrip(" "), *below] if first else below


def _hang(line: str, width: int) -> int:
    """Return how far in a line goes on: below its second column where that is near, else a little further in."""
    lead = len(line) - len(line.lstrip(" "))
    gap = _GAP.search(line)
    return gap.end() if gap and gap.end() <= width // 3 else min(lead + 2, width // 2)
