"""`accounts`: every account beside its evidence, the most urgent label first, or all of one account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dripper.errors import ProblemsError, UsageError
from dripper.jobs.named import account_ids, nearest
from dripper.prep.relationship import Label, relationship_of
from dripper.prep.relationship_plan import Course
from dripper.problem import Severity
from dripper.workspace.model.account import Account
from dripper.workspace.model.workspace import Register

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.prep.relationship import Relationship
    from dripper.problem import Problem
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The accounts that could be read, with what is wrong in the files of the others."""

    rows: tuple[tuple[Account, Relationship], ...]
    problems: tuple[Problem, ...]


def accounts(loaded: Loaded, workspace: Workspace, *, today: date) -> Accounts:
    """Return all accounts, wrong labels first, then by the day on which their contract renews."""
    problems = faults(loaded)
    faulty = _faulty(loaded, problems)
    known = [_account(workspace, name) for name in account_ids(workspace) if name not in faulty]
    rows = ((account, relationship_of(account, today=today)) for account in known)
    return Accounts(rows=tuple(sorted(rows, key=_urgency)), problems=problems)


def account(loaded: Loaded, workspace: Workspace, name: str, *, today: date) -> Course:
    """Return all of one account; `UsageError` for an unknown name, `ProblemsError` where its file has an error."""
    found = sound_account(loaded, workspace, name)
    return Course(
        account=found,
        relationship=relationship_of(found, today=today),
        today=today,
        shifts=tuple(_shifts(workspace, name)),
        measured=frozenset(metric for metric, one in workspace.series.get(name, {}).items() if one.points),
    )


def sound_account(loaded: Loaded, workspace: Workspace, name: str) -> Account:
    """Return an account, an empty one where it has values but no file; raises what `account` raises."""
    broken = _faulty(loaded, faults(loaded)).get(name)
    if broken:
        raise ProblemsError(f"the file of {name} has problems, and a page must not hide them", broken)
    known = account_ids(workspace)
    if name not in known:
        raise UsageError(f"no account '{name}'", cure=nearest(name, known, "`dripper new account NAME` starts one"))
    return _account(workspace, name)


def _account(workspace: Workspace, name: str) -> Account:
    return workspace.accounts.get(name) or Account(id=name, name=name)


def faults(loaded: Loaded) -> tuple[Problem, ...]:
    """Return what is wrong in the files of accounts that were left out for it."""
    return tuple(
        problem
        for problem in loaded.problems
        if problem.severity is Severity.ERROR and problem.file.endswith("/account.toml")
    )


def _faulty(loaded: Loaded, problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Return the problems by the account that they leave out: its file's own id where it can be read, or its folder."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        folder = problem.file.rpartition("/")[0].rpartition("/")[2]
        document = loaded.documents.get(problem.file)
        written = document.data.get("id") if document else None
        for name in {folder, written} if isinstance(written, str) else {folder}:
            found.setdefault(name, []).append(problem)
    return found


def _urgency(row: tuple[Account, Relationship]) -> tuple[int, date, str]:
    account, relationship = row
    renews = account.contract.renews if account.contract else None
    return (list(Label).index(relationship.match), renews or date.max, account.id)


def _shifts(workspace: Workspace, account: str) -> Iterator[tuple[str, str]]:
    """Yield the campaigns that write to people of the account; a long list is looked at no further than its file."""
    for name, campaign in workspace.campaigns.items():
        people = workspace.recipients.get(name, ())
        listed = isinstance(people, Register)
        if account in campaign.accounts or (not listed and any(each.account == account for each in people)):
            yield name, campaign.shifts
