"""The page of `dripper preview`: each message as the contact will get it, for the terminal, and JSON.

The JSON, version 1: `{"version", "campaign", "messages": [{"message", "contact", "subject", "greeting", "text",
"signature", "body", "html", "chars", "limit", "local", "utc", "zone", "reason", "note"}]}`. `body` is all that is read,
`html` the same as a page (`null` where the campaign asks for none), `chars` counts `text` alone. Without a slot its
four keys are `null`; where a message cannot be rendered, its words are.
"""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from dripper.drip.days import day_text
from dripper.pages.long_json import long_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dripper.drip.shown import Shown

VERSION = 1
_BAR = "  │ "


def preview_json(campaign: str, shown: Iterable[Shown]) -> Iterator[str]:
    """Yield the JSON document, piece by piece."""
    return long_json({"version": VERSION, "campaign": campaign}, "messages", map(_message_json, shown))


def _message_json(each: Shown) -> dict[str, Any]:
    proof, slot = each.proof, each.slot
    return {
        "message": each.message_id,
        "contact": each.recipient.email,
        "subject": proof.subject if proof else None,
        "greeting": proof.greeting if proof else None,
        "text": proof.text if proof else None,
        "signature": proof.signature if proof else None,
        "body": proof.body if proof else None,
        "html": proof.html if proof else None,
        "chars": each.chars if proof else None,
        "limit": each.limit,
        "local": slot.local.isoformat() if slot else None,
        "utc": slot.utc.isoformat() if slot else None,
        "zone": slot.zone if slot else None,
        "reason": slot.reason if slot else None,
        "note": each.note,
    }


def preview_text(shown: Sequence[Shown], *, more: int = 0, width: int = 100) -> str:
    """Return the messages for a terminal, contact by contact, each as it will be read.

    `more` contacts are not shown.
    """
    if not shown:
        return "Nobody gets anything: the campaign has no contact with an address."
    width = min(width, 76)
    blocks = []
    for _, theirs in groupby(shown, key=lambda each: each.recipient.key):
        messages = list(theirs)
        to = messages[0].recipient
        title = f"{to.name} <{to.email}>" if to.name else to.email
        blocks += [title, *("\n".join(_message(each, width)) for each in messages)]
    if more:
        blocks.append(f"And {more:,} more contacts: `--contact EMAIL` shows one of them, `--json` lists them all.")
    return "\n\n".join(blocks)


def _message(each: Shown, width: int) -> Iterator[str]:
    count = f"{each.chars}/{each.limit}" if each.proof else ""
    too_long = "  too long" if each.chars > each.limit else ""
    yield f"  {_when(each).ljust(width - len(count) - 2)}{count}{too_long}".rstrip()
    if each.proof is None:
        yield from wrap(each.note, width, initial_indent="  ", subsequent_indent="  ")
        return
    yield from _barred(each.proof.subject or "(no subject)", width)
    yield _BAR + "─" * (width - len(_BAR))
    for line in each.proof.body.rstrip("\n").split("\n"):
        yield from _barred(line, width)
    beside = ["with an HTML page beside the text"] if each.proof.html is not None else []
    below = "; ".join([*([each.slot.reason] if each.slot else []), *beside])
    yield from wrap(below, width, initial_indent="  ", subsequent_indent="  ")


def _when(each: Shown) -> str:
    if each.slot is None:
        return each.message_id if each.proof is None else each.note
    local = each.slot.local
    return f"{day_text(local.date())} {local.year} {local:%H:%M}  {each.slot.zone}"


def _barred(line: str, width: int) -> Iterator[str]:
    lines = wrap(line, width - len(_BAR), drop_whitespace=True, break_on_hyphens=False) or [""]
    return ((_BAR + part).rstrip() for part in lines)
