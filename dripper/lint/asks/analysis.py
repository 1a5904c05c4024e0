"""The one ask of a sentence: the first that stands in it, of the kind that says most.

A question is one whatever it asks for; an invitation and a commercial ask are told from other requests and calls by
what they are about; an indirect ask and advice count only where nothing is asked outright.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.asks.advice import is_advice
from dripper.lint.asks.ask import Ask, Kind
from dripper.lint.asks.imperatives import imperative_in
from dripper.lint.asks.questions import is_question
from dripper.lint.asks.requests import first_that_counts, is_invitation
from dripper.lint.asks.topics import kind_of
from dripper.lint.phrases import INDIRECT, REQUESTS
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from dripper.lint.phrasebook import Match
    from dripper.lint.sentence import Sentence


def ask_in(sentence: Sentence, behind: Sentence | None = None) -> Ask | None:
    """Return what `sentence` asks, if anything; `behind` is the sentence that follows it."""
    words = sentence.said
    if len(words) == 1 and not words[0].isalnum():
        return None
    if is_question(sentence, behind):
        return Ask(Kind.QUESTION, 0, len(words) - 1)
    if words[-1] == "?" and (words[0] in table("en/recalling") or words[0] in table("en/auxiliaries")):
        return None
    phrases = sentence.phrases
    request = first_that_counts(words, phrases[REQUESTS]) if REQUESTS in phrases else None
    if request is not None:
        return Ask(_kind_of_request(sentence, request), request.first, request.last)
    call = imperative_in(sentence)
    if call is not None and not call.is_advice:
        return Ask(kind_of(words, call.verb, Kind.CALL), call.first, call.last)
    indirect = first_that_counts(words, phrases[INDIRECT]) if INDIRECT in phrases else None
    if indirect is not None:
        return Ask(Kind.INDIRECT, indirect.first, indirect.last)
    return Ask(Kind.ADVICE, call.first, call.last) if call is not None else None


def _kind_of_request(sentence: Sentence, request: Match) -> Kind:
    words = sentence.said
    if is_invitation(request):
        return Kind.INVITATION
    obliges_anybody = words[request.first] in table("en/obliged") and words[request.last] in table("en/obliging")
    act = request.last + 1
    if obliges_anybody and act < len(words) and is_advice(sentence, act):
        return Kind.ADVICE
    return kind_of(words, request.first, Kind.REQUEST)
