"""A value that cannot be meant.

Finds: an hour, cadence, amount, zone, country or address that is none, and two keys that exclude each other.

Why: guessing what was meant is how a message goes out on the wrong day.

Fires:
    every = "fortnight"
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

RULE = Rule(code=Fault.WRONG_VALUE.code, name=Fault.WRONG_VALUE.name_, doc=__doc__, by_reader=True)
