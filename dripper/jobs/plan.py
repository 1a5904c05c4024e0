"""The plan: every future message of the season with its slot and reason, and what changed since it was scheduled.

It is the season as it will be once the named campaigns are scheduled as they stand now; campaigns that are not named
go on as they were approved. Compared with what the store would send without that, a message may be new, moved, gone,
or have a new text. Nothing is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.coming import Change, Coming, Plan, Row
from dripper.drip.delivery import State
from dripper.drip.plan import fits
from dripper.drip.shell import shell_of
from dripper.errors import DripperError, ProblemsError, UsageError
from dripper.jobs.forecast import Forecast
from dripper.jobs.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from dripper.drip.course import Slot
    from dripper.jobs.standing import Standing
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.workspace import Workspace


def plan(
    workspace: Workspace,
    standing: Standing,
    *,
    now: datetime,
    names: Sequence[str] = (),
    archived: Callable[[str, str], Sequence[bytes]] = lambda _campaign, _contact: (),
) -> Plan:
    """Return the plan of the campaigns `names` (all where there are none); `UsageError` for an unknown one.

    `archived` returns the bytes that a campaign (by id) sent to a contact (by key), oldest first: what is still to come
    in a thread has their subject.
    """
    chosen = chosen_campaigns(workspace, standing, names)
    before, after = Forecast(workspace, standing, now=now), Forecast(workspace, standing, now=now)
    for scheduled in standing.campaigns.values():
        before.go_on(scheduled)
        if scheduled.campaign.id not in chosen or scheduled.campaign.id not in workspace.campaigns:
            after.go_on(scheduled)
    for name in chosen:
        if name in workspace.campaigns:
            after.schedule(workspace.campaigns[name], standing.campaigns.get(name))
    subjects = Subjects(workspace, standing, archived)
    old = {coming.key: coming for coming in before.coming() if coming.key[0] in chosen}
    new = [coming for coming in sorted(after.coming(), key=_in_time) if coming.key[0] in chosen]
    rows = [_row(coming, old.get(coming.key), subjects, workspace, standing) for coming in new]
    kept = {coming.key for coming in new}
    gone = [coming for key, coming in old.items() if key not in kept]
    gone += _of_the_removed(workspace, standing, now=now, chosen=chosen)
    rows += [Row(coming=coming, subject=subjects.as_written(coming), change=Change.GONE) for coming in gone]
    return Plan(
        rows=tuple(sorted(rows, key=lambda row: _in_time(row.coming))),
        faults=(*after.faults, *_squeezed_out(rows), *subjects.faults.values()),
        suppressed=len(after.suppressed),
    )


def slots_ahead(
    workspace: Workspace, standing: Standing, *, now: datetime, campaign: str
) -> dict[tuple[str, str], Slot]:
    """Return the slots of one campaign as `plan` finds them, by contact key and message id."""
    found = Forecast(workspace, standing, now=now)
    for scheduled in standing.campaigns.values():
        if scheduled.campaign.id not in workspace.campaigns:
            found.go_on(scheduled)
    for one in workspace.campaigns.values():
        found.schedule(one, standing.campaigns.get(one.id))
    keys = ((coming.key, coming.slot) for coming in found.coming())
    return {(contact, message): slot for (name, contact, message), slot in keys if name == campaign}


def _in_time(coming: Coming) -> tuple[datetime, tuple[str, str, str]]:
    return coming.slot.utc, coming.key


def _of_the_removed(workspace: Workspace, standing: Standing, *, now: datetime, chosen: Sequence[str]) -> list[Coming]:
    """Return what was still to come to those who are in no file of their campaign any more."""
    removed = Forecast(workspace, standing, now=now)
    for name in chosen:
        if name in workspace.campaigns and name in standing.campaigns:
            removed.end(standing.campaigns[name])
    return list(removed.coming())


def chosen_campaigns(workspace: Workspace, standing: Standing, names: Sequence[str]) -> tuple[str, ...]:
    """Return the ids that `names` stand for, in order; every known campaign where there are none."""
    known = sorted({*workspace.campaigns, *standing.campaigns})
    for name in names:
        if name not in known:
            from dripper.jobs.named import nearest

            cure = nearest(name, known, "`dripper new campaign NAME` starts one")
            raise UsageError(f"there is no campaign '{name}', or its file cannot be read", cure=cure)
    return tuple(dict.fromkeys(names)) or tuple(known)


def why_refused(loaded: Loaded, names: Sequence[str]) -> str:
    """Say that the linter's errors will keep the campaigns from being scheduled; empty where there are none."""
    from dripper.jobs.schedule import drafts_of

    known = loaded.workspace.campaigns if loaded.workspace else {}
    there = [name for name in names if name in known]
    if not known or (names and not there):
        return ""
    try:
        drafts_of(loaded, there)
    except ProblemsError as error:
        errors = "1 error is" if len(error.problems) == 1 else f"{len(error.problems)} errors are"
        return f"`dripper schedule` will refuse this until {errors} mended: `dripper lint` shows them"
    return ""


def _squeezed_out(rows: Sequence[Row]) -> Iterator[DripperError]:
    """Yield a fault for each campaign that is counted back from a negotiation and has more messages than days."""
    lost: dict[str, set[str]] = {}
    for row in rows:
        if row.coming.state is State.SKIPPED and not fits(row.coming.course, row.coming.slot):
            lost.setdefault(row.coming.key[0], set()).add(row.coming.message_id)
    for campaign, messages in sorted(lost.items()):
        yield DripperError(
            f"campaign {campaign}: {', '.join(sorted(messages))} would come too late for the negotiation",
            cure="write fewer messages, or a shorter `every` or `lead_days`",
        )


def _row(coming: Coming, old: Coming | None, subjects: Subjects, workspace: Workspace, standing: Standing) -> Row:
    subject = subjects.of(coming)
    if old is None:
        return Row(coming=coming, subject=subject, change=Change.NEW)
    if old.slot.utc != coming.slot.utc:
        return Row(coming=coming, subject=subject, change=Change.MOVED, was=old.slot)
    scheduled = standing.campaigns[coming.key[0]]
    # Without a file it goes on as it was approved, also where its shell is gone.
    shell = shell_of(workspace, coming.course.campaign) if coming.key[0] in workspace.campaigns else scheduled.shell
    has_new_text = _wording(coming, shell) != _wording(old, scheduled.shell)
    return Row(coming=coming, subject=subject, change=Change.TEXT if has_new_text else None)


def _wording(coming: Coming, shell: str) -> tuple[object, ...]:
    """Return all that a file says of the words of a message."""
    campaign = coming.course.campaign
    message = campaign.messages[coming.course.position(coming.message_id)]
    round_it = (campaign.greeting, campaign.vars, campaign.mailbox, campaign.thread, shell)
    return (message.variants, message.text, *round_it)
