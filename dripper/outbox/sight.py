"""What a claim looks at: everything its decisions rest on, read for a whole batch at once.

It is kept true while the batch is decided one by one, so a batch of many decides what as many batches of one would.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dripper.drip.caps import Pending, Written
from dripper.drip.delivery import DECIDED, State
from dripper.outbox.store import deliveries, opening, suppressions, waiting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Row

    from dripper.outbox.approved import Approved
    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.store.enrolments import Enrolment
    from dripper.workspace.model.settings import Calendar

_DAY = timedelta(days=1)
_NO_ROWS: Mapping[str, Row[tuple[object, ...]]] = {}


class Sight:
    """What is known of the people and the accounts of a batch."""

    def __init__(self, connection: Connection, approved: Approved, ones: Sequence[Enrolment]) -> None:
        """Read it."""
        calendar = approved.settings.calendar
        self._gap = timedelta(days=max(1, calendar.gap_days) - 1)
        self.revisions = approved.revisions(connection, {one.campaign for one in ones})
        self.unwanted = unwanted(connection, approved, {one.contact for one in ones})
        self._rows: dict[tuple[str, str], dict[str, Row[tuple[object, ...]]]] = {}
        for row in opening.known(connection, ones):
            self._rows.setdefault((row.campaign, row.contact), {})[row.message] = row
        self.decided, self.promised = written_near(connection, calendar, ones)
        self._of_people: defaultdict[str, dict[str, Pending]] = defaultdict(dict)
        self._of_accounts: defaultdict[tuple[str, date], dict[tuple[str, str], Pending]] = defaultdict(dict)
        self._read_pending(connection, calendar, ones)

    def _read_pending(self, connection: Connection, calendar: Calendar, ones: Sequence[Enrolment]) -> None:
        for other in waiting.pending_of(connection, ones):
            self._of_people[other.contact][other.campaign] = other
        first, last = _days(ones)
        for other in waiting.pending_in(connection, accounts_of(calendar, ones), first - _DAY, last + _DAY):
            self._of_accounts[other.account, other.day][other.campaign, other.contact] = other

    def state(self, one: Enrolment) -> State | None:
        """Return where the delivery of an enrolment's next message stands, `None` where it has no row."""
        row = self._row(one)
        return None if row is None else State(row.state)

    def row(self, one: Enrolment) -> Delivery | None:
        """Return that delivery."""
        row = self._row(one)
        return None if row is None else deliveries.of_row(row)

    def _row(self, one: Enrolment) -> Row[tuple[object, ...]] | None:
        assert one.message is not None
        return self._rows.get((one.campaign, one.contact), _NO_ROWS).get(one.message)

    def final(self, one: Enrolment) -> set[str]:
        """Return the messages of an enrolment whose fate is decided."""
        rows = self._rows.get((one.campaign, one.contact), _NO_ROWS)
        return {message for message, row in rows.items() if State(row.state).is_final}

    def others(self, one: Enrolment, account: str, day: date) -> list[Pending]:
        """Return what else waits and may go out: to the same person near `day`, to the account on it."""
        near = []
        if one.contact in self._of_people:
            near = [
                other
                for campaign, other in self._of_people[one.contact].items()
                if campaign != one.campaign and abs(other.day - day) <= self._gap
            ]
        if (account, day) in self._of_accounts:
            mine = (one.campaign, one.contact)
            near += [other for key, other in self._of_accounts[account, day].items() if key != mine]
        return near

    def claimed(self, one: Enrolment, day: date) -> None:
        """Note that the message of `one` was taken, and counts as written on the contact's `day`."""
        self.promised.days.setdefault(one.contact, set()).add(day)
        if one.account:
            self.promised.accounts.setdefault((one.account, day), set()).add(one.contact)
        if one.contact in self._of_people:
            self._of_people[one.contact].pop(one.campaign, None)
        if one.slot_on is not None and (one.account, one.slot_on) in self._of_accounts:
            self._of_accounts[one.account, one.slot_on].pop((one.campaign, one.contact), None)


class Notes(Written):
    """What counts as written to, growing."""

    days: dict[str, set[date]]
    accounts: dict[tuple[str, date], set[str]]


def written_near(
    connection: Connection, calendar: Calendar, ones: Sequence[Enrolment], *, but: Collection[int] = ()
) -> tuple[Notes, Notes]:
    """Return what was written around the slots of `ones`: what is decided, and that with what is under way.

    `but` are the ids of deliveries that count for nobody's own days, because the question is about them.
    """
    decided, promised = Notes(days={}, accounts={}), Notes(days={}, accounts={})
    since = counted_since(calendar, ones)
    people = {one.contact for one in ones}
    for row in opening.written(connection, people, accounts_of(calendar, ones), since=since):
        for notes in (decided, promised) if row.state in DECIDED else (promised,):
            if row.delivery not in but:
                notes.days.setdefault(row.contact, set()).add(row.day)
            if row.account:
                notes.accounts.setdefault((row.account, row.day), set()).add(row.contact)
    return decided, promised


def counted_since(calendar: Calendar, ones: Sequence[Enrolment]) -> date:
    """Return the first day on which something written can matter to the slots of `ones`."""
    return _days(ones)[0] - timedelta(days=max(1, calendar.gap_days)) - _DAY


def unwanted(connection: Connection, approved: Approved, contacts: Iterable[str]) -> dict[str, str]:
    """Return to whom of `contacts` nobody may write, and why."""
    hashes = {suppressions.hash_of(contact): contact for contact in contacts}
    found = {hashes[one]: "suppressed.txt" for one in approved.suppressed_among(hashes)}
    found |= {hashes[one]: reason for one, reason in suppressions.among(connection, hashes).items()}
    return {contact: f"suppressed: {reason}" for contact, reason in found.items()}


def accounts_of(calendar: Calendar, ones: Iterable[Enrolment]) -> set[str]:
    """Return the accounts whose cap may keep one of `ones`."""
    return {one.account for one in ones if one.account} if calendar.account_per_day else set()


def _days(ones: Sequence[Enrolment]) -> tuple[date, date]:
    days = [one.slot_on for one in ones if one.slot_on is not None]
    return min(days, default=date.max - 2 * _DAY), max(days, default=date.min + 2 * _DAY)
