"""The text mentions an account of a social network.

Finds: `@` directly before a name, as in `@acme`. An e-mail address, `@ 10 am` and `@9pm` are no mentions.

Why: a mention calls somebody in who is not part of this talk. In a message to one person it is noise.

Fires:
    @acme moved the reminder to 8 am and won back one cart in seven.

Instead:
    Acme moved the reminder to 8 am and won back one cart in seven. Questions to office@acme.example are answered.

Source: the drip method: no links, no hashtags, no mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dripper.lint.pattern import Pattern
from dripper.lint.rule import Finding, Rule, Writing

# Not within an address, and not before a time or a size ("@9pm", "@2x").
_MENTION = Pattern(
    r"(?<![\w@/+-])(?<!\w\.)@(?=\w*[^\W\d_])(?!\d+(?:am|pm|h|x|k|ish|st|nd|rd|th)\b)\w[\w.-]*(?<![.-])", re.IGNORECASE
)


def check(writing: Writing) -> Iterator[Finding]:
    """Find each mention."""
    for reading in writing.readings:
        if "@" not in reading.text:
            continue
        for match in _MENTION.finditer(reading.text):
            yield Finding(
                reading=reading,
                start=match.start(),
                end=match.end(),
                message=f"a mention: {match[0][:60]}",
                cure=f"write {match[0][1:61]} without @, or leave it out",
            )


RULE = Rule(code="D303", name="mention", doc=__doc__, on_message=check, cues=lambda: frozenset("@"), drafts=True)
