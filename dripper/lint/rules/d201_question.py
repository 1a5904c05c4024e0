"""A question is put to the reader.

Finds: a sentence that ends in a question mark, or is turned round like a question: "are we still on for Thursday". A
question that somebody else asks in quotes, one that the text goes on to answer, and a headline are none.

Why: a question wants an answer, and an answer is work. A drip message gives and asks for nothing.

Fires:
    Most of your abandoned carts start after 9 pm. When does your reminder go out?

Instead:
    Most of your abandoned carts start after 9 pm. Why? That is when the children sleep.

Source: the drip method: most messages are without an ask; labelled sentences of business e-mail showed what passes.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.asking import asks_found
from dripper.lint.asks.ask import Kind
from dripper.lint.rule import Finding, Rule, Writing


def check(writing: Writing) -> Iterator[Finding]:
    """Find each question."""
    cure = f"turn it into a statement, or {writing.meant(RULE.code)}"
    return asks_found(writing, Kind.QUESTION, "a question to the reader", cure, quoted=False)


RULE = Rule(code="D201", name="question", doc=__doc__, on_message=check, ask=Kind.QUESTION, drafts=True)
