"""A checkup as text, one line a check with the cure below it, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.drip.checkup import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.drip.checkup import Check

_INDENT = " " * 9


def checkup_text(checks: Sequence[Check]) -> str:
    """Return the lines, with the subjects and names in columns."""
    subjects = max((len(check.subject) for check in checks), default=0)
    names = max((len(check.name) for check in checks), default=0)
    lines = []
    for check in checks:
        lines.append(f"{check.verdict:<9}{check.subject:<{subjects}}  {check.name:<{names}}  {check.text}")
        if check.cure:
            lines.append(f"{_INDENT}{check.cure}")
    return "\n".join(lines)


def checkup_json(checks: Sequence[Check]) -> dict[str, Any]:
    """Return the documented shape, version 1."""
    return {
        "version": 1,
        "checks": [
            {
                "subject": check.subject,
                "check": check.name,
                "verdict": check.verdict.value,
                "text": check.text,
                "cure": check.cure,
            }
            for check in checks
        ],
        "problems": sum(check.verdict is Verdict.PROBLEM for check in checks),
    }
