"""A password stands in a file.

Finds: a secret written out where a place that keeps it is needed.

Why: files are shared, copied and committed; a password in them is known.

Fires (dripper.toml):
    password = "hunter2"

Instead (dripper.toml):
    password = { keyring = "dripper" }

Source: `dripper login` puts a password where it belongs.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.LITERAL_SECRET.code, name=Fault.LITERAL_SECRET.name_, doc=__doc__, by_reader=True)
