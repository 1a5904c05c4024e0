"""`signals`: takes public mentions into the workspace's file, and shows who speaks of whom, the widest reach first."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from dripper.errors import FileError, ProblemsError, UsageError
from dripper.jobs.named import account_ids, nearest
from dripper.jobs.writing import replace_file, writing
from dripper.prep.signals import Voice, facts_of, joined, voices
from dripper.problem import Problem
from dripper.workspace.disk import open_lines
from dripper.workspace.signals import SIGNALS, columns_of, read_csv_signals, read_json_signals

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from dripper.workspace.model.account import Fact
    from dripper.workspace.model.signal import Signal
    from dripper.workspace.model.workspace import Workspace
    from dripper.workspace.signals import Mentions

HEADER = ("date", "author", "reach", "text", "url", "account", "names", "kind", "for", "sure", "worth")
_JSON = (".json", ".jsonl", ".ndjson")
# What a spreadsheet would take for a formula (CWE-1236); a blank before it, which a reader drops, makes it text.
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an import did; `problems` are the rows that were left out, the first ones of many."""

    fresh: tuple[Signal, ...]
    known: int
    problems: tuple[Problem, ...]
    left_out: int


def import_signals(source: Path, root: Path, *, shown: str) -> Taken:
    """Add the mentions of a CSV or of JSON lines (by the file's ending) to those of the workspace, each once.

    `shown` is how the user calls the file. Raises `ProblemsError` where no row of it can be used, or where
    the workspace's own file names no columns.
    """
    found = _read(source, shown)
    if not found.signals:
        raise ProblemsError(f"{shown} has no row that can be used, and nothing was written", found.told)
    kept = root / SIGNALS
    before = _read(kept, SIGNALS) if kept.exists() and kept.stat().st_size else None
    if before and not before.signals and before.problems:
        raise ProblemsError(f"{SIGNALS} cannot be added to as it is", before.told)
    seen = {signal.key for signal in before.signals} if before else set()
    fresh = {signal.key: signal for signal in found.signals if signal.key not in seen}
    if fresh:
        _add(kept, fresh.values())
    return Taken(
        fresh=tuple(fresh.values()),
        known=len(found.signals) - len(fresh),
        problems=tuple(found.told),
        left_out=found.left_out,
    )


def signals(workspace: Workspace, account: str | None) -> tuple[Voice, ...]:
    """Return who speaks, the widest reach first, with the accounts concerned; of one account with `account`."""
    known = account_ids(workspace)
    if account and account not in known:
        raise UsageError(
            f"no account '{account}'", cure=nearest(account, known, "`dripper new account NAME` starts one")
        )
    return voices(joined(workspace.signals, workspace.accounts.values()), account or "")


def signal_facts(workspace: Workspace, account: str, *, today: date) -> tuple[Fact, ...]:
    """Return what an angle of an account may rest on: the mentions that were given a kind and a side."""
    if not workspace.signals:
        return ()
    return facts_of(joined(workspace.signals, workspace.accounts.values()), account, today=today)


def _read(path: Path, name: str) -> Mentions:
    lines = open_lines(path, name=name)
    if isinstance(lines, Problem):
        raise FileError(name, f"{name}: {lines.message}", cure=lines.cure)
    read = read_json_signals if path.suffix.lower() in _JSON else read_csv_signals
    with lines:
        return read(lines, file=name)


def _add(path: Path, fresh: Iterable[Signal]) -> None:
    """Write rows behind those that are there, in the columns that the file has; at once, or not at all."""
    text = path.read_bytes().removeprefix(BOM_UTF8).decode(errors="surrogateescape") if path.exists() else ""
    text = text or ",".join(HEADER) + "\n"
    header, end = text.splitlines()[0], "\r\n" if "\r\n" in text else "\n"
    delimiter = max(",;\t|", key=header.count)
    titles = next(csv.reader([header], delimiter=delimiter))
    places = {index: name for name, index in columns_of(titles).items()}
    rows = StringIO(newline="")
    writer = csv.writer(rows, delimiter=delimiter, lineterminator=end)
    for signal in fresh:
        cells = _cells(signal)
        writer.writerow([cells[places[index]] if index in places else "" for index in range(len(titles))])
    content = (text if text.endswith("\n") else f"{text}{end}") + rows.getvalue()
    if not path.exists():
        with writing(path, cure="let the user who runs dripper write there"):
            path.parent.mkdir(exist_ok=True)
            path.touch()
    replace_file(path, content.encode(errors="surrogateescape"), name=SIGNALS)


def _cells(signal: Signal) -> dict[str, str]:
    cells = {
        "date": signal.on.isoformat(),
        "author": signal.author,
        "reach": "" if signal.reach is None else str(signal.reach),
        "text": signal.text,
        "url": signal.url,
        "account": signal.account,
        "names": "; ".join(signal.names),
        "kind": signal.kind or "",
        "for": signal.for_ or "",
        "sure": signal.sure if signal.kind else "",
        "worth": str(signal.worth) if signal.worth else "",
    }
    return {name: f" {cell}" if cell.startswith(_FORMULA) else cell for name, cell in cells.items()}
