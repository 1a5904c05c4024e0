"""The preview: every message of a campaign as each contact will get it, with its slot and the bytes that would go out.

It shows the campaign as its file stands. The bytes come from the function that the worker calls, so that, once it is
scheduled, what is shown is what is sent, but for Date.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from dripper.drip.compose import Composed, Composer
from dripper.drip.course import applying
from dripper.drip.delivery import State
from dripper.drip.shell import shell_of
from dripper.drip.shown import Shown
from dripper.drip.thread import Thread
from dripper.errors import DripperError, UsageError
from dripper.jobs.named import nearest
from dripper.jobs.plan import slots_ahead
from dripper.jobs.writing import writing
from dripper.text.words import graphemes
from dripper.workspace.model.address import address_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from dripper.drip.course import Slot
    from dripper.jobs.standing import Standing
    from dripper.workspace.model.campaign import Campaign, Message
    from dripper.workspace.model.workspace import Recipient, Workspace


def preview(
    workspace: Workspace,
    standing: Standing,
    *,
    campaign: str,
    contact: str | None = None,
    now: datetime,
    archived: Callable[[Recipient], Sequence[bytes]] = lambda _: (),
    secret: bytes | None = None,
) -> Preview:
    """Return what each contact (or the one with the address `contact`) gets of `campaign`.

    `archived` returns what really went out to a contact, oldest first: a follow-up in a thread answers it. `secret` is
    the key of tokens in links. Raises `UsageError` for an unknown campaign or contact.
    """
    if campaign not in workspace.campaigns:
        cure = nearest(campaign, workspace.campaigns, "`dripper new campaign NAME` starts one")
        raise UsageError(f"there is no campaign '{campaign}', or its file cannot be read", cure=cure)
    found = workspace.campaigns[campaign]
    slots = slots_ahead(workspace, standing, now=now, campaign=campaign)
    composer = Composer(workspace, secret=secret)
    proofs = _Proofs(workspace=workspace, standing=standing, campaign=found, slots=slots, composer=composer, now=now)
    return Preview(_people(workspace, campaign, contact), proofs, archived)


class Preview:
    """The messages, contact by contact; each is made when it is asked for, since there may be very many."""

    def __init__(
        self, people: Sequence[Recipient], proofs: _Proofs, archived: Callable[[Recipient], Sequence[bytes]]
    ) -> None:
        self._people = people
        self._proofs = proofs
        self._archived = archived

    @property
    def readers(self) -> int:
        """Return how many contacts there are."""
        return len(self._people)

    def __iter__(self) -> Iterator[Shown]:
        return self._of(self._people)

    def first(self, most: int) -> list[Shown]:
        """Return what the first `most` contacts get."""
        return [*self._of(islice(self._people, most))]

    def _of(self, people: Iterable[Recipient]) -> Iterator[Shown]:
        for to in people:
            yield from self._proofs.of(to, self._archived(to) if self._proofs.campaign.thread else ())


def write_eml(shown: Iterable[Shown], folder: Path) -> int:
    """Write the exact bytes of each message into `folder`, one file each; return how many."""
    written = 0
    with writing(folder, cure="name a folder that you may write to: --eml DIR"):
        folder.mkdir(parents=True, exist_ok=True)
        for each in shown:
            if each.composed is not None:
                to = "".join(letter if letter.isalnum() or letter in "@.-_+" else "_" for letter in each.recipient.key)
                path = folder / f"{to}.{each.number:02}-{each.message_id}.eml"
                path.write_bytes(each.composed.data)
                written += 1
    return written


def _people(workspace: Workspace, campaign: str, contact: str | None) -> Sequence[Recipient]:
    everybody = workspace.recipients.get(campaign, ())
    if contact is None:
        return everybody
    try:
        key = address_key(contact)
    except ValueError:
        key = contact
    found = [to for to in everybody if to.key == key]
    if not found:
        cure = nearest(contact, [to.email for to in everybody], "`dripper preview CAMPAIGN` shows everybody")
        raise UsageError(f"{campaign} does not write to {contact}", cure=cure)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proofs:
    workspace: Workspace
    standing: Standing
    campaign: Campaign
    # By contact key and message id.
    slots: Mapping[tuple[str, str], Slot]
    composer: Composer
    now: datetime

    def of(self, to: Recipient, archived: Sequence[bytes]) -> Iterator[Shown]:
        """Yield the messages that apply to a contact; each answers what went out before it, where they are a thread."""
        try:
            messages = applying(self.workspace, self.campaign, to)
        except DripperError as error:
            yield self._faulty(to, self.campaign.messages[0], error)
            return
        before = list(archived)
        for message in messages:
            shown = self._shown(to, message, before)
            if shown.composed is not None and shown.slot is not None:
                before.append(shown.composed.data)
            yield shown

    def _shown(self, to: Recipient, message: Message, before: Sequence[bytes]) -> Shown:
        slot = self.slots.get((to.key, message.id))
        thread = Thread.of(before[: self._place_in_thread(to, message, slot)]) if self.campaign.thread else None
        try:
            composed = self._composed(to, message, thread, slot)
            proof = self.composer.proof(self.campaign, message, to, shell=self._shell, thread=thread)
        except DripperError as error:
            return self._faulty(to, message, error)
        return Shown(
            recipient=to,
            message_id=message.id,
            number=self._number(message),
            proof=proof,
            chars=graphemes(proof.text),
            limit=self._limit,
            slot=slot,
            composed=composed,
            note="" if slot else self._why_no_slot(to, message),
        )

    def _composed(self, to: Recipient, message: Message, thread: Thread | None, slot: Slot | None) -> Composed:
        date = slot.utc if slot else self.now
        return self.composer.compose(self.campaign, message, to, shell=self._shell, date=date, thread=thread)

    def _place_in_thread(self, to: Recipient, message: Message, slot: Slot | None) -> int | None:
        """Return how many messages went out before one that went out too; `None`: all are before it."""
        scheduled = self.standing.campaigns.get(self.campaign.id)
        at = scheduled.places.get(to.key) if scheduled else None
        if slot is not None or at is None or at.decided.get(message.id) is not State.SENT:
            return None
        earlier = self.campaign.messages[: self._number(message) - 1]
        return sum(at.decided.get(each.id) is State.SENT for each in earlier)

    def _faulty(self, to: Recipient, message: Message, error: DripperError) -> Shown:
        return Shown(
            recipient=to,
            message_id=message.id,
            number=self._number(message),
            proof=None,
            chars=0,
            limit=self._limit,
            slot=None,
            composed=None,
            note=f"{error} ({error.cure})" if error.cure else str(error),
            is_fault=True,
        )

    def _why_no_slot(self, to: Recipient, message: Message) -> str:
        scheduled = self.standing.campaigns.get(self.campaign.id)
        at = scheduled.places.get(to.key) if scheduled else None
        if at is not None and message.id in at.decided:
            return at.decided[message.id].value
        return at.stopped if at is not None and at.stopped else "no slot is ahead: `dripper plan` says why"

    def _number(self, message: Message) -> int:
        return self.campaign.messages.index(message) + 1

    @property
    def _shell(self) -> str:
        return shell_of(self.workspace, self.campaign)

    @property
    def _limit(self) -> int:
        own = self.campaign.lint.chars
        return self.workspace.settings.lint.chars if own is None else own
