"""A file or a template cannot be read.

Finds: TOML that is no TOML, and a template whose brackets, tags or filters are wrong.

Why: nothing in such a file can be trusted, so none of it is used.

Fires:
    [[message]]
    subject = Your carts after 9 pm
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Instead:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Source: TOML 1.0, https://toml.io/en/v1.0.0; the templates are Jinja2 in a sandbox.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.SYNTAX.code, name=Fault.SYNTAX.name_, doc=__doc__, by_reader=True)
