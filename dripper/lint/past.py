"""What contacts got already, to find a message that would tell them nearly the same again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dripper.lint.gist import Gist, Shelf
from dripper.lint.telling import Repeat

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dripper.lint.telling import Telling

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A message that a contact got."""

    # The ids of campaign and message, and the contact's key.
    campaign: str
    message: str
    contact: str
    # None where the day is not known.
    on: date | None
    # As it was sent, greeting and signature included.
    text: str


class Past:
    """All that was delivered, oldest first, by the paragraphs of the texts: of many alike one is looked at."""

    def __init__(self, delivered: Iterable[Delivered]) -> None:
        self._deliveries: dict[str, list[Delivered]] = {}
        self._reached: set[tuple[str, str, str]] = set()
        for one in delivered:
            self._reached.add((one.campaign, one.message, one.contact))
            for paragraph in dict.fromkeys(_BLANK_LINE.split(one.text)):
                self._deliveries.setdefault(paragraph, []).append(one)

    def repeated_by(self, telling: Telling) -> Repeat | None:
        """Return what most resembles a message of those that its readers got; none of a message to those who had it."""
        gists, shelf, deliveries = self._shelved
        best: tuple[float, list[Delivered]] = (0.0, [])
        for number in dict.fromkeys(number for words in telling.near_words() for number in shelf.near(words)):
            concerned = [one for one in deliveries[number] if self._concerns(one, telling)]
            score = _likeness(telling, concerned, gists[number])
            if score > best[0]:
                best = score, concerned
        if not best[1]:
            return None
        first = best[1][0]
        readers = dict.fromkeys(one.contact for one in best[1])
        return Repeat(
            campaign=first.campaign,
            message=first.message,
            readers=tuple(telling.readers[key] for key in readers),
            on=first.on,
        )

    def _concerns(self, one: Delivered, telling: Telling) -> bool:
        """Whether somebody is to get `telling` who had another message, this one."""
        is_itself = (one.campaign, one.message) == telling.id
        return not is_itself and one.contact in telling.readers and (*telling.id, one.contact) not in self._reached

    @cached_property
    def _shelved(self) -> tuple[list[Gist], Shelf, list[list[Delivered]]]:
        gists = [Gist(paragraph) for paragraph in self._deliveries]
        return gists, Shelf(gist.words for gist in gists), list(self._deliveries.values())


def _likeness(telling: Telling, concerned: Iterable[Delivered], gist: Gist) -> float:
    """Return how much `telling` says the same to one of those who are concerned."""
    seen: set[frozenset[str]] = set()
    for one in concerned:
        ours = telling.gist_for(one.contact)
        if ours is None or ours.words in seen:
            continue
        if score := ours.likeness(gist):
            return score
        seen.add(ours.words)
    return 0.0
