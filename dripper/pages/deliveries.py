"""What `send` and `run` say: one line or one JSON object per delivery, then a summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.drip.delivery import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from dripper.drip.sending import Handled, Summary

VERSION = 1
_SHOWN = (State.SENT, State.DEFERRED, State.HELD, State.SKIPPED, State.CANCELLED, State.FAILED, State.UNKNOWN)
_NEXT_STEP = {
    State.HELD: "`dripper status` says why",
    State.FAILED: "`dripper why CONTACT` tells the story",
    State.UNKNOWN: "they may have arrived and are never sent again by themselves; `dripper reconcile` settles them",
}


def delivery_json(row: Handled) -> dict[str, Any]:
    """Return the documented object of one delivery."""
    return {
        "campaign": row.campaign,
        "message": row.message,
        "contact": row.contact,
        "message_id": row.message_id,
        "outcome": row.state.value,
        "code": row.code,
        "reply": row.reply,
        "at": row.at.isoformat(),
    }


def summary_json(summary: Summary) -> dict[str, Any]:
    """Return the documented last object."""
    counts = {state.value: summary.counts[state] for state in _SHOWN}
    next_at = summary.next_at.isoformat() if summary.next_at else None
    ends = {"next_at": next_at, "stopped": summary.stopped}
    return {"summary": {"version": VERSION, **counts, **_remains_json(summary), **ends}}


def trial_json(rows: Sequence[Handled], summary: Summary) -> dict[str, Any]:
    """Return the last object of a dry run: how many would leave, and what keeps back the rest."""
    return {"summary": {"version": VERSION, "would_leave": len(rows), **_remains_json(summary)}}


def _remains_json(summary: Summary) -> dict[str, Any]:
    resting = {name: until.isoformat() for name, (until, _) in summary.resting.items()}
    unusable = dict(summary.unusable)
    return {"due": sum(summary.due.values()), "in_hand": summary.in_hand, "unusable": unusable, "resting": resting}


def delivery_line(row: Handled, zone: tzinfo) -> str:
    """Return one delivery as a line."""
    said = f"  ({row.code or ''} {row.reply}".replace("( ", "(").rstrip() + ")" if _needs_words(row) else ""
    at = row.at.astimezone(zone)
    return f"{at:%d %b %H:%M:%S}  {row.state:<9} {row.contact}  {row.campaign} {row.message}{said}"


def due_lines(rows: Sequence[Handled], summary: Summary, zone: tzinfo) -> list[str]:
    """Return what a dry run shows."""
    kept_back = list(_kept_back(summary, zone))
    if not rows:
        return kept_back or ["Nothing is due now."]
    lines = [f"{row.contact}  {row.campaign} {row.message}  through {row.mailbox}" for row in rows]
    return [*lines, f"{len(rows)} would leave now. Nothing was sent.", *kept_back]


def summary_lines(summary: Summary, zone: tzinfo, *, says_zone: bool = False) -> list[str]:
    """Return what was done, what needs a person, and what comes next; `says_zone`: with the zone of the time."""
    parts = [f"{summary.counts[state]} {state}" for state in _SHOWN if summary.counts[state]]
    kept_back = list(_kept_back(summary, zone))
    lines = [", ".join(parts) + "." if parts else "Nothing was sent." if kept_back else "Nothing was due."]
    lines += [f"{state.capitalize()}: {step}." for state, step in _NEXT_STEP.items() if summary.counts[state]]
    lines += kept_back
    lines += ["Stopped; nothing is left half done."] if summary.stopped else []
    if summary.next_at is not None:
        where = f" Times are in {zone}." if says_zone else ""
        lines.append(f"Next: {summary.next_at.astimezone(zone):%a %d %b %Y %H:%M}.{where}")
    return lines


def _kept_back(summary: Summary, zone: tzinfo) -> Iterator[str]:
    """Yield what is due and did not leave, and why."""
    for name in sorted({*summary.due, *summary.unusable}):
        count = summary.due.get(name, 0)
        due = f"{count} {'is' if count == 1 else 'are'} due, but mailbox" if count else "Mailbox"
        if name in summary.unusable:
            yield f"{due} {name} cannot be used: {summary.unusable[name]}"
        elif name in summary.resting:
            until, why = summary.resting[name]
            yield f"{due} {name} rests until {until.astimezone(zone):%a %H:%M}: {why}"
        else:
            more = f"{count} more {'is' if count == 1 else 'are'} due"
            yield f"{more} and wait{'s' if count == 1 else ''} for the limits of mailbox {name}, or the next call."
    if summary.in_hand:
        hold = "1 is" if summary.in_hand == 1 else f"{summary.in_hand} are"
        yield f"{hold} in the hands of another worker; if that died, `dripper send` looks at them once its lease ends."


def _needs_words(row: Handled) -> bool:
    return row.state is not State.SENT and bool(row.reply)
