"""Mentions on a terminal and as JSON: one voice for each author, the widest reach first."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from dripper.prep.words import day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.prep.signals import Voice

VERSION = 1
_UNKNOWN = "?"


def signals_text(voices: Sequence[Voice], *, width: int) -> str:
    """Return the voices, each with its words and what it was joined by, within `width` columns."""
    reaches = [_reach(voice) for voice in voices]
    column = max(map(len, reaches), default=0)
    return "\n".join(
        line for voice, reach in zip(voices, reaches, strict=True) for line in _lines(voice, reach.rjust(column), width)
    )


def signals_json(voices: Sequence[Voice]) -> dict[str, Any]:
    """Return `{"version": 1, "signals": [{"author", "reach", "mentions", "on", "text", "url", "accounts", …}]}`."""
    return {"version": VERSION, "signals": [_data(voice) for voice in voices]}


def _reach(voice: Voice) -> str:
    return _UNKNOWN if voice.reach is None else f"{voice.reach:,}"


def _lines(voice: Voice, reach: str, width: int) -> Iterator[str]:
    indent = " " * (len(reach) + 2)
    latest = voice.latest
    count = f", the last of {voice.count} mentions" if voice.count > 1 else ""
    speaks = f" [{latest.kind} for {latest.for_}]" if latest.kind and latest.for_ else ""
    yield from wrap(
        f"{reach}  {voice.author}, {day(latest.on)}{count}{speaks}",
        width,
        subsequent_indent=indent,
        drop_whitespace=True,
        initial_indent="",
    )
    yield from wrap(f"“{latest.text}”", width, initial_indent=indent, subsequent_indent=indent)
    joined = "; ".join(f"{link.account} by {link.how}" for link in voice.links) or "joined to no account"
    yield from wrap(joined, width, initial_indent=indent, subsequent_indent=indent)
    if latest.url:
        yield f"{indent}{latest.url}"


def _data(voice: Voice) -> dict[str, Any]:
    latest = voice.latest
    return {
        "author": voice.author,
        "reach": voice.reach,
        "mentions": voice.count,
        "on": latest.on.isoformat(),
        "text": latest.text,
        "url": latest.url or None,
        "accounts": [{"account": link.account, "by": link.how} for link in voice.links],
        "kind": latest.kind.value if latest.kind else None,
        "for": latest.for_.value if latest.for_ else None,
        "sure": latest.sure.value,
    }
