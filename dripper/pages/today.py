"""Today, on one screen: what went out and came back, what goes out, what is held, and which negotiation is near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dripper.drip.delivery import State
from dripper.pages.status import needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime, tzinfo

    from dripper.drip.ahead import Next
    from dripper.drip.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A negotiation that lies ahead, and how many points of its homework still block it."""

    # As a command names it: acme/renewal.
    id: str
    title: str
    on: date
    blocks: int
    ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What the today screen shows."""

    now: datetime
    # Deliveries by the state they took yesterday.
    yesterday: Mapping[State, int]
    # Contact and what was said, of yesterday and of today so far.
    replies: tuple[tuple[str, str], ...]
    # The first that go out today, and how many do in all.
    going: tuple[Next, ...]
    going_in_all: int
    sent_today: int
    status: Status
    near: Near | None
    # Who got many messages and never answered, with their number.
    unanswered: tuple[tuple[str, int], ...]
    # How many problems the files have, errors only.
    problems: int


def today_text(today: Today, zone: tzinfo) -> str:
    """Return the screen; times are in the workspace's zone."""
    now = today.now.astimezone(zone)
    lines = [f"{now:%A} {now.day} {now:%B %Y}, times in {zone}", "", f"Yesterday  {_counts(today.yesterday)}"]
    lines += [_row(f"{contact} answered{': ' + text if text else ''}") for contact, text in today.replies]
    lines += ["", f"Today      {_going(today)}"]
    lines += [_row(_leaving(each, zone)) for each in today.going]
    if today.going_in_all > len(today.going):
        lines.append(_row(f"and {today.going_in_all - len(today.going)} more: `dripper plan`"))
    attention = list(_attention(today, zone))
    lines += ["", *attention] if attention else []
    lines += ["", _near(today, zone)]
    return "\n".join(lines)


def today_json(today: Today) -> dict[str, Any]:
    """Return the screen as data: `{"version": 1, "now", "yesterday", "replies", "going", …}`."""
    near = today.near
    return {
        "version": 1,
        "now": today.now.isoformat(),
        "yesterday": {str(state): count for state, count in today.yesterday.items()},
        "replies": [{"contact": contact, "text": text} for contact, text in today.replies],
        "going": [{"at": each.at.isoformat(), "contact": each.contact} for each in today.going],
        "going_in_all": today.going_in_all,
        "sent_today": today.sent_today,
        "unscheduled": list(today.status.unscheduled),
        "paused": [each.words for each in today.status.pauses],
        "held": len(today.status.held),
        "unknown": len(today.status.unknown),
        "problems": today.problems,
        "unanswered": [{"contact": contact, "messages": count} for contact, count in today.unanswered],
        "negotiation": near
        and {"id": near.id, "title": near.title, "on": near.on.isoformat(), "ready": near.ready, "blocks": near.blocks},
    }


# What a morning wants to know of yesterday; the rest of the states is no news.
_TOLD = (State.SENT, State.DEFERRED, State.FAILED, State.UNKNOWN)


def _row(text: str) -> str:
    return " " * 11 + text


def _counts(counts: Mapping[State, int]) -> str:
    told = [f"{counts[state]} {state}" for state in _TOLD if counts.get(state)]
    return ", ".join(told) or "nothing went out"


def _leaving(each: Next, zone: tzinfo) -> str:
    return f"{each.at.astimezone(zone):%H:%M}  {each.contact}" + (f"  ({each.trouble})" if each.trouble else "")


def _going(today: Today) -> str:
    sent = f"{today.sent_today} sent so far, " if today.sent_today else ""
    return f"{sent}{today.going_in_all} to go" if today.going_in_all else f"{sent}nothing more goes out"


def _attention(today: Today, zone: tzinfo) -> Iterator[str]:
    if today.problems:
        noun = "problem" if today.problems == 1 else "problems"
        yield f"The files have {today.problems} {noun}: `dripper lint` shows where."
    yield from (each.difference for each in today.status.campaigns if each.difference)
    yield from needs(today.status, zone)
    for contact, count in today.unanswered:
        yield f"{contact} got {count} messages and never answered: tuned out? `dripper why {contact}`"


def _near(today: Today, zone: tzinfo) -> str:
    near = today.near
    if near is None:
        return "No negotiation lies ahead."
    days = (near.on - today.now.astimezone(zone).date()).days
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    account = near.id.partition("/")[0]
    if near.ready:
        homework = f"the homework is done: `dripper prep {account}` makes the brief"
    else:
        points = "1 point blocks" if near.blocks == 1 else f"{near.blocks} points block"
        homework = f"{points} it: `dripper prep {account} --check` lists the homework"
    return f"Negotiation: {near.title} ({near.id}), {when}; {homework}."
