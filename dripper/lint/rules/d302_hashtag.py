"""The text holds a hashtag.

Finds: `#` directly before a word, as in `#retail`. A number such as `#1` and a name such as C# are no hashtags.

Why: a hashtag is there to be found by strangers. A message to one person needs no such handle, and looks like a post.

Fires:
    Repeat buyers lift margin more than reach does #retail

Instead:
    Repeat buyers lift margin more than reach does. That makes your #1 metric the repeat rate.

Source: the drip method: no links, no hashtags, no mentions.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.pattern import Pattern
from dripper.lint.rule import Finding, Rule, Writing

_HASHTAG = Pattern(r"(?<![\w&/#])#(?=\w*[^\W\d_])\w+")


def check(writing: Writing) -> Iterator[Finding]:
    """Find each hashtag."""
    for reading in writing.readings:
        if "#" not in reading.text:
            continue
        for match in _HASHTAG.finditer(reading.text):
            yield Finding(
                reading=reading,
                start=match.start(),
                end=match.end(),
                message=f"a hashtag: {match[0][:60]}",
                cure=f"write {match[0][1:61]} without #, or leave it out",
            )


RULE = Rule(code="D302", name="hashtag", doc=__doc__, on_message=check, cues=lambda: frozenset("#"), drafts=True)
