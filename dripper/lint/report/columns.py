"""How wide a text stands in a terminal, so that a mark below it stands below the right characters, and lines end there.

Wide are the characters that Unicode calls so (UAX #11), and emoji, also where a selector makes one of a plain sign.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_JOINER, _EMOJI_SELECTOR, _SOFT_HYPHEN = "\u200d", "\ufe0f", "\u00ad"
_TAB_CELLS = 8
WIDEST_LINE_CELLS = 160
# What stays on one line, and the sign for a blank in it, which no visible text has.
_COPIED = re.compile(r"<!--.*?-->|`[^`]*`|\b\d\d? [A-Z][a-z]{2} \d{4}\b")
_GLUE = "\x1f"
# In less nothing can be read.
_LEAST_CELLS = 20


def cells(text: str) -> int:
    """Return how many cells `text` takes: two for East Asian wide characters and emoji, none for combining ones."""
    return len(text) if text.isascii() else sum(_widths(text))


def visible(text: str) -> str:
    """Return `text` with control characters as the sign for something that cannot be shown; tabs stay."""
    if text.isprintable():
        return text
    return "".join("\ufffd" if _is_hidden(character) and character != "\t" else character for character in text)


def underlined(line: str, start: int, end: int, width: int = WIDEST_LINE_CELLS) -> tuple[str, str, str]:
    """Return `line` as it can be shown, and the blanks and the marks that go below it for `line[start:end]`.

    Of a line of more than `width` cells only the part round `start` is shown.
    """
    start, end = min(start, len(line)), min(max(start, end), len(line))
    width = max(width, _LEAST_CELLS)
    first, last = _window(line, start, end, width)
    shown = visible(line[first:last])
    before, after = "…" * (first > 0), "…" * (last < len(line))
    blanks = "\t".join(" " * cells(piece) for piece in shown[: start - first].split("\t"))
    marks = "^" * max(1, cells(shown[start - first : end - first]))
    # What begins within a character as it is seen may reach behind it.
    blanks = (" " * len(before) + blanks)[: width - 1]
    return before + shown + after, blanks, marks[: width - len(blanks)]


def folded(text: str, width: int, first: int) -> list[str]:
    """Return `text` as lines of at most `width` cells, the first of at most `first`; a longer word is not cut.

    Nor is what is there to be copied, a comment or a command, or a date, where it fits into a line. The first line is
    empty where not even its first word fits.
    """
    text = _COPIED.sub(lambda match: match[0].replace(" ", _GLUE) if cells(match[0]) <= width else match[0], text)
    lines: list[str] = []
    line, room = "", first
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if cells(longer) > room and (line or not lines):
            lines.append(line)
            longer, room = word, width
        line = longer
    return [each.replace(_GLUE, " ") for each in (*lines, line)]


def _window(line: str, start: int, end: int, width: int) -> tuple[int, int]:
    """Return what of `line` fits into `width` cells with a sign at each end that is cut, `start` within it."""
    # A mark behind the last character that has a width needs a cell of its own.
    if len(line) <= 4 * width and _reach(line, 0, width - (cells(line[start:]) == 0)) == len(line):
        return 0, len(line)
    room = width - 2
    marks = min(cells(line[start : min(end, start + room)]), room)
    first = _reach_back(line, start, max((room - marks) // 2, room // 4))
    last = _reach(line, first, room + (first == 0))
    if last == len(line):
        first = _reach_back(line, last, room + (cells(line[start:last]) > 0))
    return first, last


def _reach(line: str, start: int, room: int) -> int:
    """Return up to where `line` goes from `start` in `room` cells; it does not end within a character as it is seen."""
    part = line[start : start + 4 * room]
    if part.isascii() and "\t" not in part:
        return start + min(room, len(part))
    for offset, width in enumerate(_widths(part)):
        room -= _TAB_CELLS if part[offset] == "\t" else width
        if room < 0:
            return start + offset
    return start + len(part)


def _reach_back(line: str, end: int, room: int) -> int:
    """Return from where `line` comes to `end` in `room` cells; it does not begin within a character as it is seen."""
    begin = max(0, end - 4 * room)
    widths = _widths(line[begin:end])
    first = end
    for offset in range(len(widths) - 1, -1, -1):
        room -= _TAB_CELLS if line[begin + offset] == "\t" else widths[offset]
        if room < 0:
            break
        if widths[offset]:
            first = begin + offset
    return first


def _widths(text: str) -> list[int]:
    """Return the cells of each character; those that join the one before them have none."""
    if text.isascii():
        return [1] * len(text)
    widths: list[int] = []
    previous = ""
    for character in text:
        is_half_a_flag = _is_regional(character) and _is_regional(previous) and widths[-1] == 1
        if is_half_a_flag or (character == _EMOJI_SELECTOR and widths and widths[-1]):
            widths[-1] = 2
        widths.append(0 if is_half_a_flag or previous == _JOINER else _width(character))
        previous = character
    return widths


@lru_cache(maxsize=1024)
def _width(character: str) -> int:
    """Return the cells of a character by itself: none for one that joins another, such as a vowel of Hangul."""
    if character == _SOFT_HYPHEN:
        return 1
    is_joining = unicodedata.category(character) in ("Mn", "Me", "Cf")
    if is_joining or "\U0001f3fb" <= character <= "\U0001f3ff" or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_hidden(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs")
        or character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
