"""Regular expressions that are compiled when they are first used, so that a rule costs nothing until it looks."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Pattern:
    """A regular expression; every one of a rule must take linear time, whatever the text is."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield every match in `text`."""
        return self._compiled.finditer(text)

    def findall(self, text: str) -> list[str]:
        """Return the text of every match in `text`; the pattern has no group."""
        return self._compiled.findall(text)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the first match in `text` from `start` on."""
        return self._compiled.search(text, start)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match at the beginning of `text`."""
        return self._compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of the whole `text`."""
        return self._compiled.fullmatch(text)
