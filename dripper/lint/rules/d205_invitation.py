"""The reader is invited.

Finds: a request or a call to come together: "let's meet", "join us", "set up a call", "please attend our webinar". What
was told about a meeting, "the call on Monday was short", invites nobody.

Why: an invitation asks for the dearest thing, time. One that comes unasked is turned down, and the messages with it.

Fires:
    Most of your abandoned carts start after 9 pm. Join us for a webinar on evening shoppers.

Instead:
    Most of your abandoned carts start after 9 pm. Evening shoppers come back on Saturday morning.

Source: the drip method: most messages are without an ask; labelled sentences of business e-mail showed the words.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.asking import asks_found
from dripper.lint.asks.ask import Kind
from dripper.lint.rule import Finding, Rule, Writing


def check(writing: Writing) -> Iterator[Finding]:
    """Find each invitation."""
    cure = f"give what the meeting would give, or {writing.meant(RULE.code)}"
    return asks_found(writing, Kind.INVITATION, "an invitation", cure)


RULE = Rule(code="D205", name="invitation", doc=__doc__, on_message=check, ask=Kind.INVITATION, drafts=True)
