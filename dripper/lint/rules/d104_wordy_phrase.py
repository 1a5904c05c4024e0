"""A phrase says with many words what a few would.

Finds: "in order to" for "to", "due to the fact that" for "because", "make use of" for "use", "approximately" for
"about" and some 350 more, with their forms. Where the few words fit wherever the phrase stands, they can be put there
without a look; else the cure proposes them. What the text quotes stays as it is.

Why: of 140 characters each one counts, and padding is skipped, with what stands beside it.

Fires:
    Shops sent the reminder at 8 am in order to win back more carts.

Instead:
    Shops sent the reminder at 8 am to win back more carts.

Source: the United States' Plain Language Guide, "Avoid unnecessary words"
(https://digital.gov/guides/plain-language/principles/short-simple); Plain English Campaign, "The A to Z of alternative
words" (https://www.plainenglish.co.uk/free-guides.html).
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.phrases import WORDY
from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.wordy import wordy_in
from dripper.problem import Severity


def check(writing: Writing) -> Iterator[Finding]:
    """Find each phrase of the table."""
    for reading in writing.readings:
        for start, end, shorter, is_safe in wordy_in(reading):
            phrase = reading.text[start:end]
            proposal = f'write "{shorter}"' if is_safe else f'perhaps "{shorter}"'
            yield Finding(
                reading=reading,
                start=start,
                end=end,
                message=f'wordy: "{" ".join(phrase.split())}"',
                cure=proposal if shorter else "leave it out",
                replacement=shorter if is_safe else None,
            )


RULE = Rule(
    code="D104",
    name="wordy-phrase",
    severity=Severity.ADVICE,
    doc=__doc__,
    on_message=check,
    phrases=WORDY,
    drafts=True,
)
