"""The word tables: text files beside the rules, one folder a language, read on first use.

One entry a line; `#` begins a comment. An entry of several words is a phrase.
"""

from __future__ import annotations

import pkgutil
from functools import cache


@cache
def table(name: str) -> frozenset[str]:
    """Return the entries of `words/NAME.txt`."""
    return frozenset(entries(name))


@cache
def entries(name: str) -> tuple[str, ...]:
    """Return the entries of `words/NAME.txt` in their order."""
    content = pkgutil.get_data("dripper.lint", f"words/{name}.txt")
    assert content is not None
    lines = (line.partition("#")[0].strip() for line in content.decode().splitlines())
    return tuple(line for line in lines if line)


@cache
def phrases(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases of `words/NAME.txt` by their first words, each as its words, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries(name):
        words = tuple(entry.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(each, key=len, reverse=True)) for first, each in found.items()}
