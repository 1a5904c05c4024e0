"""Whether what follows a word makes a verb of it: "review the draft" against "review of the draft"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.asks.heads import CLAUSE_WORDS
from dripper.lint.asks.lexicon import is_verb, noun_verbs, takes_bare_noun
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.sentence import Sentence

_PARTICLES = frozenset({"up", "out", "off", "down", "back", "away", "ahead", "along", "together", "over", "around"})
_BEHIND_PARTICLE = frozenset({"to", "with", "for", "by", "on", "before", "when", "if", "at", "and", "until", "here"})
_PEOPLE = frozenset({"you", "i", "we", "they", "he", "she", "it", "the", "your", "you're", "i'm"})
_TIMES = frozenset({"when", "before", "after", "once", "until", "as", "where", "while", "because", "unless"})
_ADVERBS = frozenset(
    {"now", "today", "tomorrow", "tonight", "here", "there", "again", "soon", "asap", "twice", "once", "online", "low"}
)
_NUMBERS = frozenset({"one", "two", "three", "four", "five", "six", "ten", "only", "no", "not", "nothing"})
_SUBJECTS = frozenset({"i", "you", "we", "they", "he", "she", "it"})
_ENDS = frozenset(".!;,)")
# Prepositions that follow a noun as well as a verb.
_LOOSE = frozenset({"to", "in", "at", "with", "against"})
_SHORT = frozenset({"to", "in", "at", "for", "on", "by", "with", "from", "into", "out", "off", "up", "back", "down"})
# Nobody makes a longer verb.
_NEW_WORD_CHARS = 15
_NEW_OBJECTS = frozenset(
    {"me", "us", "him", "her", "them", "it", "the", "my", "your", "our", "their", "these", "those", "this"}
)
_NEW_ENDINGS = ("ed", "ing", "ly", "'s", "'m", "'ve", "'re", "'ll", "n't")


def makes_a_verb(sentence: Sentence, verb: int) -> bool:
    """Whether the noun or adjective at `verb` is a verb there."""
    words = sentence.said
    if verb + 1 == len(words):
        return False
    word, following = words[verb], words[verb + 1]
    if following in noun_verbs()[word]:
        return not _is_figure(words, verb + 2) and (following not in _SHORT or _is_phrasal(sentence, verb + 2))
    if following in table("en/objects") or following in _NUMBERS:
        return True
    if following in _PARTICLES:
        return _closes(sentence, verb + 2)
    if following in _TIMES:
        return verb + 2 < len(words) and words[verb + 2] in _PEOPLE
    if following in table("en/verbal-prepositions"):
        return words[-1] in (".", "!") and not _has_finite(sentence, verb + 2)
    if following in _LOOSE:
        return (
            words[-1] in (".", "!") and not _has_finite(sentence, verb + 2) and words[verb + 2] in table("en/objects")
        )
    if following in _ADVERBS or (following.endswith("ly") and not is_verb(following)):
        return not _has_finite(sentence, verb + 2)
    if following == "and":
        return _pairs(sentence, verb + 2)
    return _is_bare_object(sentence, verb)


def _is_phrasal(sentence: Sentence, index: int) -> bool:
    """Whether a verb's "to" or "in" stands before `index`, and not that of a noun: "move to Kiel has been delayed"."""
    words = sentence.said
    if index == len(words) or words[index] in _ENDS:
        return True
    if words[-1] not in (".", "!") and words[index] not in table("en/objects"):
        return words[index] == "and" and _pairs(sentence, index + 1)
    return not _has_finite(sentence, index)


def is_new_verb(sentence: Sentence, verb: int) -> bool:
    """Whether a word that no table knows can only be a verb, by its form and by the object that follows."""
    words = sentence.said
    if verb + 1 == len(words) or words[verb + 1] not in _NEW_OBJECTS:
        return False
    word = words[verb]
    if (
        not 3 <= len(word) <= _NEW_WORD_CHARS
        or not word.replace("-", "").isalpha()
        or word.endswith(_NEW_ENDINGS)
        or (word.endswith("s") and not word.endswith("ss"))
        or word in table("en/no-verbs")
    ):
        return False
    return (verb == 0 or not sentence.is_capital(verb)) and words[-1] in (".", "!")


