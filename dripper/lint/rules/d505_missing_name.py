"""A template prints a name that is not there, or that is empty.

Finds: `{{ contact.frist_name }}`, a metric that the account does not have, and a name that is empty for one of the
contacts; in a text, a subject, a greeting or a shell.

Why: the reader would get a hole in the sentence. Nothing is sent until it is filled.

Fires:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "{{ contact.frist_name }}, most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Instead:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "{{ contact.first_name }}, most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Source: the contacts, accounts and metrics of the workspace.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.MISSING_NAME.code, name=Fault.MISSING_NAME.name_, doc=__doc__, by_reader=True)
