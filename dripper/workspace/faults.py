"""The faults of files as files: one code each, whoever finds them, so that a code is spelled in one place only."""

from __future__ import annotations

from enum import Enum

from dripper.problem import Problem, Severity, Span


class Fault(Enum):
    """A fault that has nothing to do with the prose; the member's name in kebab case is the name that users see."""

    SYNTAX = "D501"
    UNKNOWN_KEY = "D502"
    WRONG_TYPE = "D503"
    UNKNOWN_REFERENCE = "D504"
    # A template names something that is not there.
    MISSING_NAME = "D505"
    DUPLICATE_ID = "D506"
    # A scheduled message stands in its campaign under another id.
    VANISHED_ID = "D507"
    NO_SLOT = "D508"
    LITERAL_SECRET = "D509"  # noqa: S105 - a code
    PLACEHOLDER_LEFT = "D510"
    DEAD_CONDITION = "D511"
    UNREADABLE_FILE = "D512"
    WRONG_VALUE = "D513"
    MISSING_KEY = "D514"
    BAD_ROW = "D515"
    # A template that would take endless time or space.
    COSTLY_TEMPLATE = "D516"
    BROKEN_HEADER = "D601"
    BAD_ADDRESS = "D602"
    CONTROL_CHARACTER = "D603"

    @property
    def code(self) -> str:
        """Return the stable code, such as `D502`."""
        return self.value

    @property
    def name_(self) -> str:
        """Return the name in kebab case, such as `unknown-key`."""
        return self.name.lower().replace("_", "-")

    def problem(
        self,
        *,
        file: str,
        span: Span,
        message: str,
        cure: str,
        severity: Severity = Severity.ERROR,
        message_id: str | None = None,
        contact: str | None = None,
    ) -> Problem:
        """Return the problem that this fault is at one place."""
        return Problem(
            file=file,
            span=span,
            code=self.code,
            name=self.name_,
            severity=severity,
            message=message,
            cure=cure,
            message_id=message_id,
            contact=contact,
        )
