"""What the store knows of the campaigns: how far each contact is, what was written, what is stopped or paused."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from dripper.drip.caps import Written
from dripper.drip.course import Slot
from dripper.drip.delivery import State
from dripper.drip.hours import zone_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.store.engine import Store
    from dripper.outbox.store.enrolments import Enrolment
    from dripper.outbox.store.pauses import Pause
    from dripper.workspace.model.campaign import Campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far one contact is in one scheduled campaign."""

    # Who it is whatever the address; None where the contact has no name.
    person: tuple[str, str] | None = None
    name: str = ""
    account: str = ""
    # The next message and its slot; None where nothing is left.
    message_id: str | None = None
    slot: Slot | None = None
    # A reply, an opt-out, no longer a recipient: nothing further goes out.
    stopped: str = ""
    # Was taken off the campaign's list; being on it again when it is scheduled ends the stop.
    was_removed: bool = False
    # Why the next message does not leave although it is due: a person has to look, or a pause is in force.
    held: str = ""
    paused: str = ""
    deferred: bool = False
    # When a deferred message is tried again.
    retry_at: datetime | None = None
    # A worker has it: it counts as written, and the next message follows it.
    in_hand: bool = False
    # The messages that were decided about, each with its last state, and the day last written on.
    decided: Mapping[str, State] = field(default_factory=dict)
    last_used: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """A campaign as it was approved."""

    campaign: Campaign
    shell: str
    # By contact key.
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything that was scheduled and written so far; empty for a new workspace."""

    campaigns: Mapping[str, Scheduled] = field(default_factory=dict)
    written: Written = field(default_factory=Written)
    # Of everybody who must not be written to: `suppressions.hash_of` a contact's key.
    suppressed: frozenset[str] = frozenset()


def standing_of(store: Store, *, suppressed: Collection[str] = ()) -> Standing:
    """Read the whole record of `store` in one consistent view; `suppressed` are the hashes of `suppressed.txt`."""
    from dripper.outbox.approved import campaign_of
    from dripper.outbox.store import campaigns, deliveries, enrolments, pauses, suppressions

    with store.read() as connection:
        paused = pauses.in_force(connection)
        known = enrolments.contacts(connection)
        hashes = suppressions.among(connection, map(suppressions.hash_of, known))
        found: dict[str, Scheduled] = {}
        rows: list[Delivery] = []
        for revision in campaigns.all_current(connection):
            mine = deliveries.of_campaign(connection, revision.campaign)
            people = enrolments.of_campaign(connection, revision.campaign)
            found[revision.campaign] = Scheduled(
                campaign=campaign_of(revision), shell=revision.shell, places=_places(people, mine, paused)
            )
            rows += mine
    return Standing(campaigns=found, written=_written(rows), suppressed=frozenset({*hashes, *suppressed}))


def archived_of(store: Store, campaign: str, contact: str) -> list[bytes]:
    """Return the exact bytes of what a campaign sent to a contact, oldest first."""
    from dripper.outbox.sent import sent_to

    with store.read() as connection:
        return sent_to(connection, campaign, contact)


def _places(people: Mapping[str, Enrolment], rows: Iterable[Delivery], paused: Collection[Pause]) -> dict[str, Place]:
    by_contact: dict[str, dict[str, Delivery]] = defaultdict(dict)
    for row in rows:
        by_contact[row.contact][row.message] = row
    return {contact: _place(one, by_contact[contact], paused) for contact, one in people.items()}


def _place(one: Enrolment, rows: Mapping[str, Delivery], paused: Collection[Pause]) -> Place:
    from dripper.outbox.readdressing import NO_RECIPIENT, person_of
    from dripper.outbox.store.enrolments import Progress
    from dripper.outbox.vanishing import is_gone

    row = rows.get(one.message) if one.message else None
    in_hand = row is not None and row.state in (State.CLAIMED, State.ATTEMPTING)
    return Place(
        person=person_of(one.account, one.name),
        name=one.name,
        account=one.account,
        message_id=one.message,
        slot=_slot(one),
        stopped=one.reason or "stopped" if one.state is Progress.STOPPED else "",
        was_removed=one.state is Progress.STOPPED and one.reason == NO_RECIPIENT,
        held=row.reply if row is not None and row.state is State.HELD else "",
        paused=next((_said(pause) for pause in paused if _is_about(pause, one)), ""),
        deferred=row is not None and row.state is State.DEFERRED,
        retry_at=one.due_at if row is not None and row.state is State.DEFERRED else None,
        in_hand=in_hand,
        decided={message: each.state for message, each in rows.items() if each.state.is_final and not is_gone(each)},
        last_used=max((each.day for each in rows.values() if each.day is not None), default=None),
    )


def _slot(one: Enrolment) -> Slot | None:
    if one.slot_at is None or one.zone is None or one.slot_reason is None:
        return None
    return Slot(utc=one.slot_at, local=one.slot_at.astimezone(zone_of(one.zone)), zone=one.zone, reason=one.slot_reason)


def _is_about(pause: Pause, one: Enrolment) -> bool:
    from dripper.outbox.store.pauses import Paused

    match pause.kind:
        case Paused.ALL:
            return True
        case Paused.CAMPAIGN:
            return pause.name == one.campaign
        case Paused.CONTACT:
            return pause.name == one.contact
        case Paused.ACCOUNT:
            return pause.name == one.account
        case Paused.DOMAIN:
            return pause.name == one.domain
        case _:
            assert_never(pause.kind)


def _said(pause: Pause) -> str:
    what = pause.kind.value + (f" {pause.name}" if pause.name else "")
    return f"paused: {what}{f' ({pause.reason})' if pause.reason else ''}"


def _written(rows: Iterable[Delivery]) -> Written:
    days: dict[str, set[date]] = defaultdict(set)
    accounts: dict[tuple[str, date], set[str]] = defaultdict(set)
    for row in rows:
        if row.state.is_written and row.day is not None:
            days[row.contact].add(row.day)
            accounts[row.account, row.day].add(row.contact)
    return Written(days=days, accounts=accounts)
