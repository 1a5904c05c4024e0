"""Readers who get different texts: of those who get the same of a campaign, the first speaks for all."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from dripper.text.message import variant_index
from dripper.text.uses import Uses, uses_of
from dripper.text.values import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Workspace

# Where they stand in `text.values.contact_fields`; they are never hidden by a column of a list.
_OWN = ("first_name", "last_name", "name", "email", "role")
# Below it nobody waits for all of them to be looked at.
_FEW = 200


class Readers:
    """The first of all recipients who differ in something that a text of a campaign depends on, in their order.

    That is what its templates and conditions name, the account where the workspace knows it (its glossary and metrics
    count), and which of several subjects falls to whom. They are found anew each time: of a long list nobody has to
    hold them.
    """

    def __init__(self, workspace: Workspace, campaign: Campaign, recipients: Sequence[Recipient]) -> None:
        self._workspace = workspace
        self._campaign = campaign
        self._recipients = recipients
        self._traits = _traits(workspace, campaign)

    def __bool__(self) -> bool:
        return len(self._recipients) > 0

    def __iter__(self) -> Iterator[Recipient]:
        seen: set[bytes] = set()
        for number, recipient in enumerate(self._recipients):
            mark = mark_of(number if number < _FEW else self._traits(recipient))
            if mark not in seen:
                seen.add(mark)
                yield recipient

    def with_values(self) -> Iterator[tuple[Recipient, dict[str, object]]]:
        """Yield each with what a template may name."""
        for recipient in self:
            yield recipient, values_of(self._workspace, self._campaign, recipient)


class Values:
    """By reader, in their order: what a template may name."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    def __bool__(self) -> bool:
        return bool(self._readers)

    def __iter__(self) -> Iterator[dict[str, object]]:
        return (values for _, values in self._readers.with_values())


def first_of_each(workspace: Workspace, campaign: Campaign, recipients: Sequence[Recipient]) -> tuple[Recipient, ...]:
    """Return those `Readers` at once, for a list that is not long."""
    traits = _traits(workspace, campaign)
    found: dict[object, Recipient] = {}
    for number, recipient in enumerate(recipients):
        found.setdefault(number if number < _FEW else traits(recipient), recipient)
    return tuple(found.values())


def mark_of(one: object) -> bytes:
    """Return what takes little room and differs where the `repr` of two differs."""
    return blake2b(repr(one).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _traits(workspace: Workspace, campaign: Campaign) -> Callable[[Recipient], object]:
    uses = uses_of_campaign(campaign)
    own = _OWN if uses.fields is None else tuple(name for name in _OWN if name in uses.fields)
    further = () if uses.fields is None else tuple(sorted(uses.fields.difference(_OWN)))
    chosen = [(message.id, len(message.subjects)) for message in campaign.messages if len(message.subjects) > 1]

    def traits(one: Recipient) -> object:
        return (
            one.account if uses.account or one.account in workspace.accounts else None,
            tuple([getattr(one, name) for name in own]),
            tuple(one.extra.items()) if uses.fields is None else tuple([one.extra.get(name) for name in further]),
            tuple([variant_index(one.key, message, count) for message, count in chosen]),
        )

    return traits


def uses_of_campaign(campaign: Campaign) -> Uses:
    """Return what the texts of a campaign, and who gets which of them, depend on."""
    found = uses_of(campaign.greeting)
    for message in campaign.messages:
        found = found | Uses(frozenset(message.only))
        for source in (message.text, message.when, *message.variants):
            found = found | uses_of(source)
    return found
