"""Random histories of a small workspace: what people and servers do to it, in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st

from dripper.jobs.pause import pause, resume
from dripper.jobs.replied import replied
from dripper.jobs.suppress import suppress
from fakes.office import MORNING, Office, workspace
from fakes.smtp_server import DROP, TAKE_AND_DROP, Rude
from fakes.workspaces import CAMPAIGN, edit

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


@contextmanager
def lived(history: History, folder: Path, check: Callable[[Office, Rude], None]) -> Iterator[Office]:
    """Live through a history and lend the office at its end, with `check` called after every step."""
    steps, answers, ends = history
    with Rude({"RCPT": answers, "DOT": ends}) as server:
        office = Office(workspace(folder, server.port, contacts=3), now=MORNING)
        office.schedule()
        for step, number in steps:
            step(office, f"c{number}@acme.example")
            check(office, server)
        yield office
        office.run(until=office.now + timedelta(days=60))
        check(office, server)
