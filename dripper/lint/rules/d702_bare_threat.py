"""A threat comes without the alternative that would make it one.

Finds: walking away, a tender or an RFP, ending the contract, lawyers, a last offer and the like, where the sentences
round it do not name what we would do instead, what that is worth, and when. What only reports ("the tender of 2024
brought three bids", "shoppers walk away at the second page") threatens nobody.

Why: a threat without a named, costed and dated alternative is a bluff, and is heard as one. With it, it is a fact.

Fires:
    Without a longer term we would have to walk away.

Instead:
    Without a longer term we would have to walk away: Globex offers 390,000 EUR from June for the same team.

Source: the method of the brief; the idea of the best alternative is Fisher and Ury, Getting to Yes (1981).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dripper.lint.evidence import around, missing_of_alternative
from dripper.lint.phrasebook import Match, apart, phrasebook
from dripper.lint.reading import Reading
from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.sentence import Sentence
from dripper.lint.wordlists import table

_TABLE = "en/threats"


def check(writing: Writing) -> Iterator[Finding]:
    """Find each threat that no sentence beside it backs."""
    known = phrasebook(_TABLE)
    for reading in writing.readings:
        for index, sentence in enumerate(reading.sentences):
            match = next((each for each in apart(known.matches(sentence.words)) if _is_meant(sentence, each)), None)
            if match is not None:
                yield from _unbacked(writing, reading, index, match)


def _unbacked(writing: Writing, reading: Reading, index: int, match: Match) -> Iterator[Finding]:
    start, end = reading.sentences[index].place(match.first, match.last)
    first, last = around(reading.sentences, index)
    missing = missing_of_alternative(f"{reading.text[first:start]} {reading.text[end:last]}")
    if missing:
        *most, final = missing
        lacking = f"{', '.join(most)} and {final}" if most else final
        ours = writing.said.alternative if writing.said else ""
        yield Finding(
            reading=reading,
            start=start,
            end=end,
            message=f'a bare threat: "{reading.text[start:end]}", and the alternative lacks {lacking}',
            cure=f"say what we do instead, its worth and its date{f': {ours}' if ours else ', or leave it out'}",
        )


def _is_meant(sentence: Sentence, match: Match) -> bool:
    words = sentence.words
    is_us = not table("en/speakers").isdisjoint(words)
    return {"us": is_us, "ahead": _is_ahead(sentence), "either": is_us or _is_ahead(sentence)}.get(match.value, True)


def _is_ahead(sentence: Sentence) -> bool:
    """Whether the sentence says what is to come or depends on something; the month of May does not."""
    if not table("en/ahead").isdisjoint(sentence.words):
        return True
    if any(pair == ("have", "to") for pair in pairwise(sentence.words)):
        return True
    return any(word == "may" and not sentence.is_capital(index) for index, word in enumerate(sentence.words))


RULE = Rule(
    code="D702",
    name="bare-threat",
    doc=__doc__,
    on_message=check,
    cues=lambda: phrasebook(_TABLE).cues,
    drafts=True,
    negotiation=True,
)
