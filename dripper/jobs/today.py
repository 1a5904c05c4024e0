"""Today: what the store and the files say about this day, for one screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dripper.drip.delivery import State
from dripper.errors import DripperError
from dripper.jobs.ahead import ahead_of
from dripper.jobs.prepare import prepare
from dripper.jobs.status import status
from dripper.outbox.store import history
from dripper.pages.today import Near, Today
from dripper.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from dripper.outbox.store.engine import Store
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.workspace import Workspace

# "Who got twelve gifts and never answered": the point where silence says something.
TUNED_OUT_AFTER = 12


def today(
    store: Store,
    loaded: Loaded,
    workspace: Workspace,
    *,
    now: datetime,
    rehearsal: bool,
    suppressed: Collection[str] = (),
) -> Today:
    """Return what to know today; days are those of the workspace's zone."""
    zone = ZoneInfo(workspace.settings.workspace.timezone)
    on = now.astimezone(zone).date()
    yesterday, midnight, tomorrow = (_midnight(on + timedelta(days=days), zone) for days in (-1, 0, 1))
    # Until and with this instant.
    so_far = now + timedelta(microseconds=1)
    with store.read() as connection:
        counts = history.counts_between(connection, yesterday, midnight)
        sent = history.counts_between(connection, midnight, so_far).get(State.SENT, 0)
        replies = history.replies_between(connection, yesterday, midnight)
        replies_today = history.replies_between(connection, midnight, so_far)
        unanswered = history.unanswered(connection, least=TUNED_OUT_AFTER, until=so_far)
    ahead = ahead_of(store, workspace, now=now, rehearsal=rehearsal, until=tomorrow, suppressed=suppressed)
    return Today(
        now=now,
        yesterday=counts,
        replies_yesterday=replies,
        replies_today=replies_today,
        going=ahead.going,
        going_in_all=ahead.going_in_all,
        sent_today=sent,
        status=status(store, loaded, ahead),
        near=_near(workspace, on),
        unanswered=unanswered,
        problems=sum(problem.severity is Severity.ERROR for problem in loaded.problems),
    )


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), zone)


def _near(workspace: Workspace, on: date) -> Near | None:
    """Return the next negotiation from `on` and how its gate stands."""
    ahead = [(each.on, name) for name, each in workspace.negotiations.items() if each.on >= on]
    if not ahead:
        return None
    _, name = min(ahead)
    negotiation = workspace.negotiations[name]
    near = Near(id=name, title=negotiation.title, on=negotiation.on, blocks=(), ready=False)
    try:
        gate = prepare(workspace, name, None, today=on).gate
    except DripperError as error:
        # Metrics that lie elsewhere may be out of reach; the day goes on.
        return replace(near, trouble=str(error))
    return replace(near, blocks=gate.blocks, ready=gate.ready)
