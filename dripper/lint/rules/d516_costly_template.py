"""A template would take endless time or space.

Finds: loops over loops, powers and texts that double, deep nesting, and a source of more than 20,000 characters.

Why: a list of contacts or a template may come from somebody else; one line of it must not stop the sending.

Fires:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "{{ 10 ** 10 ** 9 }}"
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Instead:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Source: the bounds are far above what a message of 140 characters needs.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.COSTLY_TEMPLATE.code, name=Fault.COSTLY_TEMPLATE.name_, doc=__doc__, by_reader=True)
