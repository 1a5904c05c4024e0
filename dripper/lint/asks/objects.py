"""Whether what follows a word makes a verb of it: "review the draft" against "review of the draft"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.asks.finite import has_finite, is_past
from dripper.lint.asks.lexicon import is_doing, is_verb, noun_verbs, takes_bare_noun
from dripper.lint.asks.subjects import is_compound
from dripper.lint.wordlists import entries, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.sentence import Sentence

_ENDS = frozenset(".!;,)")
_HEADING_WORDS = 8
# Nobody makes a longer verb.
_NEW_WORD_CHARS = 15


def makes_a_verb(sentence: Sentence, verb: int) -> bool:
    """Whether the noun or adjective at `verb` is a verb there."""
    words = sentence.said
    if verb + 1 == len(words):
        return False
    word, following = words[verb], words[verb + 1]
    if _is_main(words, verb):
        return not has_finite(sentence, verb + 1, with_doubtful=True)
    if following in noun_verbs()[word]:
        return not _is_figure(words, verb + 2) and (
            following not in table("en/short-prepositions") or _is_phrasal(sentence, verb + 2)
        )
    if _goes_with_noun(word, following):
        return False
    if following in table("en/objects"):
        return not _is_label(sentence, verb + 1) and not _is_relative(sentence, verb + 1)
    if following in table("en/numbers"):
        return _is_counted(sentence, verb + 1)
    if following == "and":
        return _pairs(sentence, verb + 2)
    return _has_adverbial(sentence, verb)


def _has_adverbial(sentence: Sentence, verb: int) -> bool:
    """Whether a particle, a preposition or an adverb makes a verb of it, or else an object without an article."""
    words = sentence.said
    following = words[verb + 1]
    if following in table("en/particles"):
        return _closes(sentence, verb + 2)
    if following in table("en/time-links"):
        return verb + 2 < len(words) and words[verb + 2] in table("en/clause-people")
    if following in table("en/loose-prepositions") or following in table("en/verbal-prepositions"):
        return _has_loose_object(sentence, verb + 2)
    if following in table("en/adverbs") or (following.endswith("ly") and not is_verb(following)):
        return not has_finite(sentence, verb + 2)
    if words[verb] in table("en/before-doing") and is_doing(following):
        return not has_finite(sentence, verb + 2)
    return _is_bare_object(sentence, verb)


def _goes_with_noun(word: str, following: str) -> bool:
    """Whether `following` belongs to a noun, or stands behind an adverb: "proof that", "back tomorrow"."""
    if following == "that":
        return word in table("en/that-nouns")
    return following in table("en/adverbs") and word in table("en/adverb-too")


def _is_main(words: Sequence[str], verb: int) -> bool:
    """Whether it stands right behind a clause that only a main clause can follow: "if he is late, start without"."""
    if verb < 2 or words[verb - 1] != "," or words[-1] not in (".", "!"):
        return False
    return words[0] in table("en/conditional") or (words[0] in table("en/infinitive") and is_verb(words[1]))


def _is_counted(sentence: Sentence, number: int) -> bool:
    """Whether what is counted from `number` on is the object; "cash only" has none."""
    words = sentence.said
    if words[number] == "only" and (number + 1 == len(words) or not words[number + 1][0].isalnum()):
        return False
    return not has_finite(sentence, number + 1)


def _is_phrasal(sentence: Sentence, index: int) -> bool:
    """Whether a verb's "to" or "in" stands before `index`, and not that of a noun: "move to Kiel has been delayed"."""
    words = sentence.said
    if index == len(words) or words[index] in _ENDS or words[index] in table("en/anybody"):
        return True
    if _is_heading(words, index):
        return False
    if not sentence.is_prose and words[index] not in table("en/objects"):
        return words[index] == "and" and _pairs(sentence, index + 1)
    return not has_finite(sentence, index)


def _has_loose_object(sentence: Sentence, index: int) -> bool:
    """Whether a verb's preposition stands before `index`, behind "to" or "with" only where an object follows."""
    words = sentence.said
    if not sentence.is_prose or has_finite(sentence, index, with_doubtful=True):
        return False
    return words[index - 1] not in table("en/loose-prepositions") or (
        words[index] in table("en/objects") and not _is_heading(words, index)
    )


