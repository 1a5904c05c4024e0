"""Which accounts a mention concerns: by the id or name that it states, or by what its text and link name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dripper.workspace.model.account import Account
    from dripper.workspace.model.signal import Signal

_WORD = re.compile(r"[^\W_]+|&")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([^/\s:?#]+)", re.IGNORECASE)
# What a company's name may end with; people leave it out.
_LEGAL = frozenset(("gmbh", "ag", "se", "kg", "ltd", "limited", "inc", "corp", "llc", "plc", "bv", "sa", "oy", "ab"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An account that a mention concerns, and by what it was joined."""

    account: str
    how: str


class Index:
    """The names of all accounts and their people, to be found in a text at one walk."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        # What a row may state, in any capitals.
        self._stated: dict[str, list[Link]] = defaultdict(list)
        # By their first word: phrases of a text, as (words, link).
        self._phrases: dict[str, list[tuple[tuple[str, ...], Link]]] = defaultdict(list)
        domains: dict[str, list[Link]] = defaultdict(list)
        for account in accounts:
            self._add(account)
            for domain in {str(each.email).rpartition("@")[2].casefold() for each in account.contacts if each.email}:
                domains[domain].append(Link(account=account.id, how=f"the domain {domain}"))
        # One that several accounts share is a provider's.
        self._domains = {domain: links[0] for domain, links in domains.items() if len(links) == 1}

    def links(self, signal: Signal) -> tuple[Link, ...]:
        """Return the accounts that a mention concerns, each with the strongest reason; in the order of their ids."""
        found: dict[str, Link] = {}
        for link in self._all(signal):
            found.setdefault(link.account, link)
        return tuple(found[account] for account in sorted(found))

    def _add(self, account: Account) -> None:
        name = " ".join(account.name.split())
        link = Link(account=account.id, how=f"the name {name}")
        self._stated[account.id.casefold()].append(Link(account=account.id, how=f"the id {account.id}"))
        self._stated[name.casefold()].append(link)
        words = tuple(_WORD.findall(name))
        self._phrase(words, link)
        if len(words) > 1 and words[-1].casefold() in _LEGAL:
            self._phrase(words[:-1], link)
        for contact in account.contacts:
            person = Link(account=account.id, how=f"the contact {contact.name or contact.email}")
            for stated in filter(None, (contact.name, str(contact.email or ""))):
                self._stated[" ".join(stated.casefold().split())].append(person)
            words = tuple(_WORD.findall(contact.name))
            if len(words) > 1:
                self._phrase(words, person)

    def _phrase(self, words: tuple[str, ...], link: Link) -> None:
        """Keep a phrase; one of a single word must be written as it is, capitals too, as it may be a plain word."""
        if words:
            kept = words if len(words) == 1 else tuple(word.casefold() for word in words)
            self._phrases[words[0].casefold()].append((kept, link))

    def _all(self, signal: Signal) -> Iterator[Link]:
        """Yield every reason to join, the strongest first."""
        for stated in filter(None, (signal.account, *signal.names, signal.author)):
            yield from self._stated.get(stated.removeprefix("@").casefold(), ())
        yield from self._in_text(signal.text)
        host = _HOST.match(signal.url)
        if host and host[1].casefold() in self._domains:
            yield self._domains[host[1].casefold()]

    def _in_text(self, text: str) -> Iterator[Link]:
        words = _WORD.findall(text)
        plain = [word.casefold() for word in words]
        for at, word in enumerate(plain):
            for phrase, link in self._phrases.get(word, ()):
                there = words if len(phrase) == 1 else plain
                if tuple(there[at : at + len(phrase)]) == phrase:
                    yield Link(account=link.account, how=f"{link.how} in its text")
