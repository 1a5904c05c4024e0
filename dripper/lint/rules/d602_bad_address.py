"""An address that cannot be written to.

Finds: an e-mail address of a mailbox, contact or list that is no address.

Why: the server would refuse it, or the message would reach somebody else.

Fires (contacts.csv):
    email,name
    ana.weber@,Ana Weber

Instead (contacts.csv):
    email,name
    ana.weber@acme.example,Ana Weber

Source: RFC 5321 §4.1.2.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.BAD_ADDRESS.code, name=Fault.BAD_ADDRESS.name_, doc=__doc__, by_reader=True)
