"""What every message of a workspace tells, and to whom, so that nothing is told twice to the same people.

Messages are compared by the words of their templates, and only where these are near by what one reader gets of both: a
thousand contacts cost next to no more than one.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dripper.lint.gist import Shelf
from dripper.lint.telling import Repeat, Telling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dripper.lint.past import Past
    from dripper.workspace.model.workspace import Workspace


class Told:
    """All that the campaigns of `workspaces` tell, and what was delivered in the `past`, where that counts."""

    def __init__(self, workspaces: Iterable[Workspace], past: Past | None = None) -> None:
        self._workspaces = tuple(workspaces)
        self._past = past

    def repeated_by(self, campaign: str, message: str) -> Repeat | None:
        """Return what a message (both by id) repeats most; what was delivered already counts before all else."""
        telling = self._by_id.get((campaign, message))
        if telling is None:
            return None
        delivered = self._past.repeated_by(telling) if self._past is not None else None
        return delivered or self._of_the_files(telling)

    def _of_the_files(self, telling: Telling) -> Repeat | None:
        best, found = 0.0, None
        for other in self._near(telling):
            score, reader = telling.likeness(other)
            if score > best:
                best, found = score, (other, reader)
        if found is None:
            return None
        other, reader = found
        readers = (reader,) if reader else ()
        return Repeat(campaign=other.id[0], message=other.id[1], file=other.file, readers=readers)

    def _near(self, telling: Telling) -> Iterable[Telling]:
        """Return each message before this one that may say nearly the same."""
        tellings, shelf = self._shelved
        near = (tellings[number] for words in telling.near_words() for number in shelf.near(words))
        return dict.fromkeys(other for other in near if other.place < telling.place)

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Telling]:
        return {
            (campaign.id, message.id): Telling(workspace, campaign, index)
            for workspace in self._workspaces
            for campaign in workspace.campaigns.values()
            for index, message in enumerate(campaign.messages)
        }

    @cached_property
    def _shelved(self) -> tuple[list[Telling], Shelf]:
        """Return the shelf of all words, and whose each gist there is."""
        placed = [(telling, words) for telling in self._by_id.values() for words in telling.near_words()]
        return [telling for telling, _ in placed], Shelf(words for _, words in placed)
