"""The reader is told to act.

Finds: an imperative that wants something done: "Get me the figures", "Reply by Friday", "Download our report". General
advice such as "Measure twice, cut once" is a gift, and "Reply rates doubled" has no imperative.

Why: a call to action makes an advertisement of a note.

Fires:
    Most of your abandoned carts start after 9 pm. Download our cart report today.

Instead:
    Most of your abandoned carts start after 9 pm. Downloads of the cart report peak at the same hour.

Source: the drip method: most messages are without an ask; labelled business e-mail and company posts showed the verbs.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.asking import asks_found
from dripper.lint.asks.ask import Kind
from dripper.lint.rule import Finding, Rule, Writing


def check(writing: Writing) -> Iterator[Finding]:
    """Find each call to action."""
    cure = f"say what is so instead, or {writing.meant(RULE.code)}"
    return asks_found(writing, Kind.CALL, "a call to act", cure)


RULE = Rule(code="D203", name="call-to-action", doc=__doc__, on_message=check, ask=Kind.CALL, drafts=True)
