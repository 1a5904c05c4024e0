"""What the gate looks at, and the shape of a check: it takes a case and yields the gaps it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from dripper.prep.angles.angle import Angle
from dripper.prep.demands import Answered
from dripper.prep.numbers import Numbers
from dripper.prep.packages.found import Packages
from dripper.prep.reading import Reading
from dripper.workspace.model.account import Account, Contact
from dripper.workspace.model.negotiation import Negotiation
from dripper.workspace.model.thresholds import Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that the gate looks at."""

    account: Account
    negotiation: Negotiation | None
    readings: tuple[Reading, ...]
    ours: tuple[Angle, ...]
    theirs: tuple[Angle, ...]
    demands: tuple[Answered, ...]
    numbers: Numbers | None
    today: date
    thresholds: Thresholds = field(default_factory=Thresholds)
    # What the options with points allow; `None` where there are none.
    packages: Packages | None = None

    @property
    def deciders(self) -> tuple[Contact, ...]:
        """Return who decides."""
        return tuple(contact for contact in self.account.contacts if contact.decides)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that is not there: why it matters, what to do; who and until when, where a file says so."""

    reason: str
    task: str
    owner: str = ""
    due: date | None = None


Check = Callable[[Case], Iterable[Gap]]
