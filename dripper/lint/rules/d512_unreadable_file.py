r"""A file cannot be read as text.

Finds: a missing, empty or locked file, a folder with a file's name, UTF-16, bytes that are no UTF-8, and a file too
large to be one of ours.

Why: what cannot be read cannot be checked.

Fires (draft.txt):
    \xff\xfeH\x00i\x00

Instead (draft.txt):
    Most of your abandoned carts start after 9 pm.

Source: UTF-8, RFC 3629.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.UNREADABLE_FILE.code, name=Fault.UNREADABLE_FILE.name_, doc=__doc__, by_reader=True)
