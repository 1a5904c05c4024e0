"""A workspace with its store and a worker in this process: a whole season against a server, in a few lines."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from dripper.drip.sending import Handled, Summary
from dripper.jobs.schedule import Outlook, approve
from dripper.jobs.send import Office as Needs
from dripper.jobs.send import deliver
from dripper.outbox.errand import Errand
from dripper.outbox.pool import SmtpMailer
from dripper.outbox.scheduling import Draft
from dripper.outbox.smtp import Server
from dripper.outbox.store import deliveries, enrolments
from dripper.outbox.store.deliveries import Delivery
from dripper.outbox.store.enrolments import Enrolment
from dripper.outbox.store.ledger import ledger
from dripper.outbox.transfer import Timeouts
from dripper.outbox.wires import Wires
from dripper.wiring.clock import Clock, WallClock
from dripper.wiring.parts import REHEARSAL_STORE, Wiring
from dripper.workspace.model.settings import Mailbox
from fakes.smtp_server import HOST
from fakes.workspaces import CAMPAIGN, write

# A Tuesday; the small workspace's first slot is at 09:30 in Berlin.
MORNING = "2026-12-01T08:00:00+01:00"
SLOT = datetime.fromisoformat("2026-12-01T09:30:00+01:00")
SETTINGS = """
[workspace]
name = "North"
timezone = "Europe/Berlin"
country = "DE"
{mailboxes}
[calendar]
gap_days = {gap_days}
account_per_day = 0
{extra}
"""
MAILBOX = """
[mailbox.{name}]
from = "Dana Ruiz <dana@north.example>"
signature = "Dana"
rehearsal = {rehearsal}
smtp = {{ host = "{host}", port = {port}, security = "none" }}
limits = {{ {limits} }}
"""
NO_LIMITS = "per_day = 0, per_hour = 0, per_domain_per_hour = 0, gap_s = 0, connections = 2"
# As patient as any sender: that this machine is slow at the moment must not look like a silent server.
PATIENT = Timeouts()
# For a server that never answers.
SHORT = Timeouts(connect_s=2, command_s=0.4, data_s=0.4, body_s=0.4, dot_s=0.4)


def workspace(
    root: Path,
    port: int,
    *,
    contacts: int | Sequence[str] = 1,
    campaign: str = CAMPAIGN,
    limits: str = NO_LIMITS,
    gap_days: int = 5,
    extra: str = "",
    rehearsal: bool = True,
    mailboxes: dict[str, int] | None = None,
) -> Path:
    """Write a workspace with one campaign, `acme/insights`; `contacts` are addresses, or how many."""
    people = [f"c{number}@acme.example" for number in range(contacts)] if isinstance(contacts, int) else contacts
    ports = mailboxes or {"dana": port}
    boxes = "".join(
        MAILBOX.format(name=name, host=HOST, port=each, limits=limits, rehearsal=str(rehearsal).lower())
        for name, each in ports.items()
    )
    write(root, "dripper.toml", SETTINGS.format(mailboxes=boxes, gap_days=gap_days, extra=extra))
    cards = "".join(f'[[contact]]\nname = "{_name(one)}"\nemail = "{one}"\n' for one in people)
    write(root, "campaigns/acme/account.toml", f'name = "Acme"\n{cards}')
    write(root, "campaigns/acme/insights.toml", campaign)
    return root


def _name(address: str) -> str:
    return address.partition("@")[0].capitalize() + " Weber"


class Later(WallClock):
    """The real clock, an hour ahead: to it every lease has run out."""

    def now(self) -> datetime:
        return super().now() + timedelta(hours=1)


class Office:
    """One workspace at one instant, which only waiting moves on; another worker is another office on the same root."""

    # The store of every office where a test runs on another engine than SQLite; None: a file in the workspace.
    store_url: ClassVar[str | None] = None
    _opened: ClassVar[list[Office]] = []

    def __init__(self, root: Path, *, now: str = MORNING, real_clock: Clock | None = None) -> None:
        self.wiring = Wiring.of(root, now=now)
        self.wiring.rehearsal_url = self.store_url or REHEARSAL_STORE
        if real_clock is not None:
            self.wiring.real_clock = real_clock
        self.handled: list[Handled] = []
        self._opened.append(self)

    @classmethod
    def close_all(cls) -> None:
        """Close the stores of all offices."""
        while cls._opened:
            wiring = cls._opened.pop().wiring
            if wiring._store is not None:
                wiring._store.close()

    @property
    def now(self) -> datetime:
        return self.wiring.clock.now()

    def wait(self, **ahead: float) -> None:
        """Let time pass."""
        asyncio.run(self.wiring.clock.sleep(timedelta(**ahead).total_seconds()))

    def at(self, now: str | datetime) -> Office:
        """Return the same workspace at another instant, as another process would see it."""
        return Office(self.wiring.root, now=now if isinstance(now, str) else now.isoformat())

    def schedule(self, *names: str, restart: bool = False) -> Outlook:
        """Freeze campaigns without linting them."""
        loaded = self.wiring.loaded
        campaigns = self.wiring.workspace.campaigns
        drafts = [
            Draft(campaign=each, source=loaded.documents[each.file].text)
            for each in campaigns.values()
            if not names or each.id in names
        ]
        return approve(self.wiring.store, self.wiring.workspace, drafts, now=self.now, restart=restart)

    def send(self, *, wires: Wires | None = None, is_fast: bool = False, **errand: Any) -> Summary:
        """Deliver, with `is_fast` on uvloop; `wait=True` goes on until nothing is left or `until`."""
        needs = Needs(
            store=self.wiring.store,
            approved=self.wiring.approved,
            wires=wires or self.wires(),
            clock=self.wiring.clock,
            real_clock=self.wiring.real_clock,
            worker=self.wiring.worker_name(),
            loop=self.wiring.loop if is_fast else None,
        )
        return deliver(needs, Errand(**{"poll_s": None, **errand}), self.handled.append)

    def run(self, **errand: Any) -> Summary:
        return self.send(wait=True, **errand)

    def wires(self, timeouts: Timeouts = PATIENT) -> Wires:
        """Return the mailers."""

        def make(name: str, mailbox: Mailbox) -> SmtpMailer:
            assert mailbox.smtp is not None
            server = Server(smtp=mailbox.smtp, greeting_name="north.example", timeouts=timeouts)
            return SmtpMailer(name, server, connections=mailbox.limits.most_connections)

        return Wires(self.wiring.workspace.settings.mailboxes, make)

    def rows(self, campaign: str = "acme/insights") -> list[Delivery]:
        with self.wiring.store.read() as connection:
            return sorted(deliveries.of_campaign(connection, campaign), key=lambda row: (row.contact, row.message))

    def row(self) -> Delivery:
        """Return the only delivery there is."""
        (row,) = self.rows()
        return row

    def states(self) -> dict[str, str]:
        """Return the state of each delivery, by contact and message."""
        return {f"{row.contact.partition('@')[0]} {row.message}": row.state.value for row in self.rows()}

    def enrolments(self, campaign: str = "acme/insights") -> dict[str, Enrolment]:
        with self.wiring.store.read() as connection:
            return enrolments.of_campaign(connection, campaign)

    def counts(self) -> dict[str, int]:
        """Return the ledger of all campaigns together, without its empty columns."""
        with self.wiring.store.read() as connection:
            lines = ledger(connection)
        assert all(line.adds_up for line in lines)
        total: dict[str, int] = {}
        for line in lines:
            for state, count in line.counts.items():
                if count:
                    total[state.value] = total.get(state.value, 0) + count
        return total


def at_slot(root: Path) -> Office:
    """Schedule in the morning and return the office at the first slot."""
    Office(root).schedule()
    return Office(root, now=SLOT.isoformat())
