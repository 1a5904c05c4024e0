"""A key is missing that must be there.

Finds: a message without subject, a campaign without `every` or `start`, an account without name, a campaign that
writes to nobody.

Why: without it nothing can be planned.

Fires:
    start = 2026-12-01
    shifts = "From media buyer to retail analyst"

    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"

Instead:
    every = "2 weeks"
    start = 2026-12-01
    shifts = "From media buyer to retail analyst"

    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"

Source: the lists of keys in the README.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.MISSING_KEY.code, name=Fault.MISSING_KEY.name_, doc=__doc__, by_reader=True)
