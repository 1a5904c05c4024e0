"""`metrics`: what the series of one account, of all accounts, or of a bare CSV file say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.errors import ProblemsError, UsageError
from dripper.jobs.named import account_ids, nearest
from dripper.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from dripper.prep.reading import Reading
    from dripper.problem import Problem
    from dripper.workspace.model.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """The readings of one account (empty id: a bare file), and what of its rows and its file could not be used."""

    account: str
    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...] = ()


def read_account(
    workspace: Workspace,
    account: str,
    *,
    today: date,
    horizon: int | None = None,
    problems: Sequence[Problem] = (),
) -> Readings:
    """Read every metric of one account; `UsageError` where there is no such account.

    `problems` are those of the whole workspace; this account's are among them: rows that could not be read, and a file
    that could not, so that its goals, names and units are missing.
    """
    from dripper.prep.metrics import read_metrics
    from dripper.workspace.lake import problems_of

    ids = account_ids(workspace)
    if account not in ids and account not in workspace.series:
        raise UsageError(f"no account '{account}'", cure=nearest(account, ids, "`dripper new account NAME` starts one"))
    known = workspace.accounts.get(account)
    series = workspace.series.get(account, {})
    return Readings(
        account=account,
        readings=read_metrics(
            series,
            known.metrics if known else (),
            today=today,
            horizon=horizon,
            thresholds=workspace.settings.thresholds,
        ),
        problems=(
            *(() if known else _file_of(account, problems)),
            *_rows_of(account, problems),
            *problems_of(workspace.series, account),
        ),
    )


def _file_of(account: str, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield why the account's file cannot be used."""
    for problem in problems:
        if problem.file.endswith(f"/{account}/account.toml") and problem.severity is Severity.ERROR:
            yield problem


def _rows_of(account: str, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the problems of the rows that are the account's, or may be: one file may hold many accounts."""
    for problem in problems:
        folder, _, name = problem.file.rpartition("/")
        is_near = not folder or f"/{folder}/".endswith(f"/{account}/")
        if name == "metrics.csv" and is_near and problem.severity is Severity.ERROR:
            yield problem


def read_file(path: Path, *, today: date, horizon: int | None = None) -> Readings:
    """Read a bare CSV of `date,value` or `metric,date,value`; `ProblemsError` where no row of it can be read."""
    from dripper.prep.metrics import read_metrics
    from dripper.workspace.metrics import read_csv

    series, problems = read_csv(path)
    if problems and not any(each.points for each in series):
        raise ProblemsError(f"no value in {path} could be read", problems)
    by_name = {"/".join(filter(None, (each.account, each.metric))): each for each in series}
    return Readings(
        account="", readings=read_metrics(by_name, (), today=today, horizon=horizon), problems=tuple(problems)
    )
