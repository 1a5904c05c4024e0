"""A campaign as the linter sees it: what its file says, whom it writes to, and where each key stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.lint.reading import Path, Reading
from dripper.problem import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dripper.lint.readers import Readers, Values
    from dripper.lint.told import Told
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Workspace
    from dripper.workspace.toml import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFile:
    """One campaign with everything that a rule may ask about it."""

    workspace: Workspace
    campaign: Campaign
    document: Document
    # Of a long list they are read each time.
    recipients: tuple[Recipient, ...] | Readers
    # By recipient, in their order: what a template may name.
    values: tuple[Mapping[str, object], ...] | Values
    # The file of its shell, where that is the workspace's own.
    shell_file: str | None = None
    # Whether these are all of them: no file with an error may hold more.
    is_everybody_known: bool = True
    # What all campaigns tell and what was delivered; None: this workspace's campaigns alone.
    told: Told | None = None

    @property
    def is_long(self) -> bool:
        """Whether there are too many people to hold something of each."""
        return not isinstance(self.recipients, tuple)

    def people(self) -> Iterator[tuple[Recipient, Mapping[str, object]]]:
        """Yield the recipients with what a template may name."""
        if isinstance(self.recipients, tuple):
            return zip(self.recipients, self.values, strict=True)
        return self.recipients.with_values()

    def reading(self, path: Path) -> Reading:
        """Return the text at `path`; where it is no text or is not there, nothing, at the place of its key or table."""
        value = self._at(path)
        if isinstance(value, str):
            return Reading(self.document.passage(path), path)
        if value is None:
            return Reading(Passage("", lambda _start, _end: self.document.value_span(path)), path[:-1])
        return Reading(Passage("", lambda _start, _end: self.document.value_span(path)), path)

    def _at(self, path: Path) -> object:
        value: object = self.document.data
        for step in path:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value
