"""`schedule --to-me`: the proofs of campaigns in one's own inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dripper.cli.app import talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.cli.app import App
    from dripper.jobs.proofs import ProofMail
    from dripper.workspace.model.campaign import Campaign

to_me_option = click.option(
    "--to-me",
    is_flag=False,
    flag_value="",
    default=None,
    metavar="[ADDRESS]",
    help="Send every message to yourself (the mailbox's address, or ADDRESS) as a proof; schedule nothing.",
)


def told_apart(campaigns: tuple[str, ...], to_me: str | None) -> tuple[tuple[str, ...], str | None]:
    """Give back to the campaigns what stands behind `--to-me` and is no address: `schedule --to-me acme/insights`."""
    return ((*campaigns, to_me), "") if to_me and "@" not in to_me else (campaigns, to_me)


def send_proofs_of(app: App, campaigns: Sequence[Campaign], address: str) -> int:
    """Send the proofs of `campaigns` to `address`, empty for each mailbox's own, and say what left."""
    from dripper.jobs.proofs import proof_mails, send_proofs

    now = app.wiring.clock.now()
    mails = proof_mails(app.wiring.workspace, campaigns, address=address or None, now=now)
    for mail in mails:
        if mail.reader is None:
            talk(f"{mail.campaign}, {mail.message}: nobody gets it, so there is no proof.")
    left: list[ProofMail] = []
    send_proofs(app.wiring.wires, mails, now=now, report=lambda mail: left.append(_told(mail)))
    people = sorted({mail.composed.recipient for mail in left if mail.composed})
    proofs = f"{len(left)} proof{'' if len(left) == 1 else 's'}"
    click.echo(f"Sent {proofs} to {' and '.join(people)}. Nothing was scheduled." if left else "There is no proof.")
    return 0


def _told(mail: ProofMail) -> ProofMail:
    reader = mail.reader
    talk(f"{mail.campaign}, {mail.message}: as {reader.name or reader.email if reader else 'nobody'} gets it")
    return mail
