"""The reader is asked to buy, to renew or to refer.

Finds: a request or a call about money or contract: "renew before May", "please extend the contract", "upgrade today",
"refer a friend". "Renewals rose by a third" asks for nothing.

Why: a commercial ask turns all gifts before it into bait. It belongs in the negotiation, with an offer.

Fires:
    Most of your abandoned carts start after 9 pm. Upgrade to the evening plan today.

Instead:
    Most of your abandoned carts start after 9 pm. Shops with an evening plan win back one in seven.

Source: the drip method: most messages are without an ask; labelled business e-mail and company posts showed the words.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.asking import asks_found
from dripper.lint.asks.ask import Kind
from dripper.lint.rule import Finding, Rule, Writing


def check(writing: Writing) -> Iterator[Finding]:
    """Find each commercial ask."""
    cure = f"keep it for the negotiation, or {writing.meant(RULE.code)}"
    return asks_found(writing, Kind.COMMERCIAL, "a commercial ask", cure)


RULE = Rule(code="D206", name="commercial-ask", doc=__doc__, on_message=check, ask=Kind.COMMERCIAL, drafts=True)
