"""Pauses and resumes: everything, a campaign, an account, a contact; and puts a stopped mailbox back to work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.jobs.target import Target, find_target
from dripper.outbox.resuming import release_held
from dripper.outbox.store import events, mailboxes, pauses
from dripper.outbox.store.events import Happening, Kind
from dripper.outbox.store.pauses import Pause, Paused

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.outbox.store.engine import Store
    from dripper.workspace.model.workspace import Workspace

ALL = Target(kind=Paused.ALL, name="")


def pause(store: Store, workspace: Workspace, name: str | None, *, now: datetime) -> str:
    """Pause what `name` stands for, `None`: everything; return what was done, for the user."""
    with store.write() as connection:
        target = ALL if name is None else find_target(workspace, connection, name)
        new = pauses.pause(connection, Pause(kind=target.kind, name=target.name, reason="", at=now))
        if not new:
            return f"{target} was paused already."
        _note(connection, target, Kind.PAUSED, now=now)
        return f"Paused {target}. `dripper resume {name or '--all'}` goes on."


def resume(store: Store, workspace: Workspace, name: str | None, *, now: datetime) -> str:
    """End a pause, put what is held back in the queue, or a stopped mailbox back to work; return what was done."""
    with store.write() as connection:
        if name in workspace.settings.mailboxes:
            assert name is not None
            mailboxes.well(connection, name)
            return f"Mailbox {name} is in use again."
        target = ALL if name is None else find_target(workspace, connection, name)
        ended = pauses.resume(connection, target.kind, target.name)
        released = release_held(connection, target.kind, target.name, now=now)
        if not ended and not released:
            return f"{target} was not paused, and nothing of it is held."
        _note(connection, target, Kind.RESUMED, now=now)
        held = f" {released} held {'message is' if released == 1 else 'messages are'} due again." if released else ""
        return f"Resumed {target}.{held}"


def _note(connection: Connection, target: Target, kind: Kind, *, now: datetime) -> None:
    contact = target.name if target.kind is Paused.CONTACT else ""
    campaign = target.name if target.kind is Paused.CAMPAIGN else ""
    events.note(connection, Happening(at=now, kind=kind, campaign=campaign, contact=contact, text=str(target)))
