"""How wide a text stands in a terminal, so that a mark below it stands below the right characters."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_WIDEST_LINE_CELLS = 160
_CONTEXT_CELLS = 60


def cells(text: str) -> int:
    """Return how many cells `text` takes: two for East Asian wide characters and emoji, none for combining ones."""
    if text.isascii():
        return len(text)
    width = 0
    previous = ""
    for character in text:
        if previous != _JOINER and not _is_joined(character):
            width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        previous = character
    return width


def visible(text: str) -> str:
    """Return `text` with control characters as the sign for something that cannot be shown; tabs stay."""
    return "".join("\ufffd" if _is_hidden(character) and character != "\t" else character for character in text)


def underlined(line: str, start: int, end: int) -> tuple[str, str, str]:
    """Return `line` as it can be shown, and the blanks and the marks that go below it for `line[start:end]`.

    Of a very long line only the part round `start` is shown.
    """
    start, end = min(start, len(line)), min(max(start, end), len(line))
    first, before = 0, ""
    if cells(line) > _WIDEST_LINE_CELLS:
        first = max(0, start - _CONTEXT_CELLS)
        before = "…" if first else ""
        last = first + _WIDEST_LINE_CELLS
        line, end = line[:last] + ("…" if last < len(line) else ""), min(end, last)
    shown = visible(line)
    blanks = "".join(
        "\t" if character == "\t" else " " * cells(character) for character in _clusters(shown[first:start])
    )
    return before + shown[first:], " " * len(before) + blanks, "^" * max(1, cells(shown[start:end]))


def _clusters(text: str) -> list[str]:
    """Split `text` at tabs, which are as wide as the terminal makes them."""
    parts: list[str] = []
    for number, piece in enumerate(text.split("\t")):
        parts += ["\t"] * (number > 0) + [piece] * bool(piece)
    return parts


def _is_joined(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= character <= "\U0001f3ff"


def _is_hidden(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs")
        or character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
