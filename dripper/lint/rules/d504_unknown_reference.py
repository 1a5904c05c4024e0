"""A name of something that is not there.

Finds: a mailbox, account, negotiation, shell or rule that is named but does not exist, with the nearest that does.

Why: it would be found when the message should go out.

Fires:
    mailbox = "danna"
    every = "2 weeks"
    start = 2026-12-01
    shifts = "From media buyer to retail analyst"

    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"

Instead:
    mailbox = "dana"
    every = "2 weeks"
    start = 2026-12-01
    shifts = "From media buyer to retail analyst"

    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"

Source: the files of the workspace.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.UNKNOWN_REFERENCE.code, name=Fault.UNKNOWN_REFERENCE.name_, doc=__doc__, by_reader=True)
