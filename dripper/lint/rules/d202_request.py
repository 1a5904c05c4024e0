"""The reader is asked for something.

Finds: "please", "could you", "let me know", "I would appreciate", "you need to …", "a reminder to send …" and the like.
"Moved the reminder to 8 am" and "I would like to attend" ask for nothing.

Why: a message that asks takes. The next one, too, will be read as something that takes.

Fires:
    Most of your abandoned carts start after 9 pm. Let me know whether you see the same.

Instead:
    Most of your abandoned carts start after 9 pm. Shops that moved the reminder to 8 am won back one in seven.

Source: the drip method: most messages are without an ask; labelled sentences of business e-mail showed the words.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.asking import asks_found
from dripper.lint.asks.ask import Kind
from dripper.lint.rule import Finding, Rule, Writing


def check(writing: Writing) -> Iterator[Finding]:
    """Find each request."""
    cure = f"give without asking, or {writing.meant(RULE.code)}"
    return asks_found(writing, Kind.REQUEST, "a request", cure)


RULE = Rule(code="D202", name="request", doc=__doc__, on_message=check, ask=Kind.REQUEST, drafts=True)
