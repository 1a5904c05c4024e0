"""HTML shells that cannot be rendered, or that leave the text out, told before anything is scheduled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dripper.drip.proof import page_frame
from dripper.problem import Span
from dripper.text.render import TemplateError
from dripper.workspace.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.problem import Problem
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Workspace

_TEXT = re.compile(r"\btext\b")


def html_file(campaign: Campaign) -> str:
    """Return the file of a campaign's HTML shell, by its name in the workspace, whether it is there or not."""
    return f"templates/{campaign.shell}.html.j2"


def html_problems(workspace: Workspace, campaign: Campaign) -> Iterator[Problem]:
    """Yield what keeps a campaign's HTML shell from being rendered; a shell knows the same names for everybody."""
    mailboxes = workspace.settings.mailboxes
    has_mailbox = campaign.mailbox in mailboxes if campaign.mailbox else bool(mailboxes)
    if not campaign.html or campaign.shell not in workspace.html_shells or not has_mailbox:
        return
    source = workspace.html_shells[campaign.shell]
    try:
        frame = page_frame(source, workspace.mailbox_of(campaign)[1])
        frame.text({"subject": "…", "greeting": "…", "text": "…"})
    except TemplateError as error:
        yield error.fault.problem(file=html_file(campaign), span=error.span, message=str(error), cure=error.cure)
        return
    if _TEXT.search(source) is None:
        yield Fault.WRONG_VALUE.problem(
            file=html_file(campaign),
            span=Span(line=1, column=1, end_line=1, end_column=1),
            message="the shell leaves the text of the message out",
            cure="write {{ text }} where it belongs",
        )
