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
from dripper.errors import DripperError, UsageError
from dripper.jobs.forecast import Forecast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from dripper.jobs.standing import Standing
    from dripper.workspace.model.workspace import Workspace


def plan(workspace: Workspace, standing: Standing, *, now: datetime, names: Sequence[str] = ()) -> Plan:
    """Return the plan of the campaigns `names` (all where there are none); `UsageError` for an unknown one."""
    chosen = chosen_campaigns(workspace, standing, names)
    before, after = Forecast(workspace, standing, now=now), Forecast(workspace, standing, now=now)
    for scheduled in standing.campaigns.values():
        before.go_on(scheduled)
        if scheduled.campaign.id not in chosen or scheduled.campaign.id not in workspace.campaigns:
            after.go_on(scheduled)
    for name in chosen:
        if name in workspace.campaigns:
            after.schedule(workspace.campaigns[name], standing.campaigns.get(name))
    old = {coming.key: coming for coming in before.coming() if coming.key[0] in chosen}
    new = {coming.key: coming for coming in after.coming() if coming.key[0] in chosen}
    subjects = _Subjects(workspace)
    rows = [_row(coming, old.get(key), subjects, workspace, standing) for key, coming in new.items()]
    rows += [
        Row(coming=coming, subject=subjects.of(coming), change=Change.GONE)
        for key, coming in old.items()
        if key not in new
    ]
    return Plan(
        rows=tuple(sorted(rows, key=lambda row: (row.coming.slot.utc, row.coming.key))),
        faults=(*after.faults, *_squeezed_out(rows), *subjects.faults.values()),
        suppressed=len(after.suppressed),
    )


def chosen_campaigns(workspace: Workspace, standing: Standing, names: Sequence[str]) -> tuple[str, ...]:
    """Return the ids that `names` stand for, in order; every known campaign where there are none."""
    known = sorted({*workspace.campaigns, *standing.campaigns})
    for name in names:
        if name not in known:
            from dripper.jobs.named import nearest

            cure = nearest(name, known, "`dripper new campaign NAME` starts one")
            raise UsageError(f"there is no campaign '{name}', or its file cannot be read", cure=cure)
    return tuple(dict.fromkeys(names)) or tuple(known)


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


def _row(coming: Coming, old: Coming | None, subjects: _Subjects, workspace: Workspace, standing: Standing) -> Row:
    subject = subjects.of(coming)
    if old is None:
        return Row(coming=coming, subject=subject, change=Change.NEW)
    if old.slot.utc != coming.slot.utc:
        return Row(coming=coming, subject=subject, change=Change.MOVED, was=old.slot)
    scheduled = standing.campaigns[coming.key[0]]
    has_new_text = _wording(coming, workspace.shells) != _wording(old, {old.course.campaign.shell: scheduled.shell})
    return Row(coming=coming, subject=subject, change=Change.TEXT if has_new_text else None)


def _wording(coming: Coming, shells: Mapping[str, str]) -> tuple[object, ...]:
    """Return all that a file says of the words of a message."""
    campaign = coming.course.campaign
    message = campaign.messages[coming.course.position(coming.message_id)]
    round_it = (campaign.greeting, campaign.vars, campaign.mailbox, campaign.thread, shells.get(campaign.shell))
    return (message.variants, message.text, *round_it)


class _Subjects:
    """Renders the subjects; the first fault of each kind is kept, and the subject is then shown as written."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.faults: dict[str, DripperError] = {}

    def of(self, coming: Coming) -> str:
        """Return the subject as the contact gets it."""
        from dripper.text.message import body_of
        from dripper.text.values import values_of

        campaign, to = coming.course.campaign, coming.course.recipient
        message = campaign.messages[coming.course.position(coming.message_id)]
        try:
            return body_of(message, to, values_of(self._workspace, campaign, to)).subject.text
        except DripperError as error:
            told = DripperError(f"{campaign.id}, {message.id}, {to.email}: {error}", cure=error.cure)
            self.faults.setdefault(str(told), told)
            return message.variants[0]
