"""The word tables: text files beside the rules, one folder a language, read on first use.

One entry a line; `#` begins a comment. An entry of several words is a phrase.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import dripper.lint

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def table(name: str) -> frozenset[str]:
    """Return the entries of `words/NAME.txt`."""
    return frozenset(entries(name))


@cache
def entries(name: str) -> tuple[str, ...]:
    """Return the entries of `words/NAME.txt` in their order."""
    lines = (line.partition("#")[0].strip() for line in _content(f"words/{name}.txt").splitlines())
    return tuple(line for line in lines if line)


def _content(file: str) -> str:
    """Return a text of this package, as `pkgutil.get_data` does, whose import takes longer than the reading."""
    spec = dripper.lint.__spec__
    read: Callable[[str], bytes] = getattr(spec.loader, "get_data")  # noqa: B009 - not every loader has it
    return read(f"{dripper.lint.__path__[0]}/{file}").decode()


@cache
def phrases(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases of `words/NAME.txt` by their first words, each as its words, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries(name):
        words = tuple(entry.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(each, key=len, reverse=True)) for first, each in found.items()}
