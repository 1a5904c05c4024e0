"""A message as something that is told: its telling words, and who gets them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from dripper.lint.gist import LEAST_WORDS, Gist

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dripper.text.message import Wording
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Workspace

# Where nothing but a name or a figure differs from reader to reader, so many speak for all.
_FEW = 3
_BRACES = re.compile(r"\{[{%#]|[}%#]\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """The message that another one repeats."""

    campaign: str
    message: str
    # Of the campaign; empty where it is known from the record of deliveries alone.
    file: str = ""
    # Who gets both, as far as it was looked for; nobody where a campaign has nobody to write to yet.
    readers: tuple[Recipient, ...] = ()
    # When the first of them got it; `None` where that is still to come, or not known.
    on: date | None = None


class Telling:
    """A message of a campaign.

    Its gist is that of the template's own words, in all its branches; only where these are near another's it is
    rendered. A template with next to no words of its own tells something else to everybody: it is one telling for each
    text that it makes.
    """

    def __init__(self, workspace: Workspace, campaign: Campaign, index: int) -> None:
        from dripper.text.message import Wording

        message = campaign.messages[index]
        self.id = (campaign.id, message.id)
        self.file = campaign.file
        # Which of two is the repeat: the one in the campaign that starts later, or further down in the same.
        self.place = (campaign.start or date.max, campaign.file, index)
        self._workspace = workspace
        self._campaign = campaign
        self._wording: Wording = Wording(message)
        self._gists: dict[str, Gist | None] = {}
        self.gist = Gist(" ".join(_own_words(message.text)))

    @cached_property
    def readers(self) -> Mapping[str, Recipient]:
        """Return by their keys those who get the message, in the files' order."""
        people = self._people
        message = self._wording.message
        if message.only or message.when:
            return {key: recipient for key, recipient in people.items() if self._applies(recipient)}
        return people

    def gist_for(self, key: str) -> Gist | None:
        """Return what the reader gets; `None` where that cannot be rendered."""
        if self._wording.text.is_plain:
            return self.gist
        if key not in self._gists:
            self._gists[key] = self._rendered(self.readers[key])
        return self._gists[key]

    def likeness(self, other: Telling) -> tuple[float, Recipient | None]:
        """Return how much the same the two tell one of the readers of both, of 100, and who that is.

        Where a campaign has nobody to write to yet, its own messages are compared as they stand.
        """
        if not self._people and self.id[0] == other.id[0]:
            return self.gist.likeness(other.gist), None
        seen: set[tuple[frozenset[str], frozenset[str]]] = set()
        shared = (key for key in self.readers if key in other.readers)
        for key in shared if self._varies or other._varies else islice(shared, _FEW):
            ours, theirs = self.gist_for(key), other.gist_for(key)
            if ours is None or theirs is None or (ours.words, theirs.words) in seen:
                continue
            if score := ours.likeness(theirs):
                return score, self.readers[key]
            seen.add((ours.words, theirs.words))
        return 0.0, None

    def near_words(self) -> Iterator[frozenset[str]]:
        """Yield the words by which the message is found.

        These are its own words, and those of each branch; or of each text where it has next to none of its own.
        """
        if self._is_open:
            gists = (self.gist_for(key) for key in self.readers)
            yield from dict.fromkeys(gist.words for gist in gists if gist is not None)
            return
        yield self.gist.words
        if self._varies:
            branches = (Gist(words).words for words in _own_words(self._wording.message.text))
            yield from (words for words in branches if len(words) >= LEAST_WORDS)

    @property
    def _is_open(self) -> bool:
        """Whether the template has next to no words of its own."""
        return not self._wording.text.is_plain and len(self.gist.words) < LEAST_WORDS

    @property
    def _varies(self) -> bool:
        """Whether what it tells differs from reader to reader, not only a name in it."""
        return self._is_open or "{%" in self._wording.message.text

    @cached_property
    def _people(self) -> Mapping[str, Recipient]:
        return {recipient.key: recipient for recipient in self._workspace.recipients.get(self._campaign.id, ())}

    def _applies(self, recipient: Recipient) -> bool:
        from dripper.text.render import TemplateError
        from dripper.text.values import values_of

        try:
            return self._wording.applies(values_of(self._workspace, self._campaign, recipient))
        except TemplateError:
            return False

    def _rendered(self, recipient: Recipient) -> Gist | None:
        from dripper.text.render import TemplateError
        from dripper.text.values import values_of

        try:
            return Gist(self._wording.text.render(values_of(self._workspace, self._campaign, recipient)).text)
        except TemplateError:
            return None


def _own_words(template: str) -> list[str]:
    """Return what a template says between its expressions and tags; where the braces do not match, about that."""
    return _BRACES.split(template)[::2]
