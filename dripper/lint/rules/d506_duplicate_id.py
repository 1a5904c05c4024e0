"""Two things have the same id.

Finds: two messages of a campaign, two metrics or two contacts with one id.

Why: deliveries, values and answers are kept by id; two of the same would be mixed up.

Fires:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"
    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Instead:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Source: ids are made from the subject where the file gives none.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.DUPLICATE_ID.code, name=Fault.DUPLICATE_ID.name_, doc=__doc__, by_reader=True)
