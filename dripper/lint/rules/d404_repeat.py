"""The message says nearly the same as another one to the same reader.

Finds: a text that says nearly what another message of the workspace says, in the same campaign or in another, where
somebody gets both; it is told at the one that goes out later. Other words for the small ones, another order, or a
sentence more make no difference. With `--history`, and in `dripper schedule`, a message is also compared with what its
readers got already. Messages to different people, and the branches and subjects of one message, repeat nothing.

Why: a gift is new once. The second time it tells the reader that nobody remembers what was written to them.

Fires:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm, and a reminder at 8 am wins back one in seven."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"
    source = "Acme shop log, October 2026"

    [[message]]
    subject = "The morning after"
    text = "A reminder at 8 am wins back one in seven of the abandoned carts: most of them start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"
    source = "Acme shop log, October 2026"

Instead:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm, and a reminder at 8 am wins back one in seven."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"
    source = "Acme shop log, October 2026"

    [[message]]
    subject = "The morning after"
    text = "Owners of abandoned carts open mails with the photo of the last thing they looked at, not of the dearest."
    gift = "What to show in the reminder"
    shifts = "From media buyer to retail analyst"

Source: the drip method: regular and highly interesting; the measure of likeness is rapidfuzz's token set ratio
(https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html) over the words that tell something.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dripper.lint.campaign import CampaignFile
from dripper.lint.rule import Finding, Rule
from dripper.problem import Severity

if TYPE_CHECKING:
    from dripper.lint.telling import Repeat


def check(file: CampaignFile) -> Iterator[Finding]:
    """Find each message that repeats another."""
    from dripper.lint.told import Told

    told = file.told or Told((file.workspace,))
    for index, message in enumerate(file.campaign.messages):
        repeat = told.repeated_by(file.campaign.id, message.id)
        if repeat is not None:
            reading = file.reading(("message", index, "text"))
            yield Finding(
                reading=reading,
                start=0,
                end=len(reading.text),
                message=_told(repeat, file.campaign.id),
                cure="say something new, or leave one of the two out",
            )


def _told(repeat: Repeat, campaign: str) -> str:
    where = repeat.file or f"campaign {repeat.campaign}"
    told = f'nearly the same as "{repeat.message}" in {where}'
    if not repeat.readers or (repeat.file and repeat.campaign == campaign):
        return told
    name = repeat.readers[0].name or repeat.readers[0].email
    more = f" and {len(repeat.readers) - 1} more" if len(repeat.readers) > 1 else ""
    if repeat.file:
        return f"{told}, which {name}{more} gets too"
    on = f" on {repeat.on.day} {repeat.on:%b %Y}" if repeat.on else ""
    return f"{told}, which {name}{more} got{on}"


RULE = Rule(code="D404", name="repeat", severity=Severity.WARNING, doc=__doc__, on_campaign=check)
