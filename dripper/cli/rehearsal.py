"""What a rehearsal is told that goes back to before its own records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.cli.app import talk

if TYPE_CHECKING:
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
