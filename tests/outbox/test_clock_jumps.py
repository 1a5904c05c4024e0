"""A clock that is put forward and back under the worker: nothing twice, nothing lost, nothing outside the hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fakes.office import NO_LIMITS, SLOT, Office, at_slot, workspace
from fakes.smtp_server import Rude, Sink
from fakes.workspaces import CAMPAIGN, edit

from dripper.outbox.limits import Past, allowance
from dripper.wiring.clock import Clock, RehearsalClock, WallClock
from dripper.workspace.model.settings import Limits

pytestmark = pytest.mark.usefixtures("store_url")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JUMPS = [
    pytest.param([-HOUR], id="an hour back"),
    pytest.param([DAY], id="a day forward"),
    pytest.param([-DAY], id="a day back"),
    pytest.param([-HOUR, DAY, -DAY, HOUR, -DAY], id="forward and back"),
]
ZONES = ("America/New_York", "Asia/Tokyo", "Pacific/Honolulu")
PEOPLE = 8
ACCOUNT = "campaigns/acme/account.toml"


class Jumpy(RehearsalClock):
    """A clock that somebody puts forward or back, each time it has been waited for until the jumps are used up."""

    def __init__(self, start: datetime, jumps: list[timedelta]) -> None:
        super().__init__(start)
        self.jumps = jumps

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        if self.jumps:
            self.jump(self.jumps.pop())

    def jump(self, by: timedelta) -> None:
        self._now += by


class Skewed(WallClock):
    """The real clock, put forward or back while one looks away."""

    ahead = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.ahead


def all_over_the_world(root: Path, port: int, limits: str = NO_LIMITS) -> Path:
    """Write a workspace whose people live in four zones and are written to every other day."""
    campaign = CAMPAIGN.replace("2 weeks", "2 days")
    workspace(root, port, contacts=PEOPLE, limits=limits, campaign=campaign, gap_days=1)
    for number, zone in enumerate(ZONES):
        address = f'email = "c{number}@acme.example"'
        edit(root, address, f'{address}\ntimezone = "{zone}"', ACCOUNT)
    return root


def with_clock(root: Path, clock: Clock) -> Office:
    office = Office(root)
    office.wiring.clock = clock
    return office


def days_in_hours(office: Office) -> list[tuple[str, date]]:
    """Return who was written to on which of their days, having made sure of the hours by the clock of that moment."""
    found = []
    for each in office.handled:
        recipient = office.wiring.workspace.recipient("acme/insights", each.contact)
        assert recipient is not None
        local = each.at.astimezone(ZoneInfo(recipient.timezone))
        assert "09:00" <= f"{local:%H:%M}" < "16:30", (each.contact, local)
        assert local.weekday() < 5
        found.append((each.contact, local.date()))
    return found


@pytest.mark.parametrize("jumps", JUMPS)
@pytest.mark.parametrize("limits", [NO_LIMITS, NO_LIMITS.replace("per_hour = 0", "per_hour = 2")], ids=["free", "slow"])
def test_a_clock_that_jumps_between_two_rounds(tmp_path: Path, jumps: list[timedelta], limits: str) -> None:
    with Sink() as sink:
        all_over_the_world(tmp_path, sink.port, limits)
        Office(tmp_path).schedule()
        turns = cycle(jumps)
        office = with_clock(tmp_path, Jumpy(SLOT - DAY, [next(turns) for _ in range(15)]))
        office.run()

    assert len({taken.message_id for taken in sink.taken}) == len(sink.taken) == 2 * PEOPLE
    assert office.counts() == {"sent": 2 * PEOPLE}
    days = days_in_hours(office)
    assert len(set(days)) == len(days) == 2 * PEOPLE


@pytest.mark.parametrize("jumps", JUMPS)
def test_workers_whose_clocks_differ_take_turns(tmp_path: Path, jumps: list[timedelta]) -> None:
    with Sink() as sink:
        all_over_the_world(tmp_path, sink.port)
        Office(tmp_path).schedule()
        skewed = zip(range(18), cycle([*jumps, timedelta(0)]), strict=False)
        offices = [Office(tmp_path, now=(SLOT + turn * 3 * HOUR + jump).isoformat()) for turn, jump in skewed]
        for office in offices:
            office.send()
        offices.append(office.at(office.now))
        offices[-1].run()

    assert len({taken.message_id for taken in sink.taken}) == len(sink.taken) == 2 * PEOPLE
    assert office.counts() == {"sent": 2 * PEOPLE}
    days = [day for each in offices for day in days_in_hours(each)]
    assert len(set(days)) == len(days) == 2 * PEOPLE


@pytest.mark.parametrize("gap_s", [0, 20])
def test_a_mailbox_whose_clock_was_put_back_takes_nothing_before_the_time_it_last_took_something(gap_s: int) -> None:
    last = SLOT + DAY
    may = allowance(Limits(per_day=0, per_hour=0, gap_s=gap_s), Past(tries=(), claimed_at=last), now=SLOT)
    assert (may.room, may.opens_at) == (0, last + timedelta(seconds=gap_s))


@pytest.mark.parametrize("by", [-DAY, -HOUR, DAY], ids=["a day back", "an hour back", "a day forward"])
def test_a_clock_that_jumps_while_a_server_says_later(tmp_path: Path, by: timedelta) -> None:
    """The retry is counted from the wrong time; still it does not go out before its slot."""
    clock = Jumpy(SLOT, [])
    jumps = [by]

    def watch(phase: str, _recipient: str) -> None:
        if phase == "RCPT" and jumps:
            clock.jump(jumps.pop())

    with Rude({"RCPT": ["451 4.3.0 later", "250 2.1.5 fine"]}, watch=watch) as server:
        workspace(tmp_path, server.port)
        Office(tmp_path).schedule()
        office = with_clock(tmp_path, clock)
        office.run()

    assert office.counts() == {"sent": 2}
    assert len({taken.message_id for taken in server.taken}) == len(server.taken) == 2
    sent = [each for each in office.handled if each.state.value == "sent"]
    assert [each.at >= SLOT for each in sent] == [True, True]
    office.handled = sent
    assert len(set(days_in_hours(office))) == 2


@pytest.mark.parametrize("by", [HOUR, DAY, -DAY], ids=["an hour forward", "a day forward", "a day back"])
def test_a_real_clock_that_jumps_under_a_worker_at_work_makes_no_second_message(tmp_path: Path, by: timedelta) -> None:
    """Its own leases look as if they had run out: what is then in doubt is shown, and never sent again."""
    real = Skewed()

    def watch(phase: str, _recipient: str) -> None:
        if phase == "DOT":
            # Wrong from the 10th message to the 50th, so that the worker looks at the store meanwhile.
            real.ahead = by if 10 <= len(server.taken) < 50 else timedelta(0)

    with Rude(watch=watch, delay_s=0.005) as server:
        workspace(tmp_path, server.port, contacts=60)
        office = at_slot(tmp_path)
        office.wiring.real_clock = real
        office.run()

    counts = office.counts()
    assert len({taken.message_id for taken in server.taken}) == len(server.taken)
    assert sum(counts.values()) == 120
    assert set(counts) <= {"sent", "unknown"}
    # Two connections, two messages each, at two jumps.
    assert counts.get("unknown", 0) <= 8
