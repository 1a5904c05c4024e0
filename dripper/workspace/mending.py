"""Mends the data of a file with faults, so that the checks can go on beyond the first fault.

A misspelled or misplaced key is taken for the one that was meant, and an example stands in for a value that is wrong or
missing. What comes of it is for checks alone: nobody may ever be written to with it.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args, get_origin

from dripper.workspace.shape import holds_tables, is_table, keys_of, known_at, stand_in, type_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dripper.workspace.model.table import Table
    from dripper.workspace.places import Path


def without(data: dict[str, Any], paths: Iterable[Path]) -> dict[str, Any]:
    """Return a copy of `data` without what stands at `paths`."""
    for path in paths:
        data = _changed(data, path, _GONE)
    return data


def as_meant(kind: type[Table], data: dict[str, Any], unknown: Iterable[Path]) -> tuple[dict[str, Any], set[Path]]:
    """Return `data` with each `unknown` key's value where it was probably meant to stand, and these places."""
    places: set[Path] = set()
    for path in unknown:
        value = _at(data, path)
        data = _changed(data, path, _GONE)
        for place in _meant(kind, data, path):
            data = _changed(data, place, value)
            places.add(place)
    return data, places


def filled(kind: type[Table], data: dict[str, Any], paths: Iterable[Path]) -> dict[str, Any]:
    """Return `data` with an example at each of `paths`, or without what no key of `kind` leads to."""
    for path in paths:
        here = type_at(kind, path)
        data = _changed(data, path, _GONE if here is None else stand_in(here))
    return data


def _meant(kind: type[Table], data: dict[str, Any], path: Path) -> list[Path]:
    """Return where an unknown key belongs: in a table further up, under another spelling, or in the tables below."""
    key, table = str(path[-1]), path[:-1]
    for depth in range(len(table) - 1, -1, -1):
        upper = table[:depth]
        if key in known_at(kind, upper) and key not in _at(data, upper):
            return [(*upper, key)]
    known, here = known_at(kind, table), _at(data, table)
    if near := get_close_matches(key, known, n=1, cutoff=0.6):
        return [(*table, near[0])] if near[0] not in here else []
    return [place for name, inner in known.items() for place in _below(here.get(name), (*table, name), inner, key)]


def _below(value: Any, path: Path, kind: Any, key: str) -> list[Path]:
    """Return the places for `key` in the table or the list of tables that stands at `path`, as far as it is free."""
    if is_table(kind) and key in keys_of(kind):
        return [(*path, key)] if value is None or (isinstance(value, dict) and key not in value) else []
    if get_origin(kind) is tuple and holds_tables(kind) and key in keys_of(get_args(kind)[0]):
        items = value if isinstance(value, list) else []
        free = (index for index, item in enumerate(items) if isinstance(item, dict) and key not in item)
        return [(*path, index, key) for index in free]
    return []


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


_GONE = object()


def _changed(data: Any, path: Path, value: Any) -> Any:
    """Return a copy of `data` with `value` at `path`, or without what is there; where no table leads there, `data`."""
    if not isinstance(data, dict | list):
        return data
    copy: Any = data.copy()
    step, *rest = path
    if rest:
        copy[step] = _changed(copy.get(step, {}) if isinstance(copy, dict) else copy[step], tuple(rest), value)
    elif value is not _GONE:
        copy[step] = value
    elif step in copy:
        del copy[step]
    return copy
