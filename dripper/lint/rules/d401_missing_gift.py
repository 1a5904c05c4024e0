"""The message does not say what the reader gets, or what it is to change.

Finds: a message without `gift` or without `shifts` (its own or the campaign's), and one whose gift or shift is nearly
the text itself or copied from it.

Why: a message without a gift is an advertisement. Writing the gift down first, in other words than the text, is how one
notices that there is none.

Fires:
    [[message]]
    subject = "News"
    text = "We have a new office in Hamburg."

Instead:
    [[message]]
    subject = "Your carts after 9 pm"
    text = "Most of your abandoned carts start after 9 pm. A reminder at 8 am wins back more of them than one at night."
    gift = "When to send the reminder"
    shifts = "From media buyer to retail analyst"

Source: the drip method: every message is a gift to the reader, and shifts how they see the sender.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.rule import Finding, Rule, Writing
from dripper.text.words import words

# Above this share of the shorter side's words in common, one repeats the other.
_SAME = 0.8
# From so many words in a row on, a value is copied from the text.
_QUOTED_WORDS = 6

_ABOUT = {
    "gift": ("what the reader gets from it", 'add gift = "…": what the reader knows or has afterwards'),
    "shifts": ("how it changes the way they see us", 'add shifts = "From … to …" to the campaign, above its messages'),
}


def check(writing: Writing) -> Iterator[Finding]:
    """Find a gift or a shift that is missing or says nothing."""
    origin = writing.origin
    if origin is None:
        return
    values = {"gift": origin.message.gift, "shifts": origin.message.shifts or origin.campaign.shifts}
    for key, value in values.items():
        meaning, cure = _ABOUT[key]
        if not value.strip():
            message = f"the message has no {key}: {meaning}"
        elif _repeats(value, writing.text.text):
            message, cure = f"the {key} only repeats the text", f"say {meaning} in other words than the text"
        else:
            continue
        reading = origin.key(key)
        yield Finding(reading=reading, start=0, end=len(reading.text), message=message, cure=cure)


def _repeats(value: str, text: str) -> bool:
    """Whether `value` is nearly the text, or word for word a part of it that says something by itself."""
    ours, theirs = ([word.lower() for word in words(each)] for each in (value, text))
    if len(ours) >= _QUOTED_WORDS and f" {' '.join(ours)} " in f" {' '.join(theirs)} ":
        return True
    one, other = set(ours), set(theirs)
    return len(one) > 3 and len(one & other) > _SAME * max(len(one), len(other))


RULE = Rule(code="D401", name="missing-gift", doc=__doc__, on_message=check)
