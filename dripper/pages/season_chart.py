"""The season as a picture: weeks across, a line for each contact, a mark for each message with its number.

What a mark means is in its shape, not in a colour alone. Where a campaign has too many contacts for a line each, there
is a line for each message, and every week says how many get it. Half a year is one strip; a longer season has several.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from html import escape
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from dripper.drip.coming import Change
from dripper.drip.days import day_text
from dripper.drip.delivery import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dripper.drip.coming import Row

MOST_LINES = 40
_WEEKS = 26
_WIDTH, _LEFT, _RIGHT, _HEAD, _LINE = 1000.0, 186.0, 8.0, 38.0, 28.0
_WIDEST_WEEK, _WIDEST_MARK, _LEAST_MARK, _LEAST_NUMBERED = 110.0, 9.0, 3.0, 6.5
_LABEL_CHARS = 26
_YEAR_ROOM = 72.0
_INK, _QUIET, _RULE = "#1b4f8a", "#4d5863", "#c9d0d6"


class Kind(StrEnum):
    """What a mark says of a message; the value is what the legend calls it."""

    SCHEDULED = "scheduled"
    NEW = "new"
    MOVED = "moved (the dotted ring is where it was)"
    TEXT = "with a new text"
    GONE = "gone"
    HELD = "held"
    SKIPPED = "skipped"


_OF_CHANGE = {None: Kind.SCHEDULED, Change.NEW: Kind.NEW, Change.MOVED: Kind.MOVED, Change.TEXT: Kind.TEXT}
_OF_STATE = {State.HELD: Kind.HELD, State.SKIPPED: Kind.SKIPPED}


def kind_of(row: Row) -> Kind:
    """Return the mark of a row; what is gone is nothing else beside, and what is held is not looked at for changes."""
    if row.change is Change.GONE:
        return Kind.GONE
    return _OF_STATE.get(row.coming.state) or _OF_CHANGE[row.change]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """A message on its day; `count` where it stands for several contacts, in its week."""

    on: date
    number: int
    kind: Kind
    title: str
    was_on: date | None = None
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Strip:
    """The weeks of one drawing."""

    monday: date
    weeks: int

    @property
    def week_width(self) -> float:
        return min((_WIDTH - _LEFT - _RIGHT) / self.weeks, _WIDEST_WEEK)

    @property
    def right(self) -> float:
        return _LEFT + self.week_width * self.weeks

    def has(self, on: date) -> bool:
        return 0 <= (on - self.monday).days < 7 * self.weeks

    def x(self, on: date) -> float:
        return _LEFT + self.week_width * ((on - self.monday).days + 0.5) / 7

    def middle(self, on: date) -> float:
        return _LEFT + self.week_width * ((on - self.monday).days // 7 + 0.5)


def charts(rows: Sequence[Row], *, first: date, last: date) -> list[str]:
    """Return the strips of one campaign from `first` to `last`, as `<svg>` elements that stand alone.

    `rows` are in order of time and not empty.
    """
    lines = _lines(rows)
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1
    starts = range(0, weeks, _WEEKS)
    strips = [_Strip(monday=monday + timedelta(weeks=at), weeks=min(_WEEKS, weeks - at)) for at in starts]
    used = [strip for strip in strips if any(strip.has(mark.on) for marks in lines.values() for mark in marks)]
    return [_drawn(strip, lines, rows[0].coming.course.campaign.id) for strip in used]


def numbers(rows: Sequence[Row]) -> dict[str, int]:
    """Return the number of each message of a campaign, which is its place in the file as it stands."""
    newest = next((row for row in rows if row.change is not Change.GONE), rows[0]).coming.course.campaign
    found = {message.id: place for place, message in enumerate(newest.messages, 1)}
    for row in rows:
        found.setdefault(row.coming.message_id, len(found) + 1)
    return found


def icon(kind: Kind) -> str:
    """Return the mark of the legend."""
    mark = _Mark(on=date.min, number=1, kind=kind, title=kind.value)
    return f'<svg viewBox="0 0 22 22" width="22" height="22" aria-hidden="true">{_shape(mark, 11, 11, 9)}</svg>'


def _lines(rows: Sequence[Row]) -> Mapping[str, Sequence[_Mark]]:
    people = {row.coming.course.recipient.key: row.coming.course.recipient for row in rows}
    number = numbers(rows)
    if len(people) > MOST_LINES:
        return _by_message(rows, number)
    names = Counter(to.name for to in people.values())
    lines: dict[str, list[_Mark]] = {}
    for row in rows:
        to = row.coming.course.recipient
        label = to.name if to.name and names[to.name] == 1 else to.email
        lines.setdefault(label, []).append(_mark(row, number[row.coming.message_id], label))
    return lines


def _mark(row: Row, number: int, who: str) -> _Mark:
    kind, local = kind_of(row), row.coming.slot.local
    words = "" if kind is Kind.SCHEDULED else f" ({kind.name.lower()})"
    title = f"{day_text(local.date())} {local.year} {local:%H:%M}, {who}: {row.subject}{words}"
    was_on = row.was.local.date() if row.was is not None and kind is Kind.MOVED else None
    return _Mark(on=local.date(), number=number, kind=kind, title=title, was_on=was_on)


def _by_message(rows: Sequence[Row], number: Mapping[str, int]) -> Mapping[str, Sequence[_Mark]]:
    weeks: dict[tuple[str, date], list[Row]] = {}
    for row in rows:
        on = row.coming.slot.local.date()
        weeks.setdefault((row.coming.message_id, on - timedelta(days=on.weekday())), []).append(row)
    lines: dict[str, list[_Mark]] = {}
    for (message_id, monday), there in sorted(weeks.items(), key=lambda each: (number[each[0][0]], each[0][1])):
        kinds = Counter(map(kind_of, there))
        told = ", ".join(f"{count:,} {kind.name.lower()}" for kind, count in kinds.items())
        title = f"Week of {day_text(monday)} {monday.year}, {message_id}: {told}"
        mark = _Mark(
            on=monday, number=number[message_id], kind=max(kinds, key=kinds.__getitem__), title=title, count=len(there)
        )
        lines.setdefault(f"{number[message_id]} {message_id}", []).append(mark)
    return lines


def _drawn(strip: _Strip, lines: Mapping[str, Sequence[_Mark]], campaign: str) -> str:
    height = _HEAD + _LINE * len(lines) + 4
    end = strip.monday + timedelta(days=7 * strip.weeks - 1)
    told = f"{campaign} from {day_text(strip.monday)} {strip.monday.year} to {day_text(end)} {end.year}: a line for "
    label = escape(told + "each contact or message; the table below says the same in words.")
    radius = _radius(strip, lines)
    parts = [*_weeks(strip, height)]
    for place, (name, marks) in enumerate(lines.items()):
        y = _HEAD + _LINE * (place + 0.5)
        parts += [_rule(0, y + _LINE / 2, strip.right, y + _LINE / 2), _words(0, y + 4, _cut(name), "#16202b", size=12)]
        shown = [mark for mark in marks if strip.has(mark.on)]
        parts += [_trail(mark, strip, y, radius) for mark in shown]
        parts += [_placed(mark, strip, y, radius) for mark in shown]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img" '
        f'aria-label="{label}" font-family="system-ui, sans-serif">' + "".join(parts) + "</svg>"
    )


def _radius(strip: _Strip, lines: Mapping[str, Sequence[_Mark]]) -> float:
    """Return how large marks may be without touching on any line."""
    places = [sorted(strip.x(mark.on) for mark in marks) for marks in lines.values()]
    nearest = min((after - before for line in places for before, after in pairwise(line)), default=_WIDTH)
    return max(_LEAST_MARK, min(_WIDEST_MARK, nearest / 2 - 0.5))


def _weeks(strip: _Strip, height: float) -> Iterator[str]:
    """Draw a column a week, named by its Monday, and the months above."""
    mondays = [strip.monday + timedelta(weeks=week) for week in range(strip.weeks)]
    for monday in mondays:
        x = _column(strip, monday)
        yield f'<line x1="{x:.1f}" y1="20" x2="{x:.1f}" y2="{height - 4:.1f}" stroke="{_RULE}" stroke-width=".7"/>'
        yield _words(x + 3, 32, f"{monday.day}", _QUIET, size=10)
    year = 0
    for (of_year, _), weeks in groupby(mondays, key=lambda monday: (monday.year, monday.month)):
        first, *others = weeks
        has_room = strip.week_width * (1 + len(others)) >= _YEAR_ROOM
        name = day_text(first).rpartition(" ")[2] + (f" {of_year}" if of_year != year and has_room else "")
        year = of_year if has_room else year
        yield _words(_column(strip, first) + 3, 15, name, "#16202b", size=12, weight="600")
    yield _rule(0, _HEAD, strip.right, _HEAD, _QUIET)


def _column(strip: _Strip, monday: date) -> float:
    return _LEFT + strip.week_width * ((monday - strip.monday).days // 7)


def _trail(mark: _Mark, strip: _Strip, y: float, radius: float) -> str:
    """Draw where a message was before it moved, with a line to where it is."""
    if mark.was_on is None or not strip.has(mark.was_on) or mark.was_on == mark.on:
        return ""
    was, now = strip.x(mark.was_on), strip.x(mark.on)
    line = f'<line x1="{was:.1f}" y1="{y:.1f}" x2="{now:.1f}" y2="{y:.1f}" stroke="{_QUIET}" stroke-dasharray="2 2"/>'
    ring = f'<circle cx="{was:.1f}" cy="{y:.1f}" r="{radius * 0.6:.1f}" fill="#fff" stroke="{_QUIET}"'
    return f'{line}{ring} stroke-dasharray="2 2"/>'


def _placed(mark: _Mark, strip: _Strip, y: float, radius: float) -> str:
    title = f"<title>{escape(mark.title)}</title>"
    if not mark.count:
        return f"<g>{title}{_shape(mark, strip.x(mark.on), y, radius)}</g>"
    width, x = strip.week_width - 4, strip.middle(mark.on)
    box = f'<rect x="{x - width / 2:.1f}" y="{y - 10:.1f}" width="{width:.1f}" height="20" rx="3" {_look(mark.kind)}/>'
    text = f"{mark.count}" if mark.count < 10_000 else f"{mark.count // 1000}k"
    return f"<g>{title}{box}{_words(x, y + 4, text, _ink(mark.kind), size=10, anchor='middle')}</g>"


def _shape(mark: _Mark, x: float, y: float, r: float) -> str:
    look = _look(mark.kind)
    match mark.kind:
        case Kind.MOVED:
            far = r * 1.25
            path = f"M{x:.1f} {y - far:.1f} L{x + far:.1f} {y:.1f} L{x:.1f} {y + far:.1f} L{x - far:.1f} {y:.1f} Z"
            body = f'<path d="{path}" {look}/>'
        case Kind.TEXT:
            body = f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:.1f}" height="{2 * r:.1f}" {look}/>'
        case _:
            body = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" {look}/>'
    return body + _inside(mark, x, y, r)


def _inside(mark: _Mark, x: float, y: float, r: float) -> str:
    stroke = f'stroke="{_ink(mark.kind)}" stroke-width="1.6"'
    if mark.kind is Kind.HELD:
        bars = (x - r * 0.28, x + r * 0.28)
        ends = f'y1="{y - r * 0.45:.1f}" y2="{y + r * 0.45:.1f}"'
        return "".join(f'<line x1="{bar:.1f}" x2="{bar:.1f}" {ends} {stroke}/>' for bar in bars)
    if mark.kind is Kind.GONE:
        far = r * 0.5
        slopes = ((y - far, y + far), (y + far, y - far))
        sides = f'x1="{x - far:.1f}" x2="{x + far:.1f}"'
        lines = (f'<line {sides} y1="{top:.1f}" y2="{end:.1f}" {stroke}/>' for top, end in slopes)
        return "".join(lines)
    if r < _LEAST_NUMBERED:
        return ""
    return _words(x, y + 3.6, f"{mark.number}", _ink(mark.kind), size=10, anchor="middle", weight="600")


def _look(kind: Kind) -> str:
    if kind is Kind.SCHEDULED:
        return f'fill="{_INK}" stroke="{_INK}" stroke-width="1.5"'
    dash = {Kind.GONE: ' stroke-dasharray="3 2"', Kind.SKIPPED: ' stroke-dasharray="1 2"'}.get(kind, "")
    return f'fill="#fff" stroke="{_ink(kind)}" stroke-width="1.8"{dash}'


def _ink(kind: Kind) -> str:
    if kind is Kind.SCHEDULED:
        return "#fff"
    return _QUIET if kind in (Kind.GONE, Kind.SKIPPED) else _INK


def _cut(label: str) -> str:
    return label if len(label) <= _LABEL_CHARS else label[: _LABEL_CHARS - 1].rstrip() + "…"


def _rule(x1: float, y1: float, x2: float, y2: float, colour: str = _RULE) -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width=".7"/>'


def _words(
    x: float, y: float, text: str, colour: str, *, size: int, anchor: str = "start", weight: str = "normal"
) -> str:
    look = f'fill="{colour}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(text)}</text>'
