"""Which rules may find something in a text: most need a word that most texts do not have."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dripper.lint.asks.ask import Kind
    from dripper.lint.rule import Finding, Rule, Writing

    _Plan = list[tuple[Rule, Callable[[Writing], Iterable[Finding]]]]

_Key = TypeVar("_Key")

# Of the rules that name no cues, and so look at every text.
_ALWAYS = 1
_MOST_PLANS = 4_096


class Sieve:
    """The rules that are switched on; one look at the words of a text tells which of them have to read it."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._plans: dict[int, _Plan] = {}

    def findings(self, writing: Writing) -> list[tuple[Rule, Finding]]:
        """Return what the rules for messages find in `writing`, each with its rule, in the order of the rules."""
        met = self._met(writing)
        plan = self._plans.get(met) or self._plan(met)
        return [(rule, finding) for rule, check in plan for finding in check(writing)]

    def _met(self, writing: Writing) -> int:
        """Return the bits of the rules that have to read `writing`."""
        cues, by_cue, by_table, by_kind = self._cues, self._by_cue, self._by_table, self._by_kind
        met = _ALWAYS
        for reading in writing.readings:
            seen, written = reading.text, reading.written.text
            for glance, bit in self._glances:
                if glance(seen) or (seen != written and glance(written)):
                    met |= bit
            for sentence in reading.sentences:
                for cue in cues.intersection(sentence.words):
                    met |= by_cue[cue]
                for table in sentence.phrases:
                    met |= by_table.get(table, 0)
            if by_kind and not writing.asks:
                for _, ask in reading.asks:
                    met |= by_kind.get(ask.kind, 0)
        return met

    def _plan(self, met: int) -> _Plan:
        """Return the checks that read a text which has met the bits `met`; they are remembered, as few are many."""
        if len(self._plans) == _MOST_PLANS:
            self._plans.clear()
        plan = self._plans[met] = [(rule, check) for bit, rule, check in self._checks if met & bit]
        return plan

    @cached_property
    def _checks(self) -> list[tuple[int, Rule, Callable[[Writing], Iterable[Finding]]]]:
        """Return each rule for messages with its bit, and the check itself."""
        found = [(rule, rule.on_message) for rule in self.rules if rule.on_message is not None]
        return [
            (_ALWAYS << number if rule.cues or rule.phrases or rule.glance or rule.ask else _ALWAYS, rule, check)
            for number, (rule, check) in enumerate(found, 1)
        ]

    @cached_property
    def _glances(self) -> list[tuple[Callable[[str], bool], int]]:
        """Return the glance of each rule that has one, with the rule's bit."""
        return [(rule.glance, bit) for bit, rule, _ in self._checks if rule.glance is not None]

    @cached_property
    def _by_cue(self) -> dict[str, int]:
        """Return by each cue the bits of the rules that it is one of."""
        return _joined((word, bit) for bit, rule, _ in self._checks if rule.cues is not None for word in rule.cues())

    @cached_property
    def _cues(self) -> frozenset[str]:
        """Return the cues of all rules."""
        return frozenset(self._by_cue)

    @cached_property
    def _by_table(self) -> dict[str, int]:
        """Return the bits of the rules for each table of phrases."""
        return _joined((rule.phrases, bit) for bit, rule, _ in self._checks if rule.phrases is not None)

    @cached_property
    def _by_kind(self) -> dict[Kind, int]:
        """Return the bits of the rules for each kind of asks."""
        return _joined((rule.ask, bit) for bit, rule, _ in self._checks if rule.ask is not None)


def _joined(pairs: Iterable[tuple[_Key, int]]) -> dict[_Key, int]:
    """Return the bits of each key as one number."""
    bits: dict[_Key, int] = {}
    for key, bit in pairs:
        bits[key] = bits.get(key, 0) | bit
    return bits
