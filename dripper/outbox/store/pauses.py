"""What is paused: everything, a campaign, a contact, an account, or a receiving domain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.tables import enrolments, pauses
from dripper.outbox.store.upsert import insert_new

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection


class Paused(StrEnum):
    """What a pause is about."""

    ALL = "all"
    CAMPAIGN = "campaign"
    CONTACT = "contact"
    ACCOUNT = "account"
    # The receiving domain objected to us.
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """One pause; `name` is empty for `ALL`."""

    kind: Paused
    name: str
    reason: str
    at: datetime

    @property
    def cure(self) -> str:
        """Return the command that ends it."""
        return f"dripper resume {self.name or '--all'}"

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


def pause(connection: Connection, one: Pause) -> bool:
    """Keep a pause; `False` where it is in force already."""
    row = {"kind": one.kind, "name": one.name, "reason": one.reason, "at": one.at}
    return insert_new(connection, pauses, [row]) > 0


def resume(connection: Connection, kind: Paused, name: str) -> bool:
    """End a pause; `False` where there was none."""
    return connection.execute(sa.delete(pauses).where(_is(kind, name))).rowcount > 0


def in_force(connection: Connection) -> tuple[Pause, ...]:
    """Return every pause, oldest first."""
    rows = connection.execute(sa.select(pauses).order_by(pauses.c.at, pauses.c.kind, pauses.c.name))
    return tuple(Pause(kind=Paused(row.kind), name=row.name, reason=row.reason, at=row.at) for row in rows)


def applies_to_enrolment() -> ColumnElement[bool]:
    """Return the condition that a row of `enrolments` is paused."""
    of = pauses.c
    return sa.exists().where(
        (of.kind == Paused.ALL)
        | ((of.kind == Paused.CAMPAIGN) & (of.name == enrolments.c.campaign))
        | ((of.kind == Paused.CONTACT) & (of.name == enrolments.c.contact))
        | ((of.kind == Paused.ACCOUNT) & (of.name == enrolments.c.account))
        | ((of.kind == Paused.DOMAIN) & (of.name == enrolments.c.domain))
    )


def _is(kind: Paused, name: str) -> ColumnElement[bool]:
    return (pauses.c.kind == kind) & (pauses.c.name == name)
