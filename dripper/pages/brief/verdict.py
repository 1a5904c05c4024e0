"""The verdict with its homework: it opens page one, and is all that `prep --check` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.report.columns import folded
from dripper.pages.layout import Block, Section, Table, Text
from dripper.prep.words import counted, day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.prep.brief import Brief
    from dripper.prep.gate import Homework

# Whose words the note is made of: without it they read like our own.
_TO_SEND = "To send:"


def verdict_word(brief: Brief) -> str:
    """Return `ready` or `reschedule`, as the JSON has it."""
    return "ready" if brief.gate.ready else "reschedule"


def verdict_section(brief: Brief) -> Section:
    """Return the verdict, what blocks, and the note that asks to move the call."""
    if brief.gate.ready:
        title = "Ready by decision" if brief.gate.blocks else "Ready"
    else:
        title = "Reschedule" if brief.negotiation else "Not prepared yet"
    return Section(title=title, blocks=tuple(_blocks(brief)), kind="verdict", good=brief.gate.ready)


def verdict_text(brief: Brief, *, width: int = 100) -> str:
    """Return the gate as plain text for a terminal of `width` columns: the verdict, its homework, the note to send."""
    section = verdict_section(brief)
    said = [block for block in section.blocks if isinstance(block, Text) and block.weight != "quote"]
    lines = [section.title]
    lines += [line for block in said for line in _folded(f"{block.lead} {block.text}".strip(), width)]
    if brief.gate.note:
        lines += ["", _TO_SEND, *(line for text in brief.gate.note for line in _folded(text, width, "  "))]
    for title, works in (("Blocks", brief.gate.blocks), ("Better", brief.gate.betters)):
        if works:
            lines += ["", f"{title}:"]
            lines += [line for work in works for line in _homework(work, width)]
    return "\n".join(lines)


def _homework(work: Homework, width: int) -> Iterator[str]:
    yield from _folded(work.reason, width, "  ")
    yield from _folded(f"{work.task} ({work.owner}, until {day(work.due)})", width, "    ")


def _folded(text: str, width: int, indent: str = "") -> list[str]:
    room = width - len(indent)
    return [f"{indent}{line}" for line in folded(" ".join(text.split()), room, room) if line]


def homework_table(works: Sequence[Homework]) -> Table:
    """Return homework as a table."""
    rows = tuple((work.reason, work.task, work.owner, day(work.due)) for work in works)
    return Table(header=("What is missing", "Homework", "Who", "Until"), rows=rows)


def _blocks(brief: Brief) -> Iterator[Block]:
    gate = brief.gate
    if not gate.blocks:
        better = f"; {counted(len(gate.betters), 'thing')} would make it better" if gate.betters else ""
        yield Text(text=f"Nothing blocks the call{better}.")
        return
    blocking = counted(len(gate.blocks), "point")
    if gate.because:
        yield Text(lead="Because:", text=gate.because)
        yield Text(text=f"{blocking} would have blocked it:")
    else:
        yield Text(text=_when(brief, blocking))
    yield homework_table(gate.blocks)
    for number, line in enumerate(gate.note):
        yield Text(lead="" if number else _TO_SEND, text=line, weight="quote")


def _when(brief: Brief, blocking: str) -> str:
    gate, negotiation = brief.gate, brief.negotiation
    if negotiation is None or gate.earliest is None:
        return f"{blocking} of homework before a call can be planned."
    last = max(work.due for work in gate.blocks)
    verb = "blocks" if len(gate.blocks) == 1 else "block"
    text = f"{blocking} {verb} the call on {day(negotiation.on)}."
    if gate.earliest <= negotiation.on:
        text += f" It can be held if the homework is done by {day(last)}; if not, move it."
    return f"{text} Earliest date: {day(gate.earliest)}."
