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
from dripper.lint.asks.requests import indirect_in, phrase_in, request_in
from dripper.lint.asks.topics import kind_of
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.sentence import Sentence


# "You have to crawl before you walk" is advice as well.
_ANYBODY = frozenset({"you", "everybody", "everyone"})
_OBLIGING = frozenset({"to", "must"})


def ask_in(sentence: Sentence, following: Sequence[Sentence] = ()) -> Ask | None:
    """Return what `sentence` asks, if anything; `following` is the sentence behind it, where there is one."""
    words = sentence.said
    if len(words) == 1 and not words[0].isalnum():
        return None
    if is_question(sentence, following):
        return Ask(Kind.QUESTION, 0, len(words) - 1)
    if words[-1] == "?" and (words[0] in table("en/recalling") or words[0] in table("en/auxiliaries")):
        return None
    invitation = phrase_in(words, "en/invitations")
    if invitation is not None:
        return Ask(Kind.INVITATION, *invitation)
    request = request_in(words)
    if request is not None:
        if words[request[0]] in _ANYBODY and words[request[1]] in _OBLIGING and is_advice(sentence, request[1] + 1):
            return Ask(Kind.ADVICE, *request)
        return Ask(kind_of(words, request[0], Kind.REQUEST), *request)
    call = imperative_in(sentence)
    if call is not None and not call.is_advice:
        return Ask(kind_of(words, call.verb, Kind.CALL), call.first, call.last)
    indirect = indirect_in(words)
    if indirect is not None:
        return Ask(Kind.INDIRECT, *indirect)
    return Ask(Kind.ADVICE, call.first, call.last) if call is not None else None
