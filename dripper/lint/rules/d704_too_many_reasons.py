"""A third reason stands beside the two that carry the weight.

Finds: the third argument of a text and how many there are: sentences that claim something, "because", and what is added
with "also", "moreover", "besides", "third" or "not to mention". A sentence that only goes on from the one before ("That
is margin …") is no argument of its own.

Why: reasons do not add up, they average. The other side picks the weakest and answers that one.

Fires:
    Your returns fell by seven points. Moreover, freight costs 7% more from January. Also, we answer within an hour.

Instead:
    Your returns fell by seven points since March 2026. From January freight costs 7% more, so each is worth more.

Source: Rackham and Carlisle, The effective negotiator (1978): skilled negotiators gave 1.8 reasons for a point, average
ones 3.0. Why weak ones cost: Nisbett, Zukier and Lemley, The dilution effect (1981). Shu and Carlson, When three charms
but four alarms (2014), found three claims to be best in advertising; two is the stricter limit, for a reader who
answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.claims import TABLE as CLAIMS
from dripper.lint.claims import claims_in
from dripper.lint.phrasebook import apart, phrasebook
from dripper.lint.reading import Reading
from dripper.lint.rule import Finding, Rule, Writing
from dripper.lint.sentence import Sentence
from dripper.problem import Severity

_TABLE = "en/reasons"
_MOST = 2
# A sentence that begins so goes on from the one before.
_GOES_ON = frozenset(
    {"that", "this", "these", "those", "it", "so", "which", "they", "hence", "therefore", "thus", "that's", "it's"}
)


def check(writing: Writing) -> Iterator[Finding]:
    """Find the third reason, and say how many there are."""
    reasons = list(_reasons(writing.text))
    if len(reasons) <= _MOST:
        return
    start, end = reasons[_MOST]
    yield Finding(
        reading=writing.text,
        start=start,
        end=end,
        message=f'{len(reasons)} reasons, the third with "{writing.text.text[start:end]}"',
        cure="keep the two strongest, and hold the others back until they are asked for",
    )


def _reasons(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the place of each reason: of the words that bring it in, or that claim something."""
    count = 0
    for sentence in reading.sentences:
        for first, last, least in _brought_in(sentence):
            place = sentence.place(first, last)
            for _ in range(max(1, least - count)):
                yield place
            count = max(count + 1, least)


def _brought_in(sentence: Sentence) -> Iterator[tuple[int, int, int]]:
    """Yield the first and last word of each reason in the sentence, and how many there are with it at the least."""
    words = sentence.words
    marked = list(apart(phrasebook(_TABLE).matches(words)))
    # What is added may have its own "because" or a second "also", which is no further one.
    counted = [match for match in marked if match.value.isdigit()]
    added = [match for match in marked if match.value == "more"][:1]
    for match in counted or added or marked:
        # What is added to something has one reason before it, also where that was not seen as one.
        least = {"reason": 1, "more": 2}.get(match.value) or int(match.value)
        yield match.first, match.last, least
    if not marked and words[0] not in _GOES_ON:
        for claim in claims_in(sentence):
            yield claim.first, claim.last, 1


RULE = Rule(
    code="D704",
    name="too-many-reasons",
    severity=Severity.WARNING,
    doc=__doc__,
    on_message=check,
    cues=lambda: phrasebook(_TABLE).cues | phrasebook(CLAIMS).cues,
    drafts=True,
    negotiation=True,
)
