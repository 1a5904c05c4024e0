"""The gate: whether the homework is done, what is missing, who owes it, and until when.

Bad negotiators bring emotion, good ones rational reasons; with none at hand the call is better moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dripper.prep.betters import BETTERS
from dripper.prep.blocks import BLOCKS
from dripper.prep.case import Case, Check
from dripper.prep.words import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A message has 140 characters, a line end and a greeting's words among them.
_NOTE_CHARS = 130
# What homework takes that has no date of its own.
USUAL_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Homework:
    """Something to do before the call: what, why, who, until when."""

    code: str
    reason: str
    task: str
    owner: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What blocks the call, what would make it better, and the note that asks to move it."""

    blocks: tuple[Homework, ...]
    betters: tuple[Homework, ...]
    # A written reason to go all the same; empty where nobody gave one.
    because: str
    # The first working day after the last block is due; `None` where nothing blocks.
    earliest: date | None
    # Two lines to send, empty where the call may be held as planned.
    note: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether the call may be held: nothing blocks, or somebody wrote down why it shall be held all the same."""
        return not self.blocks or bool(self.because)


def gate_of(case: Case, *, owner: str) -> Gate:
    """Return the gate of a case; `owner` owes what names nobody else."""
    blocks = tuple(_homework(BLOCKS, case, owner))
    betters = tuple(_homework(BETTERS, case, owner))
    because = case.negotiation.ready_because.strip() if case.negotiation else ""
    earliest = working_day(max(work.due for work in blocks) + timedelta(days=1)) if blocks else None
    note = _note(case, earliest) if earliest and not because else ()
    return Gate(blocks=blocks, betters=betters, because=because, earliest=earliest, note=note)


def working_day(on: date) -> date:
    """Return `on`, or the Monday after it where it is a weekend."""
    return on + timedelta(days=max(0, 7 - on.weekday()) if on.weekday() >= 5 else 0)


def _homework(checks: Iterable[tuple[str, Check]], case: Case, owner: str) -> Iterator[Homework]:
    usual = working_day(case.today + timedelta(days=USUAL_DAYS))
    for code, check in checks:
        for gap in check(case):
            due = gap.due if gap.due and gap.due > case.today else usual
            yield Homework(code=code, reason=gap.reason, task=gap.task, owner=gap.owner or owner, due=due)


def _note(case: Case, earliest: date) -> tuple[str, ...]:
    """Return a polite note of two lines, as short as a message: the new date, and what they get from it.

    It puts no question and makes no demand, so that it passes the linter like any other message.
    """
    if case.negotiation is None or case.negotiation.on < case.today:
        return ()
    on = case.negotiation.on
    moved = earliest if earliest > on else working_day(on + timedelta(days=7))
    first = f"our talk of {day(on)} gives you more on {day(moved)}."
    second = "By then you get answers you can rely on"
    name = next((contact.first_name or contact.name for contact in case.deciders), "")
    if name and len(name) + len(first) + len(second) < _NOTE_CHARS:
        first = f"Dear {name}, {first}"
    else:
        first = first[0].upper() + first[1:]
    polite = "; a later day is as good."
    return (first, second + (polite if len(first) + len(second) + len(polite) < _NOTE_CHARS else "."))
