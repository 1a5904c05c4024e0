"""HTML shells that cannot be rendered, told before anything is scheduled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.proof import page_frame
from dripper.text.render import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.problem import Problem
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Workspace


def html_problems(workspace: Workspace, campaign: Campaign) -> Iterator[Problem]:
    """Yield what keeps a campaign's HTML shell from being rendered; a shell knows the same names for everybody."""
    if not campaign.html or campaign.shell not in workspace.html_shells:
        return
    frame = page_frame(workspace.html_shells[campaign.shell], workspace.mailbox_of(campaign)[1])
    try:
        frame.text({"subject": "…", "greeting": "…", "text": "…"})
    except TemplateError as error:
        file = f"templates/{campaign.shell}.html.j2"
        yield error.fault.problem(file=file, span=error.span, message=str(error), cure=error.cure)