def _is_label(sentence: Sentence, index: int) -> bool:
    """Whether "A" is no article there, but stands for a thing: "plan A"."""
    return sentence.said[index] == "a" and not sentence.is_headline and sentence.is_capital(index)


def _is_relative(sentence: Sentence, index: int) -> bool:
    """Whether a clause begins at `index` that tells which one, and a verb follows: "mail that arrives late is read"."""
    words = sentence.said
    if words[index] not in table("en/relatives") or index + 2 >= len(words):
        return False
    told = words[index + 1]
    is_verb_only = told in table("en/finite") or (told.endswith("s") and told[:-1] in table("en/verbs"))
    return is_verb_only and has_finite(sentence, index + 2, with_doubtful=True)


def _is_heading(words: Sequence[str], index: int) -> bool:
    """Whether a colon behind `index` makes a heading of what stands before: "answer to your question: no"."""
    near = words[index : index + _HEADING_WORDS]
    return ":" in near[:-1] and near[near.index(":") + 1] in table("en/stating")


def is_new_verb(sentence: Sentence, verb: int) -> bool:
    """Whether a word that no table knows can only be a verb, by its form and by the object that follows."""
    words = sentence.said
    word = words[verb]
    if "-" in word and is_verb(word.rpartition("-")[2]) and words[verb + 1 : verb + 2] == ["on"]:
        return sentence.is_prose
    behind = verb + 1
    if behind < len(words) and words[behind] in table("en/new-particles"):
        behind += 1
    if behind >= len(words) or words[behind] not in table("en/new-objects"):
        return False
    if (
        not 3 <= len(word) <= _NEW_WORD_CHARS
        or not word.replace("-", "").isalpha()
        or word.endswith(entries("en/no-verb-endings"))
        or (word.endswith("s") and not word.endswith("ss"))
        or word in table("en/no-verbs")
    ):
        return False
    return (verb == 0 or not sentence.is_capital(verb)) and sentence.is_prose


def _is_figure(words: list[str], index: int) -> bool:
    return index < len(words) and words[index][0].isdigit() and words[index].endswith("%")


def _closes(sentence: Sentence, index: int) -> bool:
    """Whether a verb's particle ends before `index`: an object, the end, or a word for how or when follows."""
    words = sentence.said
    if index == len(words) or words[index] in _ENDS:
        return True
    if words[index] in table("en/objects"):
        return words[index] not in table("en/places") or not has_finite(sentence, index + 1)
    if words[index] in table("en/behind-particles") or words[index] in table("en/adverbs"):
        return not _is_figure(words, index + 1) and not has_finite(sentence, index + 1)
    return words[-1] == "." and not words[index][0].isdigit() and not has_finite(sentence, index)


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
    if not following[0].isalnum() or following in table("en/prepositions") or following in table("en/offer-adjectives"):
        return False
    if words[verb + 2 : verb + 3] == [":"] or is_compound(sentence, verb):
        return False
    if not sentence.is_prose and words[-1] not in table("en/adverbs"):
        return False
    if sentence.is_capital(verb + 1):
        return not has_finite(sentence, verb + 2) and not _is_named_subject(sentence, verb + 1)
    if following[0].isdigit() and words[verb + 2 : verb + 3] and words[verb + 2] in table("en/behind-numbers"):
        return not has_finite(sentence, verb + 2)
    if words[verb + 2 : verb + 3] and words[verb + 2][0].isdigit() and following in table("en/office"):
        return not has_finite(sentence, verb + 3)
    if not takes_bare_noun(words[verb]) or is_past(words, verb + 1) or _is_plural_subject(words, verb + 1):
        return False
    return not has_finite(sentence, verb + 2, with_doubtful=True)


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
    if not words[index].endswith("s") or index + 1 == len(words):
        return False
    return is_verb(words[index + 1]) or words[index + 1] in table("en/plural-verbs")
