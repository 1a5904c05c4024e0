"""Regular expressions that are compiled when they are first used, so that a rule costs nothing until it looks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Pattern:
    """A regular expression; every one of a rule must take linear time, whatever the text is.

    It has these methods of `re.Pattern`, each looked up there once.
    """

    finditer: Callable[[str], Iterator[re.Match[str]]]
    # Of a pattern without a group, the text of every match.
    findall: Callable[[str], list[str]]
    search: Callable[..., re.Match[str] | None]
    match: Callable[[str], re.Match[str] | None]
    fullmatch: Callable[[str], re.Match[str] | None]

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in Pattern.__annotations__:
            raise AttributeError(name)
        return self.__dict__.setdefault(name, getattr(re.compile(self._source, self._flags), name))
