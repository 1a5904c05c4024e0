"""The page of `dripper plan`: the season by day for the terminal, and JSON.

The JSON, version 1: `{"version", "slots": [{"campaign", "message", "contact", "account", "local", "utc", "zone",
"reason", "state", "change"}]}` in order of `utc`; `contact` is the address, times are ISO 8601 with their offset,
`change` is `null`, `"new"`, `"moved"`, `"text"` or `"gone"`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from dripper.drip.coming import Change
from dripper.drip.days import day_text
from dripper.drip.delivery import State
from dripper.pages.long_json import long_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from dripper.drip.coming import Plan, Row

VERSION = 1
# Nobody reads the season of more people; so many are shown to see what it is like.
MOST_PEOPLE, FIRST_PEOPLE = 200, 20
_NAME_CHARS = 22
_LEAST_SUBJECT_CHARS = 12
_LEFT = "    "


def season_json(plan: Plan) -> Iterator[str]:
    """Yield the JSON document, piece by piece."""
    return long_json({"version": VERSION}, "slots", map(_slot_json, plan.rows))


def _slot_json(row: Row) -> dict[str, Any]:
    coming = row.coming
    return {
        "campaign": coming.course.campaign.id,
        "message": coming.message_id,
        "contact": coming.course.recipient.email,
        "account": coming.course.recipient.account,
        "local": coming.slot.local.isoformat(),
        "utc": coming.slot.utc.isoformat(),
        "zone": coming.slot.zone,
        "reason": coming.slot.reason,
        "state": coming.state.value,
        "change": row.change.value if row.change else None,
    }


def season_text(plan: Plan, *, width: int = 100) -> str:
    """Return the season for a terminal: a block a day (the contact's), in it a line a message, below its rule.

    Of very many contacts only the first are shown.
    """
    if not plan.rows:
        return "Nothing is planned: no message is left to send."
    people = dict.fromkeys(row.coming.course.recipient.key for row in plan.rows)
    shown = set(people if len(people) <= MOST_PEOPLE else islice(people, FIRST_PEOPLE))
    rows = [row for row in plan.rows if row.coming.course.recipient.key in shown]
    rows.sort(key=lambda row: (row.coming.slot.local.date(), row.coming.slot.utc, row.coming.key))
    columns = _Columns.of(rows, width)
    blocks = [
        "\n".join(_day(list(of_day), columns))
        for _, of_day in groupby(rows, key=lambda row: row.coming.slot.local.date())
    ]
    more = len(people) - len(shown)
    rest = [f"And the messages of {more:,} more contacts: `dripper plan --json` lists them all."] if more else []
    return "\n\n".join([*blocks, *rest, summary(plan)])


def summary(plan: Plan) -> str:
    """Return the season in one sentence, with what changed."""
    ahead = [row for row in plan.rows if row.change is not Change.GONE]
    leaving = [row for row in ahead if row.coming.state is not State.SKIPPED]
    people = {row.coming.course.recipient.key for row in leaving}
    text = f"{_counted(len(leaving), 'message')} to {_counted(len(people), 'contact')}"
    if leaving:
        first, last = leaving[0].coming.slot.local, leaving[-1].coming.slot.local
        text += f", {_date(first)}" + (f" to {_date(last)}" if last.date() != first.date() else "")
    gone = [row for row in plan.rows if row.change is Change.GONE]
    found = [(change, sum(row.change is change for row in [*leaving, *gone])) for change in Change]
    changes = [f"{count:,} {_CHANGES[change]}" for change, count in found if count]
    held = sum(row.coming.state is State.HELD for row in leaving)
    changes += [f"{held:,} held"] if held else []
    skipped = len(ahead) - len(leaving)
    changes += [f"{skipped:,} skipped"] if skipped else []
    text += f": {', '.join(changes)}." if changes else "."
    if plan.suppressed:
        text += f" {_counted(plan.suppressed, 'contact')} left out: nobody may write to them."
    return text


_CHANGES = {
    Change.NEW: "new",
    Change.MOVED: "moved",
    Change.TEXT: "with a new text",
    Change.GONE: "gone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """The widths that all lines of a page share."""

    width: int
    name: int
    subject: int
    # Whether somebody's UTC date is not the local one.
    has_other_day: bool

    @classmethod
    def of(cls, rows: Sequence[Row], width: int) -> _Columns:
        name = min(max(len(_name(row)) for row in rows), _NAME_CHARS)
        has_other_day = any(row.coming.slot.utc.date() != row.coming.slot.local.date() for row in rows)
        taken = len(f"{_LEFT}09:30  08:30 UTC    ") + 2 * has_other_day + name
        room = max(width - taken - max(len(_mark(row)) for row in rows) - 2, _LEAST_SUBJECT_CHARS)
        subject = min(max(len(row.subject) for row in rows), room)
        return cls(width=width, name=name, subject=subject, has_other_day=has_other_day)


def _day(rows: Sequence[Row], columns: _Columns) -> Iterator[str]:
    yield _date(rows[0].coming.slot.local)
    rules: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        rules.setdefault((row.coming.course.campaign.id, row.coming.slot.reason), []).append(row)
    for (campaign, reason), under in rules.items():
        yield from _wrapped(f"{campaign}: {reason}", columns.width)
        yield from (_line(row, columns) for row in under)


def _wrapped(text: str, width: int) -> Iterable[str]:
    from textwrap import wrap

    return wrap(text, width, initial_indent="  ", subsequent_indent=_LEFT, break_on_hyphens=False)


def _line(row: Row, columns: _Columns) -> str:
    slot = row.coming.slot
    cells = [
        f"{slot.local:%H:%M}",
        _utc(slot.local, slot.utc).ljust(11 if columns.has_other_day else 9),
        _cut(_name(row), columns.name).ljust(columns.name),
        _cut(row.subject, columns.subject).ljust(columns.subject),
        _mark(row),
    ]
    return (_LEFT + "  ".join(cells)).rstrip()


def _mark(row: Row) -> str:
    if row.coming.state in (State.HELD, State.SKIPPED):
        return f"{row.coming.state}: {row.coming.note}"
    if row.change is Change.MOVED and row.was is not None:
        return f"was {day_text(row.was.local.date())} {row.was.local:%H:%M}"
    words = [row.coming.state.value] if row.coming.state is State.DEFERRED else []
    return ", ".join([*words, *([_TEXT.get(row.change, row.change.value)] if row.change else [])])


_TEXT = {Change.TEXT: "new text"}


def _utc(local: datetime, utc: datetime) -> str:
    days = (utc.date() - local.date()).days
    return f"{utc:%H:%M} UTC" + {1: "+1", -1: "-1"}.get(days, "")


def _name(row: Row) -> str:
    to = row.coming.course.recipient
    return to.name or to.email


def _date(local: datetime) -> str:
    return f"{day_text(local.date())} {local.year}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
