"""Joins settings, clock, engine and wires; the only reader of the environment and of the clock."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dripper.errors import UsageError

if TYPE_CHECKING:
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.workspace import Workspace


class Clock(Protocol):
    """What time it is, and how to wait; the rehearsal clock moves on instead of waiting."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait, or pretend to."""
        ...


class WallClock:
    """The real clock."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait `seconds`."""
        import asyncio

        await asyncio.sleep(seconds)


class RehearsalClock:
    """A clock that starts at a given instant and moves only when something waits for it."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the rehearsed instant, aware, in UTC."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Move on by `seconds` at once."""
        from asyncio import sleep
        from datetime import timedelta

        self._now += timedelta(seconds=max(0.0, seconds))
        await sleep(0)


class Wiring:
    """The parts of one workspace, each made when it is first asked for."""

    def __init__(self, *, root: Path, start: Path, clock: Clock, rehearsal: bool) -> None:
        # The folder with dripper.toml, and the folder that the user works in.
        self.root = root
        self.start = start
        self.clock = clock
        self.rehearsal = rehearsal
        self._loaded: Loaded | None = None

    @classmethod
    def of(cls, start: Path, *, now: str | None = None) -> Wiring:
        """Find the workspace from `start` upward; with `now` (ISO 8601) everything is a rehearsal at that instant."""
        from dripper.workspace.files import find_root

        return cls(
            root=find_root(start),
            start=start.resolve(),
            clock=clock_of(now),
            rehearsal=now is not None,
        )

    @property
    def loaded(self) -> Loaded:
        """Return the workspace with the problems of its files."""
        if self._loaded is None:
            from dripper.workspace.files import load

            self._loaded = load(self.root)
        return self._loaded

    @property
    def workspace(self) -> Workspace:
        """Return the workspace; `ProblemsError` where `dripper.toml` cannot be used."""
        from dripper.errors import ProblemsError

        if self.loaded.workspace is None:
            raise ProblemsError("dripper.toml cannot be used", self.loaded.problems, cure="mend what is listed above")
        return self.loaded.workspace

    def today(self) -> date:
        """Return the date in the workspace's own zone."""
        workspace = self.loaded.workspace
        zone = ZoneInfo(workspace.settings.workspace.timezone) if workspace else UTC
        return self.clock.now().astimezone(zone).date()


def local_zone() -> str:
    """Return the IANA name of this machine's time zone, "UTC" where it has none that can be read."""
    for name in (os.environ.get("TZ", ""), os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]):
        try:
            return ZoneInfo(name.removeprefix(":")).key
        except (ValueError, OSError, ZoneInfoNotFoundError):
            continue
    return "UTC"


def clock_of(now: str | None) -> Clock:
    """Return the real clock, or a rehearsal clock that starts at `now` (ISO 8601 with an offset)."""
    if now is None:
        return WallClock()
    try:
        start = datetime.fromisoformat(now)
    except ValueError as error:
        raise UsageError(
            f"--now '{now}' is no time", cure="write it with its offset, such as 2026-12-01T09:30:00+01:00"
        ) from error
    if start.tzinfo is None:
        raise UsageError(f"--now '{now}' has no offset from UTC", cure=f"write {now}+01:00 or {now}Z")
    return RehearsalClock(start)
