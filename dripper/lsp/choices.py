"""What may stand as a value: the words of a closed set, dates, and the names that other files give to things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, get_origin

from dripper.lint.ruleset import RULES
from dripper.problem import Severity
from dripper.workspace.model.account import Objective
from dripper.workspace.model.campaign import Campaign, CampaignLint
from dripper.workspace.model.settings import LintTable
from dripper.workspace.model.table import Value
from dripper.workspace.model.values import Zone
from dripper.workspace.recipients import folder_of
from dripper.workspace.shape import example_of, is_table, item_of, known_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dripper.lsp.cursor import Names
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.table import Table
    from dripper.workspace.model.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Choice:
    """One value; `is_text` says whether it needs quotes."""

    value: str
    detail: str = ""
    is_text: bool = True


def choices(kind: type[Table], path: Names, loaded: Loaded, name: str, today: date) -> Iterator[Choice]:
    """Yield what may stand at `path` in the file `name`, which is of `kind`."""
    value, owner = type_at(kind, path), type_at(kind, path[:-1])
    if value is None:
        return
    # The words of a set of one's own choice of names are meant by the key that holds it.
    named = _NAMED.get((owner, path[-1])) or _NAMED.get((type_at(kind, path[:-2]), *path[-2:-1], "*"))
    if named is not None:
        yield from named(loaded, name)
    yield from _closed(item_of(value), today)


def type_at(kind: type[Table], path: Names) -> Any:
    """Return the type that a path of names leads to, of many tables that of one; `None` where it leads nowhere."""
    here: Any = kind
    for name in path:
        here = _one(
            known_at(here, ()).get(name) if is_table(here) else item_of(here) if get_origin(here) is dict else None
        )
    return here


def _one(kind: Any) -> Any:
    """Return the table of which `kind` is a list, or `kind` itself."""
    return item_of(kind) if get_origin(kind) is tuple and is_table(item_of(kind)) else kind


def _closed(kind: Any, today: date) -> Iterator[Choice]:
    if kind is bool:
        yield from (Choice("true", is_text=False), Choice("false", is_text=False))
    elif kind is date:
        for day, meaning in _days(today):
            yield Choice(day.isoformat(), meaning, is_text=False)
    elif kind is Zone:
        yield from map(Choice, _zones())
    elif isinstance(kind, type) and issubclass(kind, StrEnum):
        yield from (Choice(str(word), _first_line(kind)) for word in kind)
    elif isinstance(kind, type) and issubclass(kind, Value):
        example = example_of(kind)
        yield Choice(example.strip('"'), "an example", is_text=example.startswith('"'))


def _days(today: date) -> Iterator[tuple[date, str]]:
    yield today, "today"
    yield today + timedelta(days=(7 - today.weekday()) % 7 or 7), "next Monday"
    yield (today.replace(day=1) + timedelta(days=32)).replace(day=1), "the first of next month"


def _first_line(kind: type) -> str:
    return cleandoc(kind.__doc__ or "").partition("\n")[0]


@cache
def _zones() -> tuple[str, ...]:
    from zoneinfo import available_timezones

    return tuple(sorted(available_timezones()))


def _mailboxes(loaded: Loaded, _name: str) -> Iterator[Choice]:
    for workspace in _workspaces(loaded):
        for name, mailbox in workspace.settings.mailboxes.items():
            yield Choice(name, str(mailbox.from_))


def _accounts(loaded: Loaded, _name: str) -> Iterator[Choice]:
    for workspace in _workspaces(loaded):
        for account in workspace.accounts.values():
            yield Choice(account.id, account.name)


def _negotiations(loaded: Loaded, name: str) -> Iterator[Choice]:
    folder = folder_of(name)
    for workspace in _workspaces(loaded):
        for negotiation in workspace.negotiations.values():
            identity = negotiation.id.removeprefix(f"{folder}/") if folder else negotiation.id
            yield Choice(identity, f"{negotiation.title}, {negotiation.on}")


def _shells(loaded: Loaded, _name: str) -> Iterator[Choice]:
    for workspace in _workspaces(loaded):
        for shell in workspace.shells:
            yield Choice(shell, loaded.shell_files.get(shell, "comes with dripper"))


def _metric_ids(loaded: Loaded, name: str) -> Iterator[Choice]:
    document = loaded.documents.get(name)
    metrics = document.data.get("metric") if document else None
    for metric in metrics if isinstance(metrics, list) else ():
        if isinstance(metric, dict) and isinstance(metric.get("id"), str):
            yield Choice(metric["id"], str(metric.get("name", "")))


def _rules(_loaded: Loaded, _name: str) -> Iterator[Choice]:
    for rule in RULES:
        yield Choice(rule.name, f"{rule.code} {rule.summary}")


def _severities(_loaded: Loaded, _name: str) -> Iterator[Choice]:
    yield from map(Choice, Severity)


def _workspaces(loaded: Loaded) -> Iterator[Workspace]:
    workspace = loaded.workspace or loaded.left_out
    if workspace is not None:
        yield workspace


_NAMED: dict[tuple[Any, ...], Callable[[Loaded, str], Iterator[Choice]]] = {
    (Campaign, "mailbox"): _mailboxes,
    (Campaign, "accounts"): _accounts,
    (Campaign, "before"): _negotiations,
    (Campaign, "shell"): _shells,
    (CampaignLint, "ignore"): _rules,
    (LintTable, "ignore"): _rules,
    (LintTable, "select"): _rules,
    (LintTable, "severity", "*"): _severities,
    (Objective, "metrics"): _metric_ids,
}
