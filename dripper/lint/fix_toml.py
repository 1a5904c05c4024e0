"""Whether edits of a TOML text change nothing but the words of its strings at their places, and its comments.

A word that is put into a string might end it, or begin an escape; so the text is read again and compared with what it
must say.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import tomli

from dripper.lint.fix import Edit, applied
from dripper.workspace.places import pieces, places_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dripper.workspace.places import Path, Stretch


def keeps_toml(text: str, edits: Sequence[Edit]) -> bool:
    """Whether `text` with `edits` is TOML and says the same, but for each edited string, which has the new words."""
    data: Any = _read(text)
    strings = {path: stretch for path, stretch in places_of(text).values.items() if isinstance(_at(data, path), str)}
    for path, within in _by_string(strings, edits).items():
        first, last = strings[path]
        shift = [first + start for start, _ in pieces(text[first:last])]
        ends = [first + end for _, end in pieces(text[first:last])]
        if any(edit.start not in shift or edit.end not in ends for edit in within):
            return False
        own = [Edit(shift.index(edit.start), ends.index(edit.end) + 1, edit.text) for edit in within]
        _at(data, path[:-1])[path[-1]] = applied(_at(data, path), own)
    try:
        return repr(_read(applied(text, edits))) == repr(data)
    except (tomli.TOMLDecodeError, ValueError, ArithmeticError, RecursionError):
        return False


def _by_string(strings: Mapping[Path, Stretch], edits: Sequence[Edit]) -> dict[Path, list[Edit]]:
    """Return the edits within each string; what stands in none of them is a comment, or spoils the comparison."""
    found: dict[Path, list[Edit]] = {}
    for edit in edits:
        for path, (start, end) in strings.items():
            if start <= edit.start and edit.end <= end:
                found.setdefault(path, []).append(edit)
    return found


def _read(text: str) -> dict[str, Any]:
    return tomli.loads(text, parse_float=Decimal)


def _at(data: Any, path: Path) -> Any:
    try:
        for step in path:
            data = data[step]
    except (LookupError, TypeError):
        # A place that is known under another path than its value.
        return None
    return data
