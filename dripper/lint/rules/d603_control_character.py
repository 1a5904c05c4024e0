r"""The text holds a control character.

Finds: characters that no reader sees and no keyboard makes: the control characters but for tab and line break, and the
line and paragraph separators of Unicode.

Why: they come in by copying from another program. They break lines, hide words, upset terminals and mail filters.

Fires:
    Most of your abandoned carts \x07start after 9 pm.

Instead:
    Most of your abandoned carts start after 9 pm.

Source: RFC 5322 §2.3 for the body of a mail; Unicode categories Cc, Zl and Zp.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.pattern import Pattern
from dripper.lint.rule import Finding, Rule, Writing
from dripper.workspace.faults import Fault

_CONTROL = Pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")


def check(writing: Writing) -> Iterator[Finding]:
    """Find each control character."""
    for reading in writing.readings:
        for match in _CONTROL.finditer(reading.text):
            yield Finding(
                reading=reading,
                start=match.start(),
                end=match.end(),
                message=f"the control character U+{ord(match[0]):04X} stands in the text",
                cure="delete it; it mostly comes in by copying from another program",
            )


RULE = Rule(
    code=Fault.CONTROL_CHARACTER.code, name=Fault.CONTROL_CHARACTER.name_, doc=__doc__, on_message=check, drafts=True
)
