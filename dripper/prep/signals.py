"""Mentions joined to accounts, one voice for each author, the widest reach first; what an angle may rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.prep.signals_join import Index, Link
from dripper.prep.words import counted
from dripper.workspace.model.account import Fact
from dripper.workspace.model.signal import Signal

if TYPE_CHECKING:
    from datetime import date

    from dripper.workspace.model.account import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A mention with the accounts that it concerns, and why; none where nothing of theirs is named."""

    signal: Signal
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One author: the latest mention, how many there are, and whom they concern."""

    author: str
    # As last known; `None` where no mention says it.
    reach: int | None
    latest: Signal
    count: int
    links: tuple[Link, ...]


def joined(signals: Iterable[Signal], accounts: Iterable[Account]) -> tuple[Joined, ...]:
    """Return each mention once, in their order, with the accounts that it concerns."""
    index = Index(accounts)
    once = {signal.key: signal for signal in signals}
    return tuple(Joined(signal=signal, links=index.links(signal)) for signal in once.values())


def voices(mentions: Iterable[Joined], account: str = "") -> tuple[Voice, ...]:
    """Return the authors, the widest reach first; with `account` those alone who speak of it."""
    by_author: dict[str, list[Joined]] = defaultdict(list)
    for mention in mentions:
        if not account or any(link.account == account for link in mention.links):
            by_author[mention.signal.author_key].append(mention)
    found = [_voice(sorted(own, key=lambda each: each.signal.on), account) for own in by_author.values()]
    return tuple(sorted(found, key=lambda each: (-(each.reach or 0), -each.latest.on.toordinal(), each.author)))


def facts_of(mentions: Iterable[Joined], account: str, *, today: date) -> tuple[Fact, ...]:
    """Return what an angle may rest on: mentions of the account that a person gave a kind and a side.

    Hearsay unless that person says likely, never for the other side to see, its source the author with the link.
    """
    return tuple(
        Fact(
            on=signal.on,
            kind=signal.kind,
            for_=signal.for_,
            what=signal.text,
            worth=signal.worth,
            source=source_of(signal),
            sure=signal.sure,
            internal=True,
        )
        for signal, links in ((each.signal, each.links) for each in mentions)
        if signal.kind and signal.for_ and signal.on <= today and any(link.account == account for link in links)
    )


def source_of(signal: Signal) -> str:
    """Return who said it, to how many, and where."""
    reach = f" ({counted(signal.reach, 'follower')})" if signal.reach is not None else ""
    return f"{signal.author}{reach}" + (f", {signal.url}" if signal.url else "")


def _voice(mentions: Sequence[Joined], account: str) -> Voice:
    latest = mentions[-1].signal
    known = [each.signal.reach for each in mentions if each.signal.reach is not None]
    links = {link.account: link for each in mentions for link in each.links if account in ("", link.account)}
    return Voice(
        author=latest.author,
        reach=known[-1] if known else None,
        latest=latest,
        count=len(mentions),
        links=tuple(links[name] for name in sorted(links)),
    )
