"""The lines of a mail's text part as they are written in the file, and where each of their characters stands there.

A part in quoted-printable (RFC 2045 §6.7) writes a character as `=C3=A4` and breaks a line with `=` at its end; what a
rule finds in the text still has to be shown at its place in the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BYTE = re.compile(r"=([0-9A-Fa-f]{2})|.", re.DOTALL)


class Line(NamedTuple):
    """One line of the text, and the line and column (1-based) of each of its characters and of its end."""

    text: str
    places: Sequence[tuple[int, int]]


def plain_lines(lines: Sequence[str], first: int) -> Iterator[Line]:
    """Yield `lines` of the file from number `first` (0-based) on, as they stand."""
    for number in range(first, len(lines)):
        text = lines[number]
        yield Line(text, [(number + 1, column) for column in range(1, len(text) + 2)])


def quoted_printable_lines(lines: Sequence[str], first: int, charset: str) -> Iterator[Line]:
    """Yield the lines that those of the file from number `first` (0-based) on mean in quoted-printable."""
    meant = _Meant(charset)
    for number in range(first, len(lines)):
        written = lines[number].rstrip()
        is_broken = written.endswith("=")
        for match in _BYTE.finditer(written.removesuffix("=") if is_broken else written):
            meant.add(match, number + 1)
        if not is_broken:
            yield meant.line((number + 1, len(written) + 1))


class _Meant:
    """What the bytes of a line mean; the bytes of one character may stand on two lines of the file."""

    def __init__(self, charset: str) -> None:
        from codecs import getincrementaldecoder

        self._charset = charset
        self._decoder = getincrementaldecoder(charset)("replace")
        self._text: list[str] = []
        self._places: list[tuple[int, int]] = []
        self._begun: tuple[int, int] | None = None

    def add(self, match: re.Match[str], line: int) -> None:
        """Take one byte, or one character that is written as it is."""
        self._begun = self._begun or (line, match.start() + 1)
        self._keep(
            self._decoder.decode(bytes.fromhex(match[1]) if match[1] else match[0].encode(self._charset, "replace"))
        )

    def line(self, end: tuple[int, int]) -> Line:
        """Return the line that ends at `end`, and begin the next."""
        self._keep(self._decoder.decode(b"", final=True))
        made = Line("".join(self._text), [*self._places, end])
        self._text, self._places, self._begun = [], [], None
        self._decoder.reset()
        return made

    def _keep(self, characters: str) -> None:
        if characters:
            self._text.append(characters)
            self._places += [self._begun or (1, 1)] * len(characters)
            self._begun = None
