"""An exception allows nothing.

Finds: `dripper: allow RULE …` where that rule finds nothing, and a name that is no rule.

Why: the text has changed since, or the name is misspelled. Left standing, the exception would hide the next mistake.

Fires:
    Most of your abandoned carts start after 9 pm. <!-- dripper: allow too-long because the law's name is long -->

Instead:
    Most of your abandoned carts start after 9 pm.

Source: our own practice: an exception ends with its cause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dripper.lint.allow import Allow, finding_at
from dripper.lint.options import unknown_rule
from dripper.lint.rule import Finding, Rule
from dripper.problem import Severity

RULE = Rule(code="D802", name="unused-allow", severity=Severity.WARNING, doc=__doc__, drafts=True)


def findings(allow: Allow, unused: Sequence[str], rules: Sequence[Rule]) -> Iterator[Finding]:
    """Find each of the `unused` words of `allow`; `rules` are all that there are."""
    for word in unused:
        if cure := unknown_rule(word, rules):
            yield finding_at(allow, f"there is no rule {word}", cure)
        else:
            yield finding_at(
                allow, f"{word} is allowed here, but nothing is found", "delete the exception", allow.without(word)
            )
