"""What `dripper reconcile` shows: the evidence of each delivery in doubt, and what was settled."""

from __future__ import annotations

from collections import Counter
from textwrap import fill
from typing import TYPE_CHECKING, Any

from dripper.drip.delivery import State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from dripper.drip.doubt import Doubt, Settled

VERSION = 1
_LABEL_CHARS = 18
_PHASES = {"dot": "the whole message and its final dot, but no answer came that says what became of it"}
_BROKEN_OFF = "not known: its worker ended before it could write that down"
_SETTLED = {
    State.SENT: "settled as sent",
    State.DUE: "goes out again under the same Message-ID, within its hours and limits",
    State.CANCELLED: "is settled, and does not go out again",
    State.UNKNOWN: "still in doubt",
}
_COUNTED = {
    State.SENT: "settled as sent",
    State.DUE: "to be sent again",
    State.CANCELLED: "not sent again",
    State.UNKNOWN: "still in doubt",
}


def reconcile_json(doubts: Sequence[Doubt], settled: Sequence[Settled]) -> dict[str, Any]:
    """Return `{"version": 1, "unknown": […], "settled": […]}`: what is in doubt with its evidence, what no more is."""
    return {
        "version": VERSION,
        "unknown": [_doubt_json(each) for each in doubts],
        "settled": [_key(each.doubt) | {"outcome": each.state.value, "reason": each.reason} for each in settled],
    }


def doubt_text(doubt: Doubt, zone: tzinfo, *, width: int) -> str:
    """Return the evidence of one delivery, at most `width` characters wide; times are in the workspace's zone."""
    who = doubt.contact if doubt.name == doubt.contact else f"{doubt.name} <{doubt.contact}>"
    rows = [
        ("Message", f"{doubt.campaign} {doubt.message}"),
        ("Subject", doubt.subject or "cannot be said any more"),
        ("Intent written", f"{doubt.intent_at.astimezone(zone):%a %d %b %Y %H:%M:%S}, try {doubt.attempt}"),
        ("From mailbox", doubt.mailbox),
        ("Server got", _reached(doubt)),
        ("Server said", doubt.words or "nothing that was written down"),
        ("Message-ID", doubt.message_id),
    ]
    for moment in doubt.since:
        words = " ".join(part for part in (moment.what, moment.campaign, moment.message) if part)
        text = f": {moment.text}" if moment.text else ""
        rows.append(("Since then", f"{moment.at.astimezone(zone):%a %d %b %H:%M} {words}{text}"))
    if doubt.is_open:
        rows.append(("Wait", "the worker that sent it is at work again, and may still tell how it ended"))
    return "\n".join([who, *(_row(label, text, width) for label, text in rows)])


def settled_text(settled: Sequence[Settled]) -> str:
    """Return a line for each, and the counts where they are several."""
    lines = [
        f"{each.doubt.contact}  {each.doubt.campaign} {each.doubt.message}: {_SETTLED.get(each.state, each.state)}"
        + (f" ({each.reason})" if each.reason else "")
        for each in settled
    ]
    if len(settled) > 1:
        counts = Counter(_COUNTED.get(each.state, "settled before") for each in settled)
        lines.append(", ".join(f"{count} {what}" for what, count in counts.items()) + ".")
    return "\n".join(lines)


def _reached(doubt: Doubt) -> str:
    if doubt.phase is None:
        return _BROKEN_OFF
    return _PHASES.get(doubt.phase, doubt.phase) + (f": {doubt.ending}" if doubt.ending else "")


def _row(label: str, text: str, width: int) -> str:
    return fill(
        text,
        width=max(width, 2 * _LABEL_CHARS),
        initial_indent=f"  {label:<{_LABEL_CHARS - 2}}",
        subsequent_indent=" " * _LABEL_CHARS,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _doubt_json(doubt: Doubt) -> dict[str, Any]:
    return _key(doubt) | {
        "mailbox": doubt.mailbox,
        "subject": doubt.subject,
        "attempt": doubt.attempt,
        "intent_at": doubt.intent_at.isoformat(),
        "ended_at": doubt.ended_at.isoformat() if doubt.ended_at else None,
        "phase": doubt.phase,
        "ending": doubt.ending,
        "words": doubt.words,
        "since": [
            {"at": each.at.isoformat(), "what": each.what, "campaign": each.campaign, "message": each.message}
            | {"text": each.text}
            for each in doubt.since
        ],
        "worker_at_work": doubt.is_open,
    }


def _key(doubt: Doubt) -> dict[str, Any]:
    return {
        "campaign": doubt.campaign,
        "message": doubt.message,
        "contact": doubt.contact,
        "message_id": doubt.message_id,
    }
