"""What the mail server took, beside what the store and `dripper ledger` say."""

from __future__ import annotations

import json
from collections import Counter

from fakes.command import dripper
from fakes.firm import Firm

from killing.record import Kill, Record

CONNECTIONS = 2
IN_DOUBT_PER_CONNECTION = 2
# Counts that must be 0.
FAULTS = (
    "duplicates",
    "lost",
    "strangers",
    "doubts_without_kill",
    "kills_with_too_many_doubts",
    "ledgers_wrong",
)


def compare(firm: Firm, record: Record, kills: list[Kill]) -> Counter[str]:
    """Return the counts of a campaign that has come to rest, those of the steps that were hit as `hit …`.

    `left …` counts what is neither sent nor in doubt, by its state.
    `strangers` are taken by the server, and neither sent nor in doubt.
    """
    rows = [row for row in firm.office.rows() if row.message == "carts"]
    sent = {row.message_id for row in rows if row.state.value == "sent"}
    unknown = {row.message_id for row in rows if row.state.value == "unknown"}
    taken = Counter(record.taken)
    # A worker's name is host-pid-chance.
    doubts = Counter(int(str(row.worker).split("-")[-2]) for row in rows if row.message_id in unknown)
    by_kill = [doubts.pop(kill.pid, 0) for kill in kills]
    counts = Counter(
        planned=firm.contacts,
        taken=taken.total(),
        sent=len(sent),
        unknown=len(unknown),
        unknown_but_taken=len(unknown & taken.keys()),
        duplicates=taken.total() - len(taken),
        lost=firm.contacts - len(sent & taken.keys()) - len(unknown),
        strangers=len(taken.keys() - sent - unknown),
        doubts_without_kill=doubts.total(),
        kills_with_too_many_doubts=sum(count > IN_DOUBT_PER_CONNECTION * CONNECTIONS for count in by_kill),
        ledgers_wrong=not agrees(firm, sent=len(sent), unknown=len(unknown)),
    )
    counts.update(f"left {row.state}" for row in rows if row.message_id not in sent | unknown)
    counts.update({f"hit {step}": count for step, count in record.steps_hit(kills).items()})
    return counts


def agrees(firm: Firm, *, sent: int, unknown: int) -> bool:
    """Whether `dripper ledger` says the same, and adds up; everybody's second message is still to come."""
    told = dripper("ledger", "--json", cwd=firm.office.wiring.root)
    (line,) = json.loads(told.stdout)["campaigns"]
    del line["campaign"]
    planned = line.pop("planned")
    expected = {**dict.fromkeys(line, 0), "sent": sent, "unknown": unknown, "due": firm.contacts}
    return bool(planned == 2 * firm.contacts == sum(line.values()) and line == expected)
