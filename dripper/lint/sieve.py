"""Which rules may find something in a text: most need a word that most texts do not have."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dripper.lint.asks.ask import Kind
    from dripper.lint.rule import Finding, Rule, Writing

    _Plan = list[tuple[Rule, Callable[[Writing], Iterable[Finding]]]]

# Of the rules that name no cues, and so look at every text.
_ALWAYS = 1
_MOST_PLANS = 4_096


class Sieve:
    """The rules that are switched on; one look at the words of a text tells which of them have to read it."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._plans: dict[int, _Plan] = {}

    def findings(self, writing: Writing) -> Iterator[tuple[Rule, Finding]]:
        """Yield what the rules for messages find in `writing`, each with its rule, in the order of the rules."""
        met = _ALWAYS
        for reading in writing.readings:
            for sentence in reading.sentences:
                for bits in filter(None, map(self._by_cue.get, sentence.words)):
                    met |= bits
        for table in writing.phrase_tables:
            met |= self._by_table.get(table, 0)
        if self._by_kind:
            for kind in writing.ask_kinds:
                met |= self._by_kind.get(kind, 0)
        for rule, check in self._plans.get(met) or self._plan(met):
            for finding in check(writing):
                yield rule, finding

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
            (_ALWAYS << number if rule.cues or rule.phrases or rule.ask else _ALWAYS, rule, check)
            for number, (rule, check) in enumerate(found, 1)
        ]

    @cached_property
    def _by_cue(self) -> dict[str, int]:
        """Return by each cue the bits of the rules that it is one of."""
        bits: dict[str, int] = {}
        for bit, rule, _ in self._checks:
            for word in rule.cues() if rule.cues is not None else ():
                bits[word] = bits.get(word, 0) | bit
        return bits

    @cached_property
    def _by_table(self) -> dict[str, int]:
        """Return the bit of the rule for each table of phrases."""
        return {rule.phrases: bit for bit, rule, _ in self._checks if rule.phrases is not None}

    @cached_property
    def _by_kind(self) -> dict[Kind, int]:
        """Return the bit of the rule for each kind of asks."""
        return {rule.ask: bit for bit, rule, _ in self._checks if rule.ask is not None}