def is_subject(sentence: Sentence, verb: int) -> bool:
    """Whether the verb at `verb` and a bare noun behind it are the subject of a later verb, or begin a heading."""
    words = sentence.said
    if verb + 2 >= len(words):
        return False
    following = words[verb + 1]
    if not following.isalpha() or following.endswith("ly") or sentence.is_capital(verb + 1):
        return False
    if following in table("en/objects") or following in table("en/no-verbs") or following in _PARTICLES:
        return False
    return ":" in words[verb : verb + CLAUSE_WORDS] or _has_finite(sentence, verb + 2, with_thirds=True)


def _is_figure(words: list[str], index: int) -> bool:
    return index < len(words) and words[index][0].isdigit() and words[index].endswith("%")


def _closes(sentence: Sentence, index: int) -> bool:
    """Whether a verb's particle ends before `index`: an object, the end, or a word for how or when follows."""
    words = sentence.said
    if index == len(words) or words[index] in _ENDS:
        return True
    if words[index] in table("en/objects"):
        return True
    if words[index] in _BEHIND_PARTICLE or words[index] in _ADVERBS:
        return not _is_figure(words, index + 1) and not _has_finite(sentence, index + 1)
    return words[-1] == "." and not words[index][0].isdigit() and not _has_finite(sentence, index)


def _pairs(sentence: Sentence, index: int) -> bool:
    """Whether another verb with its object stands behind "and": "sign and return the form"."""
    words = sentence.said
    if index >= len(words) or not is_verb(words[index]):
        return False
    return words[index] not in noun_verbs() or makes_a_verb(sentence, index)


def _is_bare_object(sentence: Sentence, verb: int) -> bool:
    """Whether the object is a name, or a noun without an article, and no verb behind makes a subject of both."""
    words = sentence.said
    following = words[verb + 1]
    if not following[0].isalnum() or following in table("en/prepositions"):
        return False
    if (words[-1] not in (".", "!") and words[-1] not in _ADVERBS) or _has_finite(
        sentence, verb + 2, with_thirds=not sentence.is_capital(verb + 1)
    ):
        return False
    if sentence.is_capital(verb + 1):
        return not _is_named_subject(sentence, verb + 1)
    if _is_past(words, verb + 1):
        return False
    return takes_bare_noun(words[verb]) and not _is_plural_subject(words, verb + 1)


def _is_named_subject(sentence: Sentence, index: int) -> bool:
    """Whether a verb follows the name at `index`: "Falcon closes"."""
    words = sentence.said
    while index < len(words) and sentence.is_capital(index):
        index += 1
    return (
        index < len(words) and words[index].endswith("s") and (is_verb(words[index][:-1]) or is_verb(words[index][:-2]))
    )


def _is_plural_subject(words: Sequence[str], index: int) -> bool:
    """Whether a plural with its verb stands at `index`: "stock options vest"."""
    return words[index].endswith("s") and index + 1 < len(words) and is_verb(words[index + 1])


def _has_finite(sentence: Sentence, start: int, *, with_thirds: bool = False) -> bool:
    """Whether a verb that has a subject stands in the clause from `start` on.

    `with_thirds` says that also "speaks", which may be a noun as well, is taken for one.
    """
    finite, clause_starts = table("en/finite"), table("en/clause-starts")
    words = sentence.said
    for index in range(start, min(start + CLAUSE_WORDS, len(words))):
        word = words[index]
        if word in clause_starts or word in _SUBJECTS:
            return False
        if word in finite or _is_past(words, index) or (with_thirds and _is_third(words, index)):
            return True
    return False


def _is_past(words: Sequence[str], index: int) -> bool:
    """Whether a word in "-ed" is a verb, not an adjective of what follows: "denied by the bank"."""
    word = words[index]
    return word.endswith("ed") and len(word) > 4 and "-" not in word and _may_follow_a_verb(words, index + 1)


def _is_third(words: Sequence[str], index: int) -> bool:
    """Whether a word in "-s" is a verb that has the word before for its subject, not a noun: "speaks for itself"."""
    word, before = words[index], words[index - 1]
    if not word.endswith("s") or not before.isalpha() or before in table("en/objects"):
        return False
    if before == "and" or before in table("en/prepositions") or index + 1 == len(words):
        return False
    is_verb_only = word[:-1] in table("en/verbs") or word[:-2] in table("en/verbs")
    if words[index + 1] in table("en/prepositions"):
        return is_verb_only
    return (is_verb_only or is_verb(word[:-1])) and words[index + 1][0].isalnum()


def _may_follow_a_verb(words: Sequence[str], index: int) -> bool:
    if index == len(words) or not words[index][0].isalnum():
        return True
    return words[index] in table("en/prepositions") or words[index] in table("en/objects")
