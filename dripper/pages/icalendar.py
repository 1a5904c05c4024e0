"""The season as an iCalendar file (RFC 5545), for the calendar one lives in.

The same plan gives the same bytes. An event keeps its UID wherever it moves, so that importing the file again moves it
there too; a message that is gone is a cancelled event, one that will be skipped is none. Nobody is invited.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from dripper.drip.coming import Change
from dripper.drip.days import day_text
from dripper.drip.delivery import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dripper.drip.coming import Plan, Row

_LINE_OCTETS = 75
# RFC 5545 §3.3.11: a text holds no control character but the tab; its line breaks are written \n.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_SPECIAL = re.compile(r"([\\;,])")
# It says when an event was written (§3.8.7.2); a plan has no such time, and a clock would change the bytes.
_STAMP = "19700101T000000Z"


def icalendar(plan: Plan, *, workspace: str) -> Iterator[bytes]:
    """Yield the file line by line; `workspace` is its name, which keeps the events of two workspaces apart."""
    return map(_folded, _lines(plan, workspace))


def _lines(plan: Plan, workspace: str) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//dripper//plan//EN"
    yield "CALSCALE:GREGORIAN"
    yield f"X-WR-CALNAME:{_text(workspace)}"
    for row in plan.rows:
        if _is_shown(row):
            yield from _event(row, workspace)
    yield "END:VCALENDAR"


def _is_shown(row: Row) -> bool:
    return row.coming.state is not State.SKIPPED or row.change is Change.GONE


def _event(row: Row, workspace: str) -> Iterator[str]:
    coming = row.coming
    to = coming.course.recipient
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, 'dripper:' + chr(0).join((workspace, *coming.key)))}"
    yield f"DTSTAMP:{_STAMP}"
    yield f"DTSTART:{coming.slot.utc:%Y%m%dT%H%M%SZ}"
    yield f"SUMMARY:{_text(f'{coming.course.campaign.id}: {row.subject} -> {to.name or to.email}')}"
    yield f"DESCRIPTION:{_text(_description(row))}"
    yield f"CATEGORIES:{_text(coming.course.campaign.id)}"
    yield f"STATUS:{_status(row)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(row: Row) -> str:
    slot, to = row.coming.slot, row.coming.course.recipient
    lines = [
        f"{_when(slot.local)} for {f'{to.name} <{to.email}>' if to.name else to.email} ({slot.zone})",
        f"Why then: {slot.reason}",
    ]
    if row.coming.note:
        lines.append(f"{row.coming.state.value.capitalize()}: {row.coming.note}")
    if row.change is Change.MOVED and row.was is not None:
        lines.append(f"It was to go out on {_when(row.was.local)}")
    elif row.change is not None:
        lines.append(_CHANGES[row.change])
    return "\n".join(lines)


_CHANGES = {
    Change.NEW: "New: not scheduled yet",
    Change.MOVED: "Moved",
    Change.TEXT: "With a new text that is not scheduled yet",
    Change.GONE: "Gone: it will not be sent once the campaign is scheduled again",
}


def _status(row: Row) -> str:
    if row.change is Change.GONE:
        return "CANCELLED"
    return "TENTATIVE" if row.change is not None or row.coming.state is State.HELD else "CONFIRMED"


def _when(local: datetime) -> str:
    return f"{day_text(local.date())} {local.year} {local:%H:%M}"


def _text(value: str) -> str:
    plain = _CONTROL.sub("", _LINE_END.sub("\n", value))
    return _SPECIAL.sub(r"\\\1", plain).replace("\n", r"\n")


def _folded(line: str) -> bytes:
    """Return a line in its octets, broken where it is longer than 75 (§3.1), never inside a character."""
    data = line.encode("utf-8", "replace")
    parts: list[bytes] = []
    room = _LINE_OCTETS
    while len(data) > room:
        end = room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[:end])
        data, room = data[end:], _LINE_OCTETS - 1
    return b"\r\n ".join([*parts, data]) + b"\r\n"
