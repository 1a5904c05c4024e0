"""How things stand: the counts of each campaign, who is next, what is paused, and which mailbox has trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.status import CampaignStatus, Halt, Status, Trouble
from dripper.outbox.scheduling import differs
from dripper.outbox.store import campaigns, deliveries, hands, mailboxes, pauses
from dripper.outbox.store.ledger import ledger
from dripper.outbox.store.pauses import Paused

if TYPE_CHECKING:
    from dripper.drip.ahead import Ahead
    from dripper.drip.ledger import Line
    from dripper.outbox.store.campaigns import Revision
    from dripper.outbox.store.engine import Store
    from dripper.outbox.store.mailboxes import Condition
    from dripper.outbox.store.pauses import Pause
    from dripper.workspace.files import Loaded


def status(store: Store, loaded: Loaded, ahead: Ahead) -> Status:
    """Return how things stand; `ahead` is what goes out next."""
    with store.read() as connection:
        lines = {line.campaign: line for line in ledger(connection)}
        revisions = campaigns.all_current(connection)
        known = loaded.workspace.campaigns if loaded.workspace else {}
        in_hand = hands.everywhere(connection)
        conditions = (mailboxes.get(connection, name) for name in campaigns.mailboxes_in_use(connection))
        return Status(
            campaigns=tuple(_campaign(ahead, loaded, each, lines[each.campaign]) for each in revisions),
            unscheduled=tuple(sorted(set(known) - set(lines))),
            troubles=tuple(_trouble(each) for each in conditions if each.stopped or each.failures),
            pauses=tuple(map(_halt, pauses.in_force(connection))),
            held=tuple(row.handled for row in deliveries.all_held(connection)),
            unknown=tuple(row.handled for row in deliveries.all_unknown(connection)),
            in_hand=len(in_hand),
            lease_until=max((row.lease_until for row in in_hand if row.lease_until is not None), default=None),
        )


def _campaign(ahead: Ahead, loaded: Loaded, revision: Revision, line: Line) -> CampaignStatus:
    first = ahead.first.get(revision.campaign)
    return CampaignStatus(
        line=line,
        next_at=first.at if first else None,
        next_contact=first.contact if first else "",
        trouble=first.trouble if first else "",
        difference=_difference(loaded, revision),
    )


def _trouble(condition: Condition) -> Trouble:
    until = None if condition.stopped else condition.rests_until
    return Trouble(mailbox=condition.name, reason=condition.reason, rests_until=until)


def _halt(pause: Pause) -> Halt:
    words = f"{pause} ({pause.reason})" if pause.reason else str(pause)
    return Halt(words=words, cure=pause.cure, domain=pause.name if pause.kind is Paused.DOMAIN else "")


def _difference(loaded: Loaded, revision: Revision) -> str:
    workspace = loaded.workspace
    if workspace is None or revision.campaign not in workspace.campaigns:
        return "its file cannot be read, so nothing of it leaves: see `dripper lint`"
    campaign = workspace.campaigns[revision.campaign]
    if differs(revision, campaign, loaded.documents[campaign.file].text, workspace):
        return f"the file was changed since: `dripper schedule {revision.campaign}` approves it as it stands"
    return ""
