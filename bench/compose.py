"""How long a mail takes to compose, beside the email package's own way; one line of JSON.

The same mails of the sample workspace, rendered and as finished bytes: as dripper does it, with the lines of a mailbox
kept and the bodies spliced into a skeleton; put together by the email package with dripper's headers (the same bytes);
and by the package all alone, as most programs do. The rounds take turns, so that whatever else the machine does falls
on all; medians of processor time are compared.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from dripper.drip.addresses import wire_address
from dripper.drip.assembly import assembled
from dripper.drip.body import carried
from dripper.drip.compose import Composer, message_id_for
from dripper.drip.headers import Person
from dripper.drip.hours import zone_of
from dripper.drip.shell import shell_of
from dripper.workspace.files import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dripper.drip.body import Carried
    from dripper.drip.headers import Field
    from dripper.drip.proof import Proof
    from dripper.workspace.model.workspace import Recipient, Workspace

ROOT = Path(__file__).resolve().parent.parent
CAMPAIGN = "shoptalk"
ROUNDS, MAILS = 15, 300
START = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
# Microseconds a mail on two shared cores, and how many times faster than the package alone.
MOST_US, LEAST_RATIO = 100, 15


def by_the_package(fields: Sequence[Field], bodies: Sequence[Carried]) -> bytes:
    message = EmailMessage(policy=SMTP)
    for name, value in fields:
        message[name] = Address(value.name, addr_spec=value.address) if isinstance(value, Person) else value
    message.set_content(bodies[0].text)
    if len(bodies) > 1:
        message.add_alternative(bodies[1].text, subtype="html")
    return message.as_bytes()


# None: dripper's own way.
WAYS = {"skeleton": None, "same_bytes": assembled, "package": by_the_package}


def fields_of(workspace: Workspace, one: Recipient, proof: Proof, date: datetime) -> list[Field]:
    """Return the header of the same mail, as another program would write it."""
    settings, campaign = workspace.settings.workspace, workspace.campaigns[CAMPAIGN]
    _, mailbox = workspace.mailbox_of(campaign)
    own = wire_address("From", mailbox.from_.name, mailbox.from_.address)
    domain = own.address.rpartition("@")[2]
    return [
        ("From", own),
        ("To", wire_address("To", proof.name, proof.email)),
        ("Subject", proof.subject),
        ("Date", format_datetime(date.astimezone(zone_of(settings.timezone)))),
        ("Message-ID", message_id_for(settings.name, one.key, CAMPAIGN, campaign.messages[0].id, domain)),
        ("List-Unsubscribe", f"<mailto:{own.address}?subject=unsubscribe>"),
    ]


def people(workspace: Workspace) -> list[Recipient]:
    one = workspace.recipients[CAMPAIGN][0]
    return [
        replace(one, key=f"p{number}@acme.example", email=f"p{number}@acme.example", name=f"Ana {number}")
        for number in range(MAILS)
    ]


def mails(
    composer: Composer, workspace: Workspace, to: Sequence[Recipient], write: Callable[..., bytes] | None
) -> list[bytes]:
    """Compose one message for many people, a millisecond apart."""
    campaign = workspace.campaigns[CAMPAIGN]
    message, shell = campaign.messages[0], shell_of(workspace, campaign)
    dates = [START + timedelta(milliseconds=number) for number in range(len(to))]
    if write is None:
        return [
            composer.compose(campaign, message, one, shell=shell, date=date).data
            for one, date in zip(to, dates, strict=True)
        ]
    found = []
    for one, date in zip(to, dates, strict=True):
        proof = composer.proof(campaign, message, one, shell=shell)
        bodies = [carried(text) for text in (proof.body, proof.html) if text is not None]
        found.append(write(fields_of(workspace, one, proof, date), bodies))
    return found


def compared(workspace: Workspace) -> dict[str, float]:
    composer, to = Composer(workspace), people(workspace)
    assert mails(composer, workspace, to, None) == mails(composer, workspace, to, assembled)
    times: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(ROUNDS):
        for name, write in WAYS.items():
            start = process_time()
            mails(composer, workspace, to, write)
            times[name].append((process_time() - start) / MAILS * 1e6)
    us = {name: median(values) for name, values in times.items()}
    ratio = us["package"] / us["skeleton"]
    return {**{f"{name}_us": round(value, 1) for name, value in us.items()}, "ratio_to_package": round(ratio, 1)}


def main() -> None:
    workspace = load(ROOT).workspace
    assert workspace is not None
    campaign = workspace.campaigns[CAMPAIGN]
    dressed = replace(workspace, campaigns={**workspace.campaigns, CAMPAIGN: replace(campaign, html=True)})
    text, html = compared(workspace), compared(dressed)
    report = {
        "benchmark": "compose",
        "mails": MAILS,
        "rounds": ROUNDS,
        "text": text,
        "html": html,
        "bars": {"most_us": MOST_US, "least_ratio": LEAST_RATIO},
        "ok": text["skeleton_us"] <= MOST_US and text["ratio_to_package"] >= LEAST_RATIO,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
