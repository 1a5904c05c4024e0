"""A phrase says only that a message begins, or ends.

Finds: "hope you are well", "I wanted to reach out", "as you may know", "my name is", "thank you for your time" and the
like. "We hope you are well insured" says something, and is none.

Why: the first words stand beside the subject in every list of messages. There the reader decides whether to read on.

Fires:
    I hope this note finds you well. Most of your abandoned carts start after 9 pm.

Instead:
    Most of your abandoned carts start after 9 pm. You know them well: they are parents.

Source: guides to business mail, such as K. Sehgal, "How to Write Email with Military Precision", Harvard Business
Review (2016): begin with the point.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.phrases import EMPTY_OPENERS
from dripper.lint.rule import Finding, Rule, Writing
from dripper.problem import Severity


def check(writing: Writing) -> Iterator[Finding]:
    """Find each phrase of the table."""
    for reading in writing.readings:
        for start, end, _ in reading.phrases(EMPTY_OPENERS):
            yield Finding(
                reading=reading,
                start=start,
                end=end,
                message=f'an empty phrase: "{" ".join(reading.text[start:end].split())}"',
                cure="leave it out, and begin with what the reader gets",
            )


RULE = Rule(
    code="D305",
    name="empty-opener",
    severity=Severity.WARNING,
    doc=__doc__,
    on_message=check,
    phrases=EMPTY_OPENERS,
    drafts=True,
)
