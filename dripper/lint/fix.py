"""Safe fixes put into a text: each at its place, none over another, and everything else left as it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from dripper.lint.report.edits import edit_of
from dripper.lint.report.shown import lines_of
from dripper.problem import Lines

if TYPE_CHECKING:
    from dripper.lint.report.shown import Shown


class Edit(NamedTuple):
    """`text` instead of what stands from `start` to `end`, in code points."""

    start: int
    end: int
    text: str


# Whether a text with these edits still says what it said, but for the words that they change.
Keeps = Callable[[str, Sequence[Edit]], bool]


def fixed(text: str, found: Iterable[Shown], keeps: Keeps) -> tuple[str, int]:
    """Return `text` with the fixes of the problems `found` in it, and how many they are.

    Of two that overlap the first is done. One that would change more than its words, as `keeps` tells, is left out.
    """
    edits = _edits(text, found)
    if not keeps(text, edits):
        sound: list[Edit] = []
        for edit in edits:
            if keeps(text, [*sound, edit]):
                sound.append(edit)
        edits = sound
    return applied(text, edits), len(edits)


def applied(text: str, edits: Sequence[Edit]) -> str:
    """Return `text` with `edits`, which stand in order and apart."""
    pieces: list[str] = []
    end = 0
    for edit in edits:
        pieces += (text[end : edit.start], edit.text)
        end = edit.end
    return "".join([*pieces, text[end:]])


def _edits(text: str, found: Iterable[Shown]) -> list[Edit]:
    """Return the edits in order and apart; what was linted while the text said something else is passed over."""
    places, lines = Lines(text), lines_of(text)
    edits: list[Edit] = []
    for each in sorted(found, key=lambda each: each.problem.sort_key):
        number = each.problem.span.line
        if each.problem.replacement is None or number > len(lines) or lines[number - 1] != each.line:
            continue
        span, words = edit_of(each)
        start, end = places.offset(span.line, span.column), places.offset(span.end_line, span.end_column)
        if not edits or start >= edits[-1].end:
            edits.append(Edit(start, end, words))
    return edits
