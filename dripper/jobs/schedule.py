"""Schedules campaigns: checks them, shows what would change, and freezes them as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.errors import ProblemsError, UsageError
from dripper.lint.rules.d404_repeat import RULE as REPEAT
from dripper.outbox.scheduling import Draft, schedule
from dripper.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dripper.drip.change import Scheduled
    from dripper.lint.past import Past
    from dripper.outbox.store.engine import Store
    from dripper.problem import Problem
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Campaigns that lint lets pass, and what a person should know of them before they are approved."""

    drafts: tuple[Draft, ...]
    # Messages that tell their readers nearly what they got already, or will get.
    repeats: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What scheduling brings: the changes by campaign."""

    changes: tuple[Scheduled, ...]

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing would change."""
        return all(each.is_unchanged for each in self.changes)


def readers_of(workspace: Workspace, drafts: Sequence[Draft]) -> int:
    """Return how many people the campaigns write to, whoever is in two of them counted twice."""
    return sum(len(workspace.recipients.get(draft.campaign.id, ())) for draft in drafts)


def drafts_of(loaded: Loaded, names: Sequence[str]) -> tuple[Draft, ...]:
    """Return the campaigns called `names`, as `checked` does, compared with nothing that was delivered."""
    return checked(loaded, names).drafts


def checked(loaded: Loaded, names: Sequence[str], *, past: Past | None = None) -> Checked:
    """Return the campaigns called `names`, all where there are none, ready to be frozen.

    What was delivered in the `past` must not be told again. Raises `ProblemsError` where one of them has an error, and
    `UsageError` where there is none of that name.
    """
    from dripper.jobs.lint_workspace import NEGOTIATION, lint_workspace

    workspace = loaded.workspace
    # What is said in the room is sent to nobody; only the dates of those files count here.
    found = lint_workspace(loaded, wanted=lambda file: not file.endswith(NEGOTIATION), past=past)
    problems = [problem for problem in found if problem.severity is Severity.ERROR]
    if workspace is None:
        raise ProblemsError("dripper.toml cannot be used", problems)
    chosen = [workspace.campaigns[name] for name in _known(loaded, workspace, names, problems)]
    about = [problem for problem in problems if not names or _concerns(problem, loaded, workspace, names, chosen)]
    if about:
        what = " and ".join(names) if names else "the workspace"
        raise ProblemsError(
            f"{what} has errors, and nothing was scheduled", about, cure="mend them, then schedule again"
        )
    if not chosen:
        raise UsageError("there is no campaign to schedule", cure="`dripper new campaign NAME` starts one")
    files = {each.file for each in chosen}
    return Checked(
        drafts=tuple(Draft(campaign=each, source=loaded.documents[each.file].text) for each in chosen),
        repeats=tuple(problem for problem in found if problem.code == REPEAT.code and problem.file in files),
    )


def preview(
    store: Store, workspace: Workspace, drafts: Sequence[Draft], *, now: datetime, restart: bool = False
) -> Outlook:
    """Return what scheduling `drafts` would change; nothing is kept."""
    with store.trial() as connection:
        changes = tuple(schedule(connection, workspace, each, now=now, restart=restart) for each in drafts)
        return Outlook(changes=changes)


def approve(
    store: Store, workspace: Workspace, drafts: Sequence[Draft], *, now: datetime, restart: bool = False
) -> Outlook:
    """Freeze `drafts` and enrol their recipients, all or none."""
    with store.write() as connection:
        changes = tuple(schedule(connection, workspace, each, now=now, restart=restart) for each in drafts)
        return Outlook(changes=changes)


def _known(loaded: Loaded, workspace: Workspace, names: Sequence[str], problems: Sequence[Problem]) -> Sequence[str]:
    from dripper.jobs.named import nearest

    faulty = _files_of(loaded, names).intersection(problem.file for problem in problems)
    for name in names:
        if name in workspace.campaigns or faulty.intersection(_files_of(loaded, [name])):
            continue
        cure = nearest(name, workspace.campaigns, "`dripper new campaign NAME` starts one")
        raise UsageError(f"there is no campaign '{name}'", cure=cure)
    return [name for name in (names or workspace.campaigns) if name in workspace.campaigns]


def _files_of(loaded: Loaded, names: Sequence[str]) -> set[str]:
    """Return the files of campaigns that may be left out for an error."""
    left_out = loaded.left_out.campaigns if loaded.left_out else {}
    return {left_out[name].file if name in left_out else f"campaigns/{name}.toml" for name in names}


def _concerns(
    problem: Problem, loaded: Loaded, workspace: Workspace, names: Sequence[str], chosen: Sequence[Campaign]
) -> bool:
    """Whether a problem is in something that one of the chosen campaigns rests on."""
    shells = (f"templates/{each.shell}.{kind}.j2" for each in chosen for kind in ("txt", "html"))
    rests_on = {"dripper.toml", *shells, *_files_of(loaded, names), *(each.file for each in chosen)}
    # The people of these files are missing, which must not be taken for their removal.
    rests_on |= {file for name in names for file in loaded.awaited.get(name, ())}
    before = {f"/{each.before.rpartition('/')[2]}.negotiation.toml" for each in chosen if each.before}
    if problem.file in rests_on or problem.file.endswith(tuple(before)):
        return True
    account = next((account.id for account in workspace.accounts.values() if account.file == problem.file), None)
    people = (to for each in chosen for to in workspace.recipients[each.id])
    return account is not None and any(to.account == account for to in people)
