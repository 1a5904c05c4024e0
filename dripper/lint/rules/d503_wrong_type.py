"""A value of the wrong type.

Finds: text where a number, a date or a list is needed, and the other way round.

Why: guessing what was meant is how a message goes out on the wrong day.

Fires:
    every = "2 weeks"
    start = "2026-12-01"
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

Source: TOML 1.0, https://toml.io/en/v1.0.0, section Keys and values.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.WRONG_TYPE.code, name=Fault.WRONG_TYPE.name_, doc=__doc__, by_reader=True)
