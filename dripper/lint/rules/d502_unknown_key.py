"""A key that dripper does not know.

Finds: a key in any file that has no meaning there, with the nearest one that has.

Why: an ignored key is a setting that its writer believes in.

Fires:
    [[message]]
    subjct = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Instead:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Source: the lists of keys in the README; `dripper schema` prints them for editors.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.UNKNOWN_KEY.code, name=Fault.UNKNOWN_KEY.name_, doc=__doc__, by_reader=True)
