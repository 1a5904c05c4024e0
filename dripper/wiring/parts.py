"""Joins settings, clock, engine and wires; with its neighbours the only reader of the environment and of the clock."""

from __future__ import annotations

import os
from datetime import UTC, date, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dripper.wiring.clock import WallClock, clock_of, today_in

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from dripper.outbox.approved import Approved
    from dripper.outbox.instruments import Instruments
    from dripper.outbox.store.engine import Store
    from dripper.outbox.wire import Mailer
    from dripper.outbox.wires import Wires
    from dripper.wiring.clock import Clock
    from dripper.workspace.files import Loaded
    from dripper.workspace.lake import Fetch
    from dripper.workspace.model.settings import Mailbox, Secret
    from dripper.workspace.model.workspace import Workspace

REHEARSAL_STORE = "sqlite:///.dripper/rehearsal.db"


class Wiring:
    """The parts of one workspace, each made when it is first asked for."""

    def __init__(self, *, root: Path, start: Path, now: str | None) -> None:
        # The folder with dripper.toml, and the folder that the user works in.
        self.root = root
        self.start = start
        self.rehearsal = now is not None
        self._today_in = today_in(now)
        # Leases and time-outs run on it, also in a rehearsal.
        self.real_clock: Clock = WallClock()
        self.rehearsal_url = REHEARSAL_STORE
        self._loaded: Loaded | None = None
        self._store: Store | None = None
        # Last: a `now` without an offset is meant in the workspace's zone, which its files say.
        self.clock: Clock = clock_of(now, zone=lambda: self.own_zone)

    @classmethod
    def of(cls, start: Path, *, now: str | None = None) -> Wiring:
        """Find the workspace from `start` upward; with `now` everything is a rehearsal at that instant."""
        from dripper.workspace.files import find_root

        return cls(root=find_root(start), start=start.resolve(), now=now)

    @property
    def loaded(self) -> Loaded:
        """Return the workspace with the problems of its files."""
        if self._loaded is None:
            from dripper.workspace.files import load

            self._loaded = load(self.root, fetch=fetch_of(self.root), today_in=self._today_in)
        return self._loaded

    @property
    def workspace(self) -> Workspace:
        """Return the workspace; `ProblemsError` where `dripper.toml` cannot be used."""
        from dripper.errors import ProblemsError

        if self.loaded.workspace is None:
            raise ProblemsError("dripper.toml cannot be used", self.loaded.problems, cure="mend what is listed above")
        return self.loaded.workspace

    @property
    def store(self) -> Store:
        """Return the record of what was approved and sent, made where there is none; `StoreError`."""
        return self._open_store(create=True)

    @property
    def store_to_read(self) -> Store:
        """Return the same for a command that writes nothing: a store that is not there yet reads as an empty one."""
        return self._store or self._open_store(create=False)

    @property
    def store_is_missing(self) -> bool:
        """Whether there is certainly no record yet; known without loading what would read one."""
        scheme, _, path = self.store_url.partition(":///")
        return scheme == "sqlite" and "?" not in path and not (self.root / path).exists()

    def _open_store(self, *, create: bool) -> Store:
        from dripper.outbox.store.engine import Store

        if self._store is None or (create and self._store.is_passing):
            self._store = Store.open(self.store_url, root=self.root, create=create, password=self._store_password)
        return self._store

    @property
    def store_url(self) -> str:
        """Return where the record is kept."""
        return self.rehearsal_url if self.rehearsal else self.workspace.settings.store.url

    @property
    def store_as_it_is(self) -> Store:
        """Return the record also where it is another dripper's or was copied elsewhere: for what mends it."""
        from dripper.outbox.store.engine import Store

        if self._store is None:
            self._store = Store.open(
                self.store_url, root=self.root, create=False, as_it_is=True, password=self._store_password
            )
        return self._store

    @property
    def briefs(self) -> Path:
        """Return the folder of the last briefs; a rehearsal has its own."""
        return self.root / ".dripper" / ("rehearsed-briefs" if self.rehearsal else "briefs")

    def store_at(self, url: str) -> Store:
        """Return the store at another place, made where there is none."""
        from dripper.outbox.store.engine import Store

        return Store.open(url, root=self.root, password=self._store_password)

    @property
    def _store_password(self) -> Callable[[str], str] | None:
        """Return what fetches the password of a user of the store's server, where the settings say where it is."""
        found = self.loaded.workspace
        place = found.settings.store.password if found is not None else None
        return None if place is None else partial(fetch_of(self.root), place)

    @property
    def approved(self) -> Approved:
        """Return what was approved, as the worker reads it."""
        from dripper.outbox.approved import Approved

        return Approved(self.workspace, suppressed=self.suppressed, secret=self.token_secret)

    @property
    def token_secret(self) -> bytes | None:
        """Return the key of the tokens in what is sent, made where there is none; `SecretError`."""
        from dripper.outbox.token_secret import token_secret

        return token_secret(self.workspace.settings, root=self.root, environment=os.environ, chance=os.urandom)

    @property
    def suppressed(self) -> frozenset[str]:
        """Return the hashes in `suppressed.txt`."""
        from dripper.outbox.suppressed_file import read_hashes

        return read_hashes(self.root)

    @property
    def wires(self) -> Wires:
        """Return the mailers of the mailboxes, each made when it is first needed."""
        from dripper.outbox.wires import Wires

        return Wires(self.workspace.settings.mailboxes, self._mailer)

    @property
    def loop(self) -> Callable[[], AbstractEventLoop] | None:
        """Return what makes a faster event loop, where the extra `fast` is installed."""
        from dripper.outbox.loop import fast_loop

        return fast_loop()

    def instruments(self, *, dns: str | None = None) -> Instruments:
        """Return what logging in and a checkup ask; `dns` is another name server than the machine's."""
        from dripper.outbox.instruments import Instruments

        return Instruments(self.root, os.environ, real_now=self.real_clock.now, dns=dns)

    def browse(self, path: Path) -> bool:
        """Open a page in the user's browser; `False` where none could be opened."""
        from dripper.jobs.browse import browse

        return browse(path, environment=os.environ)

    def worker_name(self) -> str:
        """Return a name that no other worker of the store has."""
        import socket
        import uuid

        return f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"

    def _mailer(self, name: str, mailbox: Mailbox) -> Mailer:
        """Make the wire of a mailbox; `MailboxError` where it must not or cannot be used."""
        from dripper.outbox.rehearsal import check_rehearsal
        from dripper.workspace.model.settings import Via

        check_rehearsal(name, mailbox, rehearsal=self.rehearsal)
        if mailbox.via is Via.DRAFTS:
            from dripper.outbox.drafts import Drafts

            return Drafts(self.root / "drafts")
        from dripper.outbox.pool import smtp_mailer

        return smtp_mailer(name, mailbox, root=self.root, environment=os.environ, real_now=self.real_clock.now)

    @property
    def zone(self) -> ZoneInfo:
        """Return the workspace's own time zone."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.workspace.settings.workspace.timezone)

    @property
    def own_zone(self) -> tzinfo:
        """Return the same; UTC where `dripper.toml` cannot be used."""
        return self.zone if self.loaded.workspace else UTC

    def today(self) -> date:
        """Return the date in the workspace's own zone."""
        return self.clock.now().astimezone(self.own_zone).date()


def fetch_of(root: Path) -> Fetch:
    """Return what fetches a secret of the workspace in `root` that is no mailbox's."""

    def fetch(secret: Secret, user: str) -> str:
        from dripper.outbox.secret import read_secret

        return read_secret(secret, user=user, root=root, environment=os.environ, what="password")

    return fetch
