"""An exception does not say why it is one.

Finds: `dripper: allow …` without `because` and a reason.

Why: the next reader of the file must be able to tell an exception made on purpose from one that hides a mistake.

Fires:
    The Digital Services Regulatory Transparency Act asks every shop with more than fifty thousand visitors a month to
    publish its ranking rules by June. <!-- dripper: allow too-long -->

Instead:
    The Digital Services Regulatory Transparency Act asks every shop with more than fifty thousand visitors a month to
    publish its ranking rules by June. <!-- dripper: allow too-long because the name of the law is long -->

Source: our own practice: an exception is scoped to a rule and gives its reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from dripper.lint.allow import Allow, finding_at
from dripper.lint.rule import Finding, Rule

RULE = Rule(code="D801", name="allow-without-reason", doc=__doc__, drafts=True)


def findings(allow: Allow) -> Iterator[Finding]:
    """Find that `allow` gives no reason, or names no rule."""
    if not allow.words:
        yield finding_at(allow, "the exception names no rule", "write dripper: allow too-long because …")
    elif not allow.reason:
        rules = ", ".join(allow.words)
        yield finding_at(allow, f"{rules} is allowed without a reason", f"write dripper: allow {rules} because …")
