"""What a rehearsal is told that begins too late, or goes back to before its own records."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from dripper.cli.app import talk
from dripper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.cli.app import App


def tell_of_later_records(app: App) -> None:
    """Say that the records of rehearsals reach beyond the rehearsed time, and how to begin anew."""
    from dripper.jobs.rehearsal import latest_record
    from dripper.wiring.parts import REHEARSAL_STORE

    wiring = app.wiring
    if not wiring.rehearsal:
        return
    latest = latest_record(wiring.store_to_read)
    if latest is None or latest <= wiring.clock.now():
        return
    file = REHEARSAL_STORE.removeprefix("sqlite:///")
    until = f"{latest.astimezone(wiring.zone):%d %b %Y %H:%M}"
    talk(f"dripper: there were rehearsals before, and their records reach to {until}")
    talk(f"  what they sent stays sent: delete {file} to rehearse from the beginning")


@contextmanager
def beginning_in_time(app: App) -> Iterator[None]:
    """Let the cure of a beginning that is past name a time at which a rehearsal is still before it."""
    from dripper.outbox.beginning import PastStartError

    try:
        yield
    except PastStartError as error:
        if not app.wiring.rehearsal:
            raise
        # The day before, since another contact's day may begin earlier than the workspace's.
        before = error.on - timedelta(days=1)
        cure = f"rehearse from before it: `dripper --now {before} schedule`, or add --restart to begin now"
        raise UsageError(str(error), cure=cure) from error
