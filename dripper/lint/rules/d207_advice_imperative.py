"""Advice is given in the imperative.

Finds: an imperative that turns to nobody and to nothing at hand: "Measure twice, cut once", "Keep it simple". It is a
gift, not an ask, so this rule runs only where it is selected.

Why: advice that nobody asked for may sound like a lesson; what happened to others says the same and lets the reader
conclude.

Fires:
    Most abandoned carts start after 9 pm. Never wake sleeping children.

Instead:
    Most abandoned carts start after 9 pm. Shops that stayed silent until the morning lost nobody.

Source: the drip method: give what is worth reading; collections of proverbs showed how advice is worded.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.asking import asks_found
from dripper.lint.asks.ask import Kind
from dripper.lint.rule import Finding, Rule, Writing
from dripper.problem import Severity


def check(writing: Writing) -> Iterator[Finding]:
    """Find each advice imperative."""
    cure = "tell what happened to others who did so, without the imperative"
    return asks_found(writing, Kind.ADVICE, "advice in the imperative", cure)


RULE = Rule(
    code="D207",
    name="advice-imperative",
    severity=Severity.ADVICE,
    default=False,
    doc=__doc__,
    on_message=check,
    ask=Kind.ADVICE,
    drafts=True,
)
