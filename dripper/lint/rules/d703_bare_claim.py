"""A claim stands without a figure, a source or a date.

Finds: a sentence that states how a thing is or went ("your sales have grown", "the fee is too high", "we deliver great
results"), where neither it nor a sentence beside it has a figure, a date or a source, and the negotiation file gives no
`source`. A question, an offer and a supposition claim nothing.

Why: what is only claimed is only denied. A figure with its source and its date has to be answered.

Fires:
    We delivered great results, and the fee is too low.

Instead:
    Your returns fell from 31% to 24% since March 2026, by your own returns log.

Source: the method of the brief: each reason is a figure, its source and its date.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.claims import TABLE, claims_in
from dripper.lint.evidence import around, is_proved
from dripper.lint.phrasebook import phrasebook
from dripper.lint.rule import Finding, Rule, Writing
from dripper.problem import Severity


def check(writing: Writing) -> Iterator[Finding]:
    """Find each claim that nothing beside it proves; a subject may claim what its text proves."""
    if (writing.said and writing.said.is_sourced) or (writing.origin and writing.origin.message.source.strip()):
        return
    reading = writing.text
    for index, sentence in enumerate(reading.sentences):
        match = next(claims_in(sentence), None)
        if match is None or is_proved(reading.text[slice(*around(reading.sentences, index))]):
            continue
        start, end = sentence.place(match.first, match.last)
        yield Finding(
            reading=reading,
            start=start,
            end=end,
            message=f'a bare claim: "{reading.text[start:end]}"',
            cure="say the figure, where it is from, and of when"
            + (', and write it into source = "…"' if writing.said else ""),
        )


RULE = Rule(
    code="D703",
    name="bare-claim",
    severity=Severity.WARNING,
    doc=__doc__,
    on_message=check,
    cues=lambda: phrasebook(TABLE).cues,
    drafts=True,
    negotiation=True,
)
