"""Pauses and resumes: everything, a campaign, an account, a contact, a domain; and puts a mailbox back to work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.jobs.target import Target, find_target
from dripper.outbox.resuming import release_held, retry_deferred, still_paused
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
    """End a pause, put what is held back in the queue, or a mailbox back to work; return what was done."""
    with store.write() as connection:
        if name is not None and name in workspace.settings.mailboxes:
            return resume_mailbox(connection, name, now=now)
        target = ALL if name is None else find_target(workspace, connection, name)
        ended = pauses.resume(connection, target.kind, target.name)
        released = release_held(connection, target.kind, target.name, now=now)
        others = "".join(
            f" But {pause} is paused too: `{pause.cure}` lets it go on."
            for pause in still_paused(connection, target.kind, target.name)
        )
        if not ended and not released:
            return f"{target} was not paused{'.' if others else ', and nothing of it is held.'}{others}"
        _note(connection, target, Kind.RESUMED, now=now)
        due = "no longer held" if others else "due again"
        held = f" {released} held {'message is' if released == 1 else 'messages are'} {due}." if released else ""
        return f"Resumed {target}.{held}{others}"


def resume_mailbox(connection: Connection, name: str, *, now: datetime) -> str:
    """Use a mailbox again that stopped or rests, and try at once what it deferred; return what was done."""
    condition = mailboxes.get(connection, name)
    was_out = condition.stopped or condition.failures > 0
    mailboxes.well(connection, name)
    count = retry_deferred(connection, name, now=now)
    again = f" {count} deferred {'message is' if count == 1 else 'messages are'} due again." if count else ""
    if was_out:
        return f"Mailbox {name} is in use again.{again}"
    return f"Mailbox {name} was not paused{'.' if again else ', and nothing of it is deferred.'}{again}"


def _note(connection: Connection, target: Target, kind: Kind, *, now: datetime) -> None:
    contact = target.name if target.kind is Paused.CONTACT else ""
    campaign = target.name if target.kind is Paused.CAMPAIGN else ""
    events.note(connection, Happening(at=now, kind=kind, campaign=campaign, contact=contact, text=str(target)))
