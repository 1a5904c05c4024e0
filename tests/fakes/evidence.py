"""Evidence about a relationship, a piece a line."""

from __future__ import annotations

from datetime import timedelta

from dripper.workspace.model.account import Bucket, Evidence, Side, Trait
from fakes.accounts import TODAY


def piece(of: str, says: str = "partner", *, side: str = "them", days: int = 30, what: str = "") -> Evidence:
    """Return a piece that is `days` old; `what` says by default what it is of."""
    return Evidence(
        on=TODAY - timedelta(days=days),
        of=Trait(of),
        side=Side(side),
        says=Bucket(says),
        what=what or f"Something of {of}",
    )


# Enough for either bucket, whatever the label.
PARTNER = (
    piece("trust"),
    piece("commitment"),
    piece("favours"),
    piece("favours", side="us"),
)
CLIENT = (piece("loyalty", "client"), piece("commitment", "client"))
