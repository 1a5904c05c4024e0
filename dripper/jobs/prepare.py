"""`prep`: find the account and its negotiation, and make the brief."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dripper.errors import ProblemsError, UsageError
from dripper.jobs.named import account_ids, nearest
from dripper.problem import Severity

if TYPE_CHECKING:
    from datetime import date

    from dripper.prep.brief import Brief
    from dripper.problem import Problem
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.negotiation import Negotiation
    from dripper.workspace.model.workspace import Workspace


def prepare(workspace: Workspace, account: str, negotiation: str | None, *, today: date) -> Brief:
    """Return the brief for a negotiation of an account, or for its nearest one; `UsageError` for unknown names.

    `account` may name both, as in `acme/renewal`. An account without a negotiation gets a brief of what is known. What
    was said in public counts as a fact where a person gave it a kind and a side.
    """
    from dripper.jobs.signals import signal_facts
    from dripper.prep.brief import brief_of
    from dripper.workspace.model.account import Account

    name, _, inner = account.partition("/")
    known = account_ids(workspace)
    if name not in known and name not in workspace.series:
        raise UsageError(f"no account '{name}'", cure=nearest(name, known, "`dripper new account NAME` starts one"))
    chosen = _chosen(workspace, name, negotiation or inner, today)
    described = workspace.accounts.get(name) or Account(id=name, name=name)
    heard = signal_facts(workspace, name, today=today)
    return brief_of(
        replace(described, facts=(*described.facts, *heard)) if heard else described,
        chosen,
        workspace.series.get(name, {}),
        today=today,
        owner=owner_of(workspace),
        thresholds=workspace.settings.thresholds,
    )


def refuse_broken(loaded: Loaded, account: str) -> list[Problem]:
    """Raise `ProblemsError` where a file that the brief rests on cannot be read; return what is only marked in it.

    Bad rows of a series do not hide the series: the brief marks its metric.
    """
    from dripper.workspace.lake import problems_of

    name = account.partition("/")[0]
    own = [problem for problem in loaded.problems if f"/{name}/" in f"/{problem.file}"]
    broken = [
        problem
        for problem in own
        if problem.severity is Severity.ERROR and problem.file.endswith(("account.toml", ".negotiation.toml"))
    ]
    if broken:
        raise ProblemsError(f"the files of {name} have problems, and a brief must not hide them", broken)
    asked = problems_of(loaded.workspace.series, name) if loaded.workspace else ()
    return [*(problem for problem in own if problem.file.endswith(".csv")), *asked]


def _chosen(workspace: Workspace, account: str, wanted: str, today: date) -> Negotiation | None:
    """Return the negotiation that was named, else the next one from today, else the latest."""
    own = {name: each for name, each in workspace.negotiations.items() if name.partition("/")[0] == account}
    if wanted:
        key = wanted if wanted in own else f"{account}/{wanted}"
        if key not in own:
            names = [name.partition("/")[2] for name in own]
            cure = nearest(wanted, names, f"`dripper new negotiation {account}/{wanted}` starts one")
            raise UsageError(f"no negotiation '{wanted}' of {account}", cure=cure)
        return own[key]
    dated = sorted(own.items(), key=lambda item: (item[1].on, item[0]))
    following = [each for _, each in dated if each.on >= today]
    return following[0] if following else dated[-1][1] if dated else None


def owner_of(workspace: Workspace) -> str:
    """Return who owes what names nobody: the person behind the only mailbox, else us."""
    senders = [mailbox.from_ for mailbox in workspace.settings.mailboxes.values()]
    return (senders[0].name or senders[0].address) if len(senders) == 1 else "us"
