"""The imperatives of a sentence: a verb in its base form where a clause begins, followed by what may follow a verb."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from dripper.lint.asks.advice import is_advice
from dripper.lint.asks.finite import is_past, is_told
from dripper.lint.asks.heads import CLAUSE_WORDS, heads, only_tells
from dripper.lint.asks.lexicon import all_verbs, is_verb, noun_verbs, phrase_at
from dripper.lint.asks.objects import is_new_verb, makes_a_verb
from dripper.lint.asks.subjects import is_subject, is_topic
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.sentence import Sentence

_CLOSED = frozenset(".!?")
# No sentence that anybody reads has more; so that a hostile text costs no more than a long one.
_CLAUSES = 40


class Imperative(NamedTuple):
    """An imperative from its first to its last word (inclusive), with its `verb`; the last is what follows the verb."""

    first: int
    verb: int
    last: int
    is_advice: bool


def imperative_in(sentence: Sentence) -> Imperative | None:
    """Return the first imperative that wants an act; where there is none, the first that gives advice."""
    if only_tells(sentence.said):
        return None
    advice = None
    for head in islice(heads(sentence), _CLAUSES):
        first, verb = head, _verb_at(sentence, head)
        if verb is None:
            verb = _behind_wish(sentence, head)
            first = verb or head
        if verb is None:
            continue
        found = Imperative(first, verb, min(verb + 1, len(sentence.said) - 1), is_advice(sentence, verb))
        if not found.is_advice:
            return found
        advice = advice or found
    return advice


def _verb_at(sentence: Sentence, head: int) -> int | None:
    """Return the verb of the imperative that begins at `head`, if one does."""
    words = sentence.said
    if words[head] not in _firsts() and not is_new_verb(sentence, head):
        return None
    verb = _behind_negation(words, head)
    word = words[verb]
    following = words[verb + 1] if verb + 1 < len(words) else ""
    if word == "do" and verb == head and is_verb(following):
        return verb + 1
    if word == "do" and verb and words[verb - 1] == "so" and following not in table("en/done"):
        return None
    if not (is_verb(word) or is_new_verb(sentence, verb)):
        return None
    if _is_none(words, verb, following) or _leaves_out_i(sentence, head, verb) or _is_name(sentence, verb):
        return None
    if word in table("en/verbs"):
        is_one = not (is_topic(sentence, verb) if words[-1] in _CLOSED else is_subject(sentence, verb))
    else:
        is_one = word not in noun_verbs() or verb > head or makes_a_verb(sentence, verb)
    return verb if is_one and (following in table("en/objects") or not sentence.is_headline) else None


@cache
def _firsts() -> frozenset[str]:
    """Return the words that an imperative may begin with, but for new verbs."""
    return all_verbs() | table("en/negations") | {"do"}


def _behind_wish(sentence: Sentence, head: int) -> int | None:
    """Return the verb of what is wanted behind a wish: "get well soon and send me the list"."""
    words = sentence.said
    if "and" not in words or not phrase_at(words, head, "en/wishes") or "and" not in words[head:-2]:
        return None
    verb = _behind_negation(words, words.index("and", head) + 1)
    if verb + 1 >= len(words):
        return None
    is_one = (
        is_verb(words[verb]) and words[verb] not in table("en/wished-verbs") and words[verb + 1] in table("en/objects")
    )
    return verb if is_one else None


def _behind_negation(words: Sequence[str], head: int) -> int:
    """Return where the verb of a prohibition stands ("do not miss"); `head` where there is none."""
    is_negated = words[head] in table("en/negations")
    if not is_negated and words[head] != "do":
        return head
    if not is_negated and words[head + 1 : head + 2] != ["not"]:
        return head
    verb = head + 1 if is_negated else head + 2
    if verb < len(words):
        verb += phrase_at(words, verb, "en/stressing")
    return verb if verb < len(words) and is_verb(words[verb]) else head


def _is_name(sentence: Sentence, verb: int) -> bool:
    """Whether a name stands there: "Mark Ruiz came", or a firm's that is to do something: "Lend Lease to build"."""
    words = sentence.said
    if verb and sentence.is_capital(verb) and words[verb - 1] in table("en/within-names") and words[-1] not in _CLOSED:
        return True
    index = verb + 1
    while index < len(words) and sentence.is_capital(index):
        index += 1
    if index == verb + 1 < len(words) and is_past(words, index):
        return words[verb] in table("en/given-names")
    if index in (verb + 1, len(words)):
        return False
    if words[index] == "to" and words[-1] not in _CLOSED:
        return is_verb(words[min(index + 1, len(words) - 1)])
    if words[verb] not in table("en/given-names"):
        return False
    return words[index] == "and" or not (
        words[index] in table("en/prepositions") or words[index] in table("en/objects")
    )


def _leaves_out_i(sentence: Sentence, head: int, verb: int) -> bool:
    """Whether the subject is an "I" that was left out: "hope you are well", "put it there yesterday"."""
    words = sentence.said
    if words[verb] in table("en/past-too") and (
        not table("en/past-times").isdisjoint(words) or _is_participle(sentence, verb)
    ):
        return True
    if words[verb] not in table("en/elided") and words[verb] not in table("en/never-told"):
        return False
    word, following = words[verb], words[verb + 1] if verb + 1 < len(words) else ""
    if word == "wish":
        return following not in table("en/wished") and not (following and sentence.is_capital(verb + 1))
    if word in table("en/never-told") or verb > head:
        return (word != "feel" or following != "out") and words[verb - 1] not in table("en/stressing")
    return following == "you" or following in table("en/subjects-only")


def _is_participle(sentence: Sentence, verb: int) -> bool:
    """Whether it only introduces the clause behind a comma: "split by plan, it is four"."""
    words = sentence.said
    near = words[verb + 1 : verb + CLAUSE_WORDS]
    if not near or near[0] not in table("en/behind-participles") or "," not in near[2:-1]:
        return False
    comma = verb + 1 + near.index(",", 1)
    return words[comma + 1] in table("en/subjects") and (
        words[comma + 1] in table("en/subjects-only") or is_told(sentence, comma + 2)
    )


def _is_conceding(words: Sequence[str], verb: int) -> bool:
    """Whether it is granted, not wanted: "try as they might"."""
    return words[verb + 1 : verb + 2] == ["as"] and not table("en/conceding").isdisjoint(words[verb + 3 : verb + 4])


def _is_none(words: Sequence[str], verb: int, following: str) -> bool:
    """Whether the word begins a wish ("have a good week"), or is the subject of what follows."""
    if following in table("en/finite") or following == "or" or phrase_at(words, verb, "en/wishes"):
        return True
    if words[verb] == "have" and following in table("en/behind-have"):
        return True
    if _is_conceding(words, verb):
        return True
    return (words[verb] == "take" and words[verb + 1 :] == ["care"]) or _is_reported(words, verb)


def _is_reported(words: Sequence[str], verb: int) -> bool:
    """Whether somebody else says it: "stay invested, says the bank"."""
    rest = words[verb : verb + CLAUSE_WORDS]
    if "," not in rest:
        return False
    behind = rest[rest.index(",") + 1 :]
    return not table("en/reporting").isdisjoint(behind[:1] if words[-1] in _CLOSED else behind)
