"""Takes the contacts of another program's CSV into the workspace: the good rows, under the names that dripper knows."""

from __future__ import annotations

import csv
import os
import re
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.errors import FileError, ProblemsError, UsageError
from dripper.jobs.writing import writing
from dripper.problem import Problem
from dripper.workspace.disk import open_lines
from dripper.workspace.roll import Roll, roll_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A list that was written."""

    path: Path
    people: int
    # Of the rows that were left out, the first ones.
    problems: tuple[Problem, ...]


def import_list(source: Path, root: Path, *, shown: str, name: str | None = None, replace: bool = False) -> Imported:
    """Write the good rows of the CSV `source` to `campaigns/NAME.csv` of the workspace at `root`, each address once.

    `shown` is how the user calls the file, `name` is made from it by default. It is read in a stream, so it may be of
    any length. Raises `UsageError` where the list is there already, unless `replace`, and `ProblemsError` where no row
    can be used.
    """
    name = name or re.sub(r"[^a-z0-9_-]+", "-", source.stem.lower()).strip("-_")
    if _NAME.fullmatch(name) is None:
        raise UsageError(
            f"'{name}' is no name for a list", cure="use small letters, digits and hyphens: --to acme/shops"
        )
    path = root / "campaigns" / f"{name}.csv"
    if path.exists() and not replace:
        known = path.relative_to(root)
        raise UsageError(
            f"{known} exists and was left as it is", cure="write it anew with --replace, or name another: --to"
        )
    lines = open_lines(source, name=shown)
    if isinstance(lines, Problem):
        raise FileError(shown, f"{shown}: {lines.message}", cure=lines.cure)
    with closing(lines), closing(roll_of(lambda: lines, file=shown, state=None, folder=None)) as roll:
        if not roll.count:
            raise ProblemsError(f"{shown} has no row that can be used, and nothing was written", roll.problems)
        _write(path, roll)
        return Imported(path=path, people=roll.count, problems=tuple(roll.problems))


def _write(path: Path, roll: Roll) -> None:
    """Write the list under a passing name, then give it the right one: whoever reads it meanwhile reads the old one."""
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    with writing(path, cure="let the user who runs dripper write there, or name another place: --to"):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with passing.open("x", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(_rows(roll))
            passing.replace(path)
        finally:
            passing.unlink(missing_ok=True)


def _rows(roll: Roll) -> Iterator[list[str]]:
    """Yield the header and the rows; a column that is empty in all of them is left out."""
    used = [number for number, is_used in enumerate(roll.used_columns()) if is_used]
    yield [roll.columns[number] for number in used]
    for cells in roll.rows():
        yield [cells[number] for number in used]
