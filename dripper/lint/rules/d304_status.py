"""The message tells how things stand with us, or wants an answer, and gives nothing.

Finds: "just checking in", "following up on …", "we are excited to announce", "I'm at the fair", "happy Monday", "stay
tuned" and the like, also where only a part of the message says so. Guests who check in and orders that follow up
something are none.

Why: who is written to about the writer's own day learns that the next message, too, can wait.

Fires:
    Happy Monday! Just checking in on the reminder.

Instead:
    On Mondays your reminder is opened twice as often as on Fridays. Guests who check in on Sunday read it first.

Source: the drip method: a message gives something or is not sent; the openers of sales mails showed the phrases.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.phrases import STATUS
from dripper.lint.rule import Finding, Rule, Writing

_CURES = {
    "nudge": "send what is new since then, or nothing",
    "feeling": "say what the reader can do now that was not possible before",
    "where": "say what you saw there that is of use to the reader",
    "wish": "leave it out, and begin with what the reader gets",
    "news": "wait until there is something to tell",
}


def check(writing: Writing) -> Iterator[Finding]:
    """Find each phrase of the table."""
    for reading in writing.readings:
        for start, end, kind in reading.phrases(STATUS):
            yield Finding(
                reading=reading,
                start=start,
                end=end,
                message=f'no news for the reader: "{" ".join(reading.text[start:end].split())}"',
                cure=_CURES[kind],
            )


RULE = Rule(code="D304", name="status", doc=__doc__, on_message=check, phrases=STATUS, drafts=True)
