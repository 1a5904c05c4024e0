"""Random histories: whatever people and servers do, every count adds up, and no message is sent twice."""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from fakes.office import MORNING, Office, workspace
from fakes.smtp_server import DROP, TAKE_AND_DROP, Rude
from fakes.workspaces import CAMPAIGN, edit
from hypothesis import given, settings
from hypothesis import strategies as st

from dripper.jobs.pause import pause, resume
from dripper.jobs.replied import replied
from dripper.jobs.suppress import suppress
from dripper.outbox.store.ledger import ledger

ANSWERS = [
    "250 fine",
    "450 4.2.0 later",
    "550 5.1.1 nobody",
    "550 5.7.1 blocked",
    "421 4.7.0 slow down",
    DROP,
    "554 no",
]
ENDS = ["250 taken", DROP, TAKE_AND_DROP, "451 4.3.0 later", "554 5.6.0 no", "garbage"]


SIZES = CAMPAIGN[CAMPAIGN.index('[[message]]\nid = "sizes"') :]
BOOTS = """[[message]]
id = "boots"
subject = "Boots in the rain"
text = "Searches for boots double on the first wet Monday of October, in every town that we looked at so far."
gift = "When to show boots"
"""


def step_pause(office: Office, contact: str) -> None:
    pause(office.wiring.store, office.wiring.workspace, contact, now=office.now)


def step_resume(office: Office, contact: str) -> None:
    resume(office.wiring.store, office.wiring.workspace, contact, now=office.now)


def step_pause_all(office: Office, contact: str) -> None:
    pause(office.wiring.store, office.wiring.workspace, None, now=office.now)


def step_resume_all(office: Office, contact: str) -> None:
    resume(office.wiring.store, office.wiring.workspace, None, now=office.now)


def step_replied(office: Office, contact: str) -> None:
    replied(office.wiring.store, office.wiring.workspace, contact, "", now=office.now)


def step_suppress(office: Office, contact: str) -> None:
    suppress(office.wiring.store, None, contact, now=office.now)


def step_send(office: Office, contact: str) -> None:
    office.send()


def step_week(office: Office, contact: str) -> None:
    office.run(until=office.now + timedelta(days=7))
    office.wait(days=7)


def step_hour(office: Office, contact: str) -> None:
    office.wait(hours=1)


def step_edit(office: Office, contact: str) -> None:
    """Take out the second message and put in another, or the other way round."""
    root = office.wiring.root
    old, new = (SIZES, BOOTS) if SIZES in (root / "campaigns/acme/insights.toml").read_text() else (BOOTS, SIZES)
    edit(root, old, new)


def step_schedule(office: Office, contact: str) -> None:
    office.at(office.now).schedule()


Step = Callable[[Office, str], None]
STEPS: list[Step] = [value for name, value in sorted(globals().items()) if name.startswith("step_")]


HISTORIES = st.tuples(
    st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2)), max_size=14),
    st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=8),
    st.lists(st.sampled_from(ENDS), min_size=1, max_size=8),
)
History = tuple[list[tuple[Step, int]], list[str], list[str]]


def test_every_count_adds_up_after_every_step(store_url: str, begin_anew: Callable[[], None]) -> None:
    @settings(max_examples=25 if store_url.startswith("sqlite") else 8)
    @given(HISTORIES)
    def adds_up(history: History) -> None:
        begin_anew()
        live_through(history)

    adds_up()


def live_through(history: History) -> None:
    steps, answers, ends = history
    with tempfile.TemporaryDirectory() as folder, Rude({"RCPT": answers, "DOT": ends}) as server:
        office = Office(workspace(Path(folder), server.port, contacts=3), now=MORNING)
        office.schedule()
        for step, number in steps:
            step(office, f"c{number}@acme.example")
            check(office, server)
        office.run(until=office.now + timedelta(days=60))
        check(office, server)


def check(office: Office, server: Rude) -> None:
    with office.wiring.store.read() as connection:
        (line,) = ledger(connection)
    assert line.adds_up
    assert line.planned >= 3 * 2
    assert min(line.counts.values()) >= 0
    # Two ids, and a third where one was renamed; each contact has each at most once.
    assert line.planned <= 3 * 3
    taken = [one.message_id for one in server.taken]
    assert len(set(taken)) == len(taken)
    states = {row.message_id: row.state.value for row in office.rows() if row.message_id}
    assert all(states[one] in ("sent", "unknown") for one in taken)
    assert {one for one, state in states.items() if state == "sent"} <= set(taken)
