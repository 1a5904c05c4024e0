"""The campaign has no day or hour on which it could go out.

Finds: `on` days of which none is among the `days` of `[calendar]`, and an `at` outside its `hours`.

Why: such a campaign would wait forever, and nobody would notice.

Fires:
    on = ["sat", "sun"]

Instead:
    on = ["tue", "thu"]

Source: the plan itself, which is asked for a slot with the calendar's `days` and `hours`.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.NO_SLOT.code, name=Fault.NO_SLOT.name_, doc=__doc__, by_reader=True)
