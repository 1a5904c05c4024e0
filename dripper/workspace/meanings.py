"""What each key of a file means: the comments and docstrings of the model, where they are written once for all."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from dripper.workspace.model.table import Table, toml_key
from dripper.workspace.shape import is_table, item_of, keys_of


def meanings_of(table: type[Table]) -> Mapping[str, str]:
    """Return the comment that stands above each field of `table`, by key; none where the source is not at hand."""
    return _meanings_in(table.__module__, table.__name__)


@cache
def _meanings_in(module: str, name: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    comment: list[str] = []
    for line in _source(module, name):
        if text := re.fullmatch(r"    # (.*)", line):
            comment.append(text[1])
        elif field := re.match(r"    (\w+): ", line):
            found[toml_key(field[1])], comment = " ".join(comment), []
        else:
            comment = []
    return MappingProxyType(found)


def meaning_of(table: Any, key: str) -> str:
    """Return what `key` of `table` means: its comment, or the first sentence on the table that it holds."""
    if comment := meanings_of(table).get(key):
        return comment
    inner = item_of(keys_of(table).get(key))
    return inspect.cleandoc(inner.__doc__ or "").split("\n\n")[0].replace("\n", " ") if is_table(inner) else ""


def _source(module: str, name: str) -> list[str]:
    try:
        return inspect.getsource(getattr(sys.modules[module], name)).splitlines()
    except OSError:
        return []
