"""The shell round a message: one template for the text and, where the campaign asks for it, one for its HTML.

A scheduled campaign keeps both, as one text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Workspace

# Between the two in the record; a shell has no such character (U+001E, the separator of records).
_BETWEEN = "\x1e"


@dataclass(frozen=True, slots=True)
class Shell:
    """The sources of the two templates."""

    text: str
    # None: no HTML alternative.
    html: str | None = None

    @classmethod
    def of(cls, frozen: str) -> Shell:
        """Return the shell that `frozen` returned as one text."""
        text, between, html = frozen.partition(_BETWEEN)
        return cls(text, html if between else None)

    @property
    def frozen(self) -> str:
        """Return both as one text."""
        text = self.text.replace(_BETWEEN, "")
        return text if self.html is None else text + _BETWEEN + self.html


def shell_of(workspace: Workspace, campaign: Campaign) -> str:
    """Return what a campaign's shell is today, as one text; the reader made sure there is one."""
    html = workspace.html_shells[campaign.shell] if campaign.html else None
    return Shell(workspace.shells[campaign.shell], html).frozen
