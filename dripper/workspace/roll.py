"""A long contact list, read once into a database of its own, so that nobody has to hold its people in memory.

It is made anew when the list changes, and never changed: whoever has it open keeps what was read when they opened it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, suppress
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING

from dripper.problem import Problem, Severity, Span
from dripper.workspace.contact_list import Listed, listed_of
from dripper.workspace.entries import Entries
from dripper.workspace.model.address import address_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from dripper.workspace.entries import Entry

_VERSION = 2
_AT_ONCE = 5_000
_TABLES = """
CREATE TABLE about (columns TEXT NOT NULL, count INTEGER NOT NULL, problems TEXT NOT NULL);
CREATE TABLE person (line INTEGER PRIMARY KEY, hash INTEGER NOT NULL, cells TEXT NOT NULL);
"""
# No cell holds it: a control character is a fault.
_BETWEEN = "\x1f"


class Roll:
    """The people of a long list: in their order, or one by the key."""

    def __init__(self, connection: sqlite3.Connection, version: str) -> None:
        self._connection = connection
        # What differs when the list does.
        self.version = version
        # How many people there are.
        self.count: int
        columns, self.count, problems = connection.execute("SELECT columns, count, problems FROM about").fetchone()
        # The fields and the names of further columns, in their order.
        self.columns: list[str] = json.loads(columns)
        self.problems = [_problem(one) for one in json.loads(problems)]

    def __iter__(self) -> Iterator[Listed]:
        return map(self.listed, self.rows())

    def close(self) -> None:
        """Close the database; one that was kept nowhere is gone."""
        self._connection.close()

    def rows(self) -> Iterator[list[str]]:
        """Yield the cells of each person, one a column."""
        for (cells,) in self._connection.execute("SELECT cells FROM person ORDER BY line"):
            yield cells.split(_BETWEEN)

    def used_columns(self) -> list[bool]:
        """Return for each column whether it says something of anybody."""
        used = [False] * len(self.columns)
        for cells in self.rows():
            used = [is_used or bool(cell) for is_used, cell in zip(used, cells, strict=True)]
            if all(used):
                break
        return used

    def find(self, key: str) -> list[str] | None:
        """Return the cells of the person whose normalised address is `key`; `None` where the list has nobody of it."""
        number = self.columns.index("email") if self.count else 0
        for (cells,) in self._connection.execute("SELECT cells FROM person WHERE hash = ?", (_hash(key),)).fetchall():
            found: list[str] = cells.split(_BETWEEN)
            if address_key(found[number]) == key:
                return found
        return None

    def listed(self, cells: Sequence[str]) -> Listed:
        """Return the person that a row of cells describes."""
        return listed_of(dict(zip(self.columns, cells, strict=True)))


def roll_of(lines: Callable[[], Iterable[str]], *, file: str, state: object, folder: Path | None) -> Roll:
    """Return the roll of the list `file`, whose `lines` are read where they are not known in this `state` of the file.

    It is kept in `folder` for the next time; without one, or where nothing can be written there, in a file that goes
    away with the process.
    """
    version = blake2b(repr((_VERSION, file, state)).encode(), digest_size=8).hexdigest()
    name = blake2b(file.encode(), digest_size=8).hexdigest()
    path = folder / f"{name}-{version}.db" if folder is not None else None
    if path is not None and path.exists():
        with suppress(sqlite3.Error):
            return Roll(_opened(path), version)
    if path is not None:
        with suppress(sqlite3.Error, OSError):
            return Roll(_kept(path, name, lines(), file), version)
    connection = sqlite3.connect("", check_same_thread=False)
    _fill(connection, lines(), file)
    return Roll(connection, version)


def _opened(path: Path) -> sqlite3.Connection:
    # Nobody changes it, so nobody has to lock it.
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _kept(path: Path, name: str, lines: Iterable[str], file: str) -> sqlite3.Connection:
    """Make the database under a name of its own, then give it its right one; older ones of the same list go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # What is in it is somebody's address, wherever the workspace is kept.
    (path.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    passing = path.with_suffix(f".{os.getpid()}")
    try:
        os.close(os.open(passing, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(passing)) as connection:
            _fill(connection, lines, file)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)
    for other in path.parent.glob(f"{name}-*.db"):
        if other != path:
            with suppress(OSError):
                other.unlink()
    return _opened(path)


def _fill(connection: sqlite3.Connection, lines: Iterable[str], file: str) -> None:
    for option in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -8000"):
        connection.execute(f"PRAGMA {option}")
    connection.executescript(_TABLES)
    entries = Entries(lines, file=file)
    fields = [column for column in dict.fromkeys(entries.columns) if column]
    rows = (_row(entry, fields) for entry in entries)
    while block := list(islice(rows, _AT_ONCE)):
        connection.executemany("INSERT INTO person VALUES (?, ?, ?)", block)
    connection.execute("CREATE INDEX person_hash ON person (hash)")
    if "email" in fields:
        _leave_out_the_second(connection, entries, fields.index("email"))
    problems = json.dumps([_told(problem) for problem in entries.told.problems])
    (count,) = connection.execute("SELECT count(*) FROM person").fetchone()
    connection.execute("INSERT INTO about VALUES (?, ?, ?)", (json.dumps(fields), count, problems))
    connection.commit()


def _leave_out_the_second(connection: sqlite3.Connection, entries: Entries, number: int) -> None:
    """Keep each address once, where it first stands; `number` is that of its cell."""
    twice = "SELECT hash FROM person GROUP BY hash HAVING count(*) > 1"
    rows = connection.execute(f"SELECT line, cells FROM person WHERE hash IN ({twice}) ORDER BY line")  # noqa: S608
    first_lines: dict[str, int] = {}
    second: list[tuple[int]] = []
    for line, cells in rows:
        email = cells.split(_BETWEEN)[number]
        first = first_lines.setdefault(address_key(email), line)
        if first != line:
            second.append((line,))
            entries.add_twice(email, at=Span(line=line, column=1, end_line=line, end_column=1), first_line=first)
    connection.executemany("DELETE FROM person WHERE line = ?", second)


def _row(entry: Entry, fields: Sequence[str]) -> tuple[int, int, str]:
    cells = _BETWEEN.join([entry.cells.get(column, "") for column in fields])
    return entry.row.line, _hash(entry.key), cells


def _hash(key: str) -> int:
    """Return 64 bits of a key, for an index that is small; two keys may share them."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def _told(problem: Problem) -> dict[str, object]:
    return {name: getattr(problem, name) for name in ("file", "span", "code", "name", "severity", "message", "cure")}


def _problem(told: dict[str, object]) -> Problem:
    span, severity = told.pop("span"), told.pop("severity")
    assert isinstance(span, list)
    words = {name: str(value) for name, value in told.items()}
    return Problem(span=Span(*span), severity=Severity(str(severity)), **words)
