"""The reader is asked without being asked.

Finds: a wish, a proposal or an offer that waits for the reader: "I would like to meet", "we should talk", "you can
reach me on …", "it would be great if …", "happy to discuss".

Why: an ask between the lines still wants an answer, and a reader who sees it sees a message that takes.

Fires:
    Most of your abandoned carts start after 9 pm. I would love to discuss what that means.

Instead:
    Most of your abandoned carts start after 9 pm. That means the reminder at noon comes too late.

Source: the drip method: most messages are without an ask; labelled sentences of business e-mail showed the words.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.asking import asks_found
from dripper.lint.asks.ask import Kind
from dripper.lint.rule import Finding, Rule, Writing
from dripper.problem import Severity


def check(writing: Writing) -> Iterator[Finding]:
    """Find each indirect ask."""
    cure = f"leave the wish out, or {writing.meant(RULE.code)}"
    return asks_found(writing, Kind.INDIRECT, "an indirect ask", cure)


RULE = Rule(
    code="D204",
    name="indirect-ask",
    severity=Severity.WARNING,
    doc=__doc__,
    on_message=check,
    ask=Kind.INDIRECT,
    drafts=True,
)
