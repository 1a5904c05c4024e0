"""Today, on one screen: what went out and came back, what goes out, what is held, and which negotiation is near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dripper.drip.delivery import State
from dripper.pages.status import needs
from dripper.pages.width import fitted
from dripper.prep.words import counted, day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime, tzinfo

    from dripper.drip.ahead import Next
    from dripper.drip.status import Status
    from dripper.prep.gate import Homework


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A negotiation that lies ahead, and the homework that still blocks it."""

    # As a command names it: acme/renewal.
    id: str
    title: str
    on: date
    blocks: tuple[Homework, ...]
    # Whether it may be held: nothing blocks, or somebody wrote down why it shall be held all the same.
    ready: bool
    # Why that is not known; empty where it is.
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What the today screen shows."""

    now: datetime
    # Deliveries by the state they took yesterday.
    yesterday: Mapping[State, int]
    # Contact and what was said: yesterday, and today so far.
    replies_yesterday: tuple[tuple[str, str], ...]
    replies_today: tuple[tuple[str, str], ...]
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


def today_text(today: Today, zone: tzinfo, *, width: int = 100) -> str:
    """Return the screen, no line wider than `width` where words allow; times are in the workspace's zone."""
    return fitted("\n".join(_lines(today, zone)), max(width, 2 * _INDENT))


def _lines(today: Today, zone: tzinfo) -> Iterator[str]:
    now = today.now.astimezone(zone)
    yield from (f"{now:%A} {now.day} {now:%B %Y}, times in {zone}", "")
    yield f"Yesterday  {_counts(today.yesterday)}"
    yield from _answers(today.replies_yesterday)
    yield from ("", f"Today      {_going(today)}")
    yield from _answers(today.replies_today)
    yield from (_row(_leaving(each, zone)) for each in today.going)
    if today.going_in_all > len(today.going):
        yield _row(f"and {today.going_in_all - len(today.going)} more: `dripper plan`")
    attention = list(_attention(today, zone))
    yield from ("", *attention) if attention else ()
    yield from ("", *_near(today, zone))


def today_json(today: Today) -> dict[str, Any]:
    """Return the screen as data: `{"version": 1, "now", "yesterday", "replies", "going", …}`."""
    near = today.near
    return {
        "version": 1,
        "now": today.now.isoformat(),
        "yesterday": {str(state): count for state, count in today.yesterday.items()},
        "replies": [
            {"contact": contact, "text": text, "day": name}
            for name, replies in (("yesterday", today.replies_yesterday), ("today", today.replies_today))
            for contact, text in replies
        ],
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
        and {"id": near.id, "title": near.title, "on": near.on.isoformat(), "ready": near.ready}
        | {
            "trouble": near.trouble or None,
            "blocks": len(near.blocks),
            "homework": [_homework(work) for work in near.blocks],
        },
    }


# So many names and points fit on a screen; the rest is counted.
_MOST_NAMED = 8
# Where the text of a line begins.
_INDENT = 11

# What a morning wants to know of yesterday; the rest of the states is no news.
_TOLD = (State.SENT, State.DEFERRED, State.FAILED, State.UNKNOWN)


def _row(text: str) -> str:
    return " " * _INDENT + text


def _answers(replies: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Yield who answered on a day, up to a few."""
    for contact, text in replies[:_MOST_NAMED]:
        yield _row(f"{contact} answered{': ' + text if text else ''}")
    if len(replies) > _MOST_NAMED:
        yield _row(f"and {len(replies) - _MOST_NAMED} more answers: `dripper --json` holds them")


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
        noun = "error" if today.problems == 1 else "errors"
        yield f"The files have {today.problems} {noun}: `dripper lint` shows where."
    yield from (each.difference for each in today.status.campaigns if each.difference)
    yield from needs(today.status, zone)
    for contact, count in today.unanswered[:_MOST_NAMED]:
        yield f"{contact} got {count} messages and never answered: tuned out? `dripper why {contact}`"
    if len(today.unanswered) > _MOST_NAMED:
        yield f"and {len(today.unanswered) - _MOST_NAMED} more who never answered: `dripper --json` names them"


def _near(today: Today, zone: tzinfo) -> Iterator[str]:
    near = today.near
    if near is None:
        yield "No negotiation lies ahead."
        return
    days = (near.on - today.now.astimezone(zone).date()).days
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    account = near.id.partition("/")[0]
    yield f"Negotiation: {near.title} ({near.id}), {when}, {day(near.on)}."
    if near.trouble:
        yield _row(f"Its homework is not known: {near.trouble}. `dripper prep {account}` tells more.")
        return
    if not near.blocks:
        yield _row(f"The homework is done: `dripper prep {account}` makes the brief.")
        return
    points = f"{counted(len(near.blocks), 'point')} {'blocks' if len(near.blocks) == 1 else 'block'} it"
    yield _row(f"It shall be held although {points}:" if near.ready else f"{points}:")
    for work in near.blocks[:_MOST_NAMED]:
        yield _row(f"{work.owner}, until {day(work.due)}: {work.reason}")
    if len(near.blocks) > _MOST_NAMED:
        yield _row(f"and {len(near.blocks) - _MOST_NAMED} more")
    yield _row(f"`dripper prep {account} --check` lists the homework.")


def _homework(work: Homework) -> dict[str, str]:
    return {"code": work.code, "reason": work.reason, "owner": work.owner, "due": work.due.isoformat()}
