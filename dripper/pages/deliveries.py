"""What `send` and `run` say: one line or one JSON object per delivery, then a summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.drip.delivery import State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from dripper.drip.sending import Handled, Summary

_SHOWN = (State.SENT, State.DEFERRED, State.HELD, State.SKIPPED, State.CANCELLED, State.FAILED, State.UNKNOWN)
_NEXT_STEP = {
    State.HELD: "`dripper status` says why",
    State.FAILED: "`dripper why CONTACT` tells the story",
    State.UNKNOWN: "they may have arrived and are never sent again by themselves",
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
    return {"summary": {**counts, "unusable": dict(summary.unusable), "next_at": next_at, "stopped": summary.stopped}}


def delivery_line(row: Handled, zone: tzinfo) -> str:
    """Return one delivery as a line."""
    said = f"  ({row.code or ''} {row.reply}".replace("( ", "(").rstrip() + ")" if _needs_words(row) else ""
    at = row.at.astimezone(zone)
    return f"{at:%d %b %H:%M:%S}  {row.state:<9} {row.contact}  {row.campaign} {row.message}{said}"


def due_lines(rows: Sequence[Handled]) -> list[str]:
    """Return what a dry run shows."""
    if not rows:
        return ["Nothing is due now."]
    lines = [f"{row.contact}  {row.campaign} {row.message}  through {row.mailbox}" for row in rows]
    return [*lines, f"{len(rows)} would leave now. Nothing was sent."]


def summary_lines(summary: Summary, zone: tzinfo, *, says_zone: bool = False) -> list[str]:
    """Return what was done, what needs a person, and what comes next; `says_zone`: with the zone of the time."""
    parts = [f"{summary.counts[state]} {state}" for state in _SHOWN if summary.counts[state]]
    lines = [", ".join(parts) + "." if parts else "Nothing was due."]
    lines += [f"{state.capitalize()}: {step}." for state, step in _NEXT_STEP.items() if summary.counts[state]]
    lines += [f"Mailbox {name} cannot be used: {why}" for name, why in sorted(summary.unusable.items())]
    lines += ["Stopped; nothing is left half done."] if summary.stopped else []
    if summary.next_at is not None:
        where = f" Times are in {zone}." if says_zone else ""
        lines.append(f"Next: {summary.next_at.astimezone(zone):%a %d %b %Y %H:%M}.{where}")
    return lines


def _needs_words(row: Handled) -> bool:
    return row.state is not State.SENT and bool(row.reply)
