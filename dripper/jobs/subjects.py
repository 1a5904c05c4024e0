"""Subjects as the readers get them: rendered, and in a thread that of the message which all the others answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.delivery import State
from dripper.errors import DripperError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dripper.drip.coming import Coming
    from dripper.jobs.standing import Place, Standing
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Workspace


class Subjects:
    """Renders subjects; the first fault of each kind is kept, and the subject is then shown as written."""

    def __init__(
        self, workspace: Workspace, standing: Standing, archived: Callable[[str, str], Sequence[bytes]]
    ) -> None:
        self._workspace = workspace
        self._standing = standing
        self._archived = archived
        # The subject that began the thread, by campaign id and contact key.
        self._roots: dict[tuple[str, str], str] = {}
        self.faults: dict[str, DripperError] = {}

    def of(self, coming: Coming) -> str:
        """Return the subject as the contact gets it; the messages of a thread are asked about in order of time."""
        campaign, to = coming.course.campaign, coming.course.recipient
        if not campaign.thread:
            return self._rendered(campaign, coming.message_id, to)
        root = self._roots.get((campaign.id, to.key)) or self._sent_before(campaign, to)
        if root:
            self._roots[campaign.id, to.key] = root
            return f"Re: {root}"
        subject = self._rendered(campaign, coming.message_id, to)
        if coming.state is not State.SKIPPED:
            self._roots[campaign.id, to.key] = subject
        return subject

    def as_written(self, coming: Coming) -> str:
        """Return the message's own subject, of one that nobody gets any more; it is no fault if it cannot be had."""
        known = dict(self.faults)
        subject = self._rendered(coming.course.campaign, coming.message_id, coming.course.recipient)
        self.faults = known
        return subject

    def _sent_before(self, campaign: Campaign, to: Recipient) -> str:
        """Return the subject of the first message that went out, or is on its way; empty where there is none."""
        from dripper.drip.thread import Thread

        scheduled = self._standing.campaigns.get(campaign.id)
        at = scheduled.places.get(to.key) if scheduled else None
        if scheduled is None or at is None:
            return ""
        if State.SENT in at.decided.values():
            thread = Thread.of(self._archived(campaign.id, to.key))
            if thread is not None:
                return thread.subject
        message = _first_out(scheduled.campaign, at)
        return self._rendered(scheduled.campaign, message, to) if message else ""

    def _rendered(self, campaign: Campaign, message_id: str, to: Recipient) -> str:
        from dripper.text.message import body_of
        from dripper.text.values import values_of

        message = next(each for each in campaign.messages if each.id == message_id)
        try:
            return body_of(message, to, values_of(self._workspace, campaign, to)).subject.text
        except DripperError as error:
            told = DripperError(f"{campaign.id}, {message.id}, {to.email}: {error}", cure=error.cure)
            self.faults.setdefault(str(told), told)
            return message.variants[0]


def _first_out(campaign: Campaign, at: Place) -> str:
    """Return the id of the first message that went out or is in a worker's hands; empty where there is none."""
    out = {message for message, state in at.decided.items() if state is State.SENT}
    if at.in_hand and at.message_id:
        out.add(at.message_id)
    return next((message.id for message in campaign.messages if message.id in out), "")
