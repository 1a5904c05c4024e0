"""The page of `dripper plan --open`: the season as a picture for each campaign, and below it every message in words."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dripper.drip.coming import Change
from dripper.drip.days import day_text
from dripper.pages.html import document
from dripper.pages.season import summary
from dripper.pages.season_chart import MOST_LINES, Kind, charts, icon, kind_of, numbers
from dripper.pages.style import SEASON_STYLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from dripper.drip.coming import Plan, Row

# A page with more is no longer read, and slow to open.
_MOST_ROWS = 1000
_HEADER = ("Day", "Local", "UTC", "Campaign", "Contact", "Message", "Why then", "")


def season_page(plan: Plan, *, workspace: str) -> str:
    """Return the whole document; `workspace` is its name."""
    if not plan.rows:
        return document(workspace, "", "<p>Nothing is planned: no message is left to send.</p>", style=SEASON_STYLE)
    days = [_day(row) for row in plan.rows]
    days += [row.was.local.date() for row in plan.rows if row.was is not None]
    campaigns: dict[str, list[Row]] = {}
    for row in plan.rows:
        campaigns.setdefault(row.coming.course.campaign.id, []).append(row)
    number = {name: numbers(rows) for name, rows in campaigns.items()}
    parts = [f"<p>{escape(summary(plan))}</p>", _legend(plan.rows)]
    parts += [
        _campaign(name, rows, number[name], first=min(days), last=max(days)) for name, rows in sorted(campaigns.items())
    ]
    body = "\n".join([*parts, _table(plan.rows, number)])
    return document(f"{workspace}: the season", f"{_date(min(days))} to {_date(max(days))}", body, style=SEASON_STYLE)


def _legend(rows: Sequence[Row]) -> str:
    found = set(map(kind_of, rows))
    items = (f"<li>{icon(kind)} {escape(kind.value)}</li>" for kind in Kind if kind in found)
    return f'<ul class="legend">{"".join(items)}</ul>'


def _campaign(name: str, rows: Sequence[Row], number: Mapping[str, int], *, first: date, last: date) -> str:
    figures = "".join(f"<figure>{svg}</figure>" for svg in charts(rows, first=first, last=last))
    people = {row.coming.course.recipient.key for row in rows}
    many = f"<p>{len(people):,} contacts: each week says how many get the message.</p>"
    return (
        f"<section>\n<h2>{escape(name)}</h2>\n{many if len(people) > MOST_LINES else ''}{figures}\n"
        f"{_key(rows, number)}\n</section>"
    )


def _key(rows: Sequence[Row], number: Mapping[str, int]) -> str:
    """List what the numbers stand for, each with the subject as the first contact gets it."""
    subjects: dict[str, str] = {}
    for row in rows:
        subjects.setdefault(row.coming.message_id, row.subject)
    found = sorted((number[message], subject) for message, subject in subjects.items())
    items = (f"<li><strong>{place}</strong> {escape(subject)}</li>" for place, subject in found)
    return f'<ul class="key">{"".join(items)}</ul>'


def _table(rows: Sequence[Row], number: Mapping[str, Mapping[str, int]]) -> str:
    head = "".join(f'<th scope="col">{name or _hidden("Change")}</th>' for name in _HEADER)
    ordered = sorted(rows, key=lambda row: (_day(row), row.coming.slot.utc, row.coming.key))
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in _cells(row, number)) + "</tr>"
        for row in ordered[:_MOST_ROWS]
    )
    more = len(rows) - _MOST_ROWS
    rest = f"<p>And {more:,} more: <code>dripper plan</code> lists them all.</p>" if more > 0 else ""
    return (
        f"<section>\n<h2>Every message</h2>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n"
        f"</table>\n{rest}</section>"
    )


def _hidden(text: str) -> str:
    return f'<span class="hidden">{text}</span>'


def _cells(row: Row, number: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    slot, to = row.coming.slot, row.coming.course.recipient
    campaign = row.coming.course.campaign.id
    yield _date(_day(row))
    yield f"{slot.local:%H:%M} {slot.zone}"
    yield f"{slot.utc:%H:%M}" + {1: " +1", -1: " -1"}.get((slot.utc.date() - _day(row)).days, "")
    yield campaign
    yield to.name or to.email
    yield f"{number[campaign][row.coming.message_id]} {row.subject}"
    yield slot.reason
    yield _change(row)


def _change(row: Row) -> str:
    kind = kind_of(row)
    if kind in (Kind.HELD, Kind.SKIPPED):
        return f"{kind.value}: {row.coming.note}"
    if row.change is Change.MOVED and row.was is not None:
        return f"was {day_text(row.was.local.date())} {row.was.local:%H:%M}"
    return "" if kind is Kind.SCHEDULED else kind.value


def _day(row: Row) -> date:
    return row.coming.slot.local.date()


def _date(on: date) -> str:
    return f"{day_text(on)} {on.year}"
