"""The text is longer than a drip message should be.

Finds: a rendered text over `[lint] chars` (140) characters, as the reader counts them: a letter with its accents or an
emoji is one. Greeting and signature do not count. Of many contacts the one with the longest text is named.

Why: a note of two sentences is read where it is seen, also on a lock screen. A longer one is put off.

Fires:
    Most of the carts that your visitors abandon are abandoned after 9 in the evening, and the shops that moved their
    reminder to 8 in the morning won back one in seven.

Instead:
    61% of your abandoned carts start after 9 pm. Shops that moved the reminder to 8 am won back one in seven.

Source: 140 characters is the length that the drip method aims for; characters are extended grapheme clusters (UAX #29).
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.rule import Finding, Rule, Writing
from dripper.text.words import grapheme_offset, graphemes


def check(writing: Writing) -> Iterator[Finding]:
    """Find the part of the text that is over the limit."""
    text = writing.text.text
    if len(text) <= writing.chars or (count := graphemes(text)) <= writing.chars:
        return
    over = count - writing.chars
    yield Finding(
        reading=writing.text,
        start=grapheme_offset(text, writing.chars),
        end=len(text),
        message=f"{count} characters{writing.whom}, {over} over {writing.chars}",
        cure=f"cut {over} character{'s' * (over > 1)}, or make two messages of it",
        weight=over,
    )


RULE = Rule(code="D101", name="too-long", doc=__doc__, on_message=check, drafts=True)
