"""The reader is told to act.

Finds: an imperative that wants something done: "Book a slot", "Join us", "Get me the figures", "Reply by Friday".
General advice such as "Measure twice, cut once" is a gift, and "Reply rates doubled" has no imperative.

Why: a call to action makes an advertisement of a note.

Fires:
    Most of your abandoned carts start after 9 pm. Download our cart report today.

Instead:
    Most of your abandoned carts start after 9 pm. Downloads of the cart report peak at the same hour.

Source: the drip method: most messages are without an ask; labelled business e-mail and company posts showed the verbs.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.clauses import imperatives
from dripper.lint.rule import Finding, Rule, Writing


def check(writing: Writing) -> Iterator[Finding]:
    """Find each imperative that wants an act."""
    if writing.asks:
        return
    cure = f"say what is so instead, or {writing.meant(RULE.code)}"
    for reading in writing.readings:
        for sentence in reading.sentences:
            if sentence.request is not None:
                # One ask is one problem, and D202 tells it.
                continue
            for first, last in imperatives(sentence):
                start, end = sentence.tokens[first].start, sentence.tokens[last].end
                yield Finding(
                    reading=reading,
                    start=start,
                    end=end,
                    message=f'a call to act: "{reading.text[start:end]}"',
                    cure=cure,
                )


RULE = Rule(code="D203", name="call-to-action", doc=__doc__, on_message=check, drafts=True)
