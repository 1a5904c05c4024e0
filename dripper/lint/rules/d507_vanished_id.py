"""A message that was scheduled stands in its campaign under another id.

Finds: a message whose id was never scheduled, with the text or a subject of one that was and is gone. An id that is not
written is made from the subject, so a new subject is enough.

Why: an id names the message in every record. Under a new one it is a new message, and everybody who had it would get
it a second time.

Fires:
    subject = "Where readers stumble"

Instead:
    id = "where-a-reader-stumbles"
    subject = "Where readers stumble"

Source: the promise that nobody gets a message twice; what was scheduled is known from the store.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.VANISHED_ID.code, name=Fault.VANISHED_ID.name_, doc=__doc__, by_reader=True)
