"""What is switched on, how much it weighs, and how long a text may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dripper.problem import Severity

if TYPE_CHECKING:
    from dripper.lint.rule import Rule
    from dripper.workspace.model.campaign import CampaignLint
    from dripper.workspace.model.settings import LintTable

DEFAULT_CHARS = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The linter's settings; a rule is named by its code, its name, or the beginning of its code (`D2`)."""

    chars: int = DEFAULT_CHARS
    # Only these, as the command line says; empty: every rule that runs without being selected.
    select: tuple[str, ...] = ()
    # Rules that run beside those, as the settings say.
    beside: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    # Whether the texts are for a negotiation, so that the rules for those run too.
    negotiation: bool = False

    @classmethod
    def of(cls, table: LintTable) -> Options:
        """Return what `[lint]` of a workspace says."""
        return cls(chars=table.chars, beside=table.select, ignore=table.ignore, severity=dict(table.severity))

    @classmethod
    def of_data(cls, table: object) -> Options:
        """Return what `[lint]` says as plain TOML data; what does not fit is left for the workspace's own lint."""
        data = table if isinstance(table, Mapping) else {}
        chars = data.get("chars")
        return cls(
            chars=chars if type(chars) is int and chars > 0 else DEFAULT_CHARS,
            beside=_texts(data.get("select")),
            ignore=_texts(data.get("ignore")),
            severity=_weights(data.get("severity")),
        )

    def within(self, lint: CampaignLint) -> Options:
        """Return these settings with what a campaign changes of them."""
        chars = self.chars if lint.chars is None else lint.chars
        return replace(self, chars=chars, ignore=(*self.ignore, *lint.ignore))

    def also(self, *, select: Sequence[str], ignore: Sequence[str], negotiation: bool = False) -> Options:
        """Return these settings with what the command line says: its `select` counts alone, its `ignore` adds."""
        return replace(self, select=tuple(select), ignore=(*self.ignore, *ignore), negotiation=negotiation)

    def active(self, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        """Return those of `rules` that are switched on."""
        return tuple(rule for rule in rules if self._is_on(rule))

    def severity_of(self, rule: Rule) -> Severity:
        """Return how much a finding of `rule` weighs here: the most precise word wins."""
        if not self.severity:
            return rule.severity
        keys = [rule.name, *(rule.code[:length].lower() for length in range(len(rule.code), 0, -1))]
        given = {key.lower(): word for key, word in self.severity.items()}
        word = next((given[key] for key in keys if key in given), None)
        return Severity(word) if word in set(Severity) else rule.severity

    def _is_on(self, rule: Rule) -> bool:
        if rule.negotiation and not self.negotiation:
            return False
        if any(names(word, rule) for word in self.ignore):
            return False
        if not rule.default:
            return any(word.lower() in (rule.code.lower(), rule.name) for word in self.select or self.beside)
        return not self.select or any(names(word, rule) for word in self.select)


def names(word: str, rule: Rule) -> bool:
    """Whether `word` stands for `rule`: its name, its code, or the beginning of its code, in capitals or not."""
    word = word.lower()
    return word == rule.name or (word[:1] == "d" and rule.code.lower().startswith(word))


def unknown_rule(word: str, rules: Sequence[Rule]) -> str:
    """Return the cure where `word` stands for none of `rules`, else nothing."""
    if any(names(word, rule) for rule in rules):
        return ""
    from difflib import get_close_matches

    known = {key: rule.name for rule in rules for key in (rule.name, rule.code.lower())}
    near = get_close_matches(word.lower(), known, n=1)
    return f"did you mean {known[near[0]]}?" if near else "`dripper rule` lists the rules"


def _texts(value: object) -> tuple[str, ...]:
    return tuple(word for word in value if isinstance(word, str)) if isinstance(value, list) else ()


def _weights(value: object) -> dict[str, str]:
    return {key: word for key, word in value.items() if isinstance(word, str)} if isinstance(value, dict) else {}
