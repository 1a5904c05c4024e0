"""The page of `dripper status`: each campaign's counts and what comes next, then whatever needs a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.pages.ledger import ledger_json, ledger_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from dripper.drip.sending import Handled
    from dripper.drip.status import CampaignStatus, Status

_MOST_NAMED = 10
_UNKNOWN = (
    "they may have arrived, and are never sent again by themselves; `dripper reconcile` shows the evidence and "
    "settles them"
)


def status_json(status: Status) -> dict[str, Any]:
    """Return the ledger's JSON with, per campaign, what comes next, and what needs a person."""
    lines = ledger_json([each.line for each in status.campaigns])
    rows = [
        row
        | {
            "next_at": each.next_at.isoformat() if each.next_at else None,
            "next_contact": each.next_contact or None,
            "difference": each.difference or None,
        }
        for row, each in zip(lines["campaigns"], status.campaigns, strict=True)
    ]
    return lines | {
        "campaigns": rows,
        "unscheduled": list(status.unscheduled),
        "mailboxes": [
            {
                "mailbox": each.mailbox,
                "reason": each.reason,
                "rests_until": each.rests_until.isoformat() if each.rests_until else None,
            }
            for each in status.troubles
        ],
        "paused": [each.words for each in status.pauses],
        "held": [_row_json(row) for row in status.held],
        "unknown": [_row_json(row) for row in status.unknown],
        "in_hand": status.in_hand,
    }


def status_text(status: Status, zone: tzinfo, *, width: int) -> str:
    """Return the page for a terminal of `width`; times are in the workspace's zone."""
    blocks = [ledger_text([each.line for each in status.campaigns], width=width)]
    if status.campaigns:
        blocks.append("\n".join([f"Times are in {zone}.", *(_next(each, zone) for each in status.campaigns)]))
    attention = list(needs(status, zone))
    blocks += ["\n".join(attention)] if attention else []
    return "\n\n".join(blocks)


def _next(each: CampaignStatus, zone: tzinfo) -> str:
    when = (
        f"next {each.next_at.astimezone(zone):%a %d %b %Y %H:%M}, {each.next_contact}"
        if each.next_at
        else "nothing waits"
    )
    when += f" ({each.trouble})" if each.trouble else ""
    return f"{each.line.campaign}: {when}" + (f"\n  {each.difference}" if each.difference else "")


def needs(status: Status, zone: tzinfo) -> Iterator[str]:
    """Yield a line for everything that waits for a person, with the command that helps."""
    if status.unscheduled:
        yield f"Not scheduled: {', '.join(status.unscheduled)}. `dripper schedule` approves them."
    for halt in status.pauses:
        yield f"Paused: {halt.words}. `{halt.cure}` goes on."
    if status.held_by_pause:
        yield f"  {status.held_by_pause} {'message waits' if status.held_by_pause == 1 else 'messages wait'} for that."
    for trouble in status.troubles:
        if trouble.rests_until is None:
            yield f"Mailbox {trouble.mailbox} is stopped: {trouble.reason}"
            yield f"  correct it, then `dripper resume {trouble.mailbox}`"
        else:
            until = trouble.rests_until.astimezone(zone)
            yield f"Mailbox {trouble.mailbox} rests until {until:%a %H:%M}: {trouble.reason}"
    yield from _in_hand(status, zone)
    yield from _held(status)
    yield from _named("Unknown", status.unknown, _UNKNOWN)


def _in_hand(status: Status, zone: tzinfo) -> Iterator[str]:
    if status.in_hand and status.lease_until is not None:
        until = status.lease_until.astimezone(zone)
        yield f"In a worker's hands: {status.in_hand}; if it died, the next one looks at them from {until:%H:%M} on."


def _held(status: Status) -> Iterator[str]:
    domains = {halt.domain for halt in status.pauses if halt.domain}
    kept = tuple(row for row in status.held if row.contact.rpartition("@")[2] in domains)
    free = tuple(row for row in status.held if row not in kept)
    yield from _named("Held with a paused domain", kept, "`dripper resume DOMAIN` tries again, see above")
    yield from _named("Held", free, "`dripper resume CONTACT` tries again once the reason is mended")


def _named(title: str, rows: tuple[Handled, ...], step: str) -> Iterator[str]:
    if not rows:
        return
    yield f"{title}: {len(rows)}; {step}."
    for row in rows[:_MOST_NAMED]:
        said = f"{row.code or ''} {row.reply}".strip()
        yield f"  {row.contact}  {row.campaign} {row.message}: {said}".rstrip(": ")
    if len(rows) > _MOST_NAMED:
        yield f"  and {len(rows) - _MOST_NAMED} more"


def _row_json(row: Handled) -> dict[str, Any]:
    return {"campaign": row.campaign, "message": row.message, "contact": row.contact, "reason": row.reply}
