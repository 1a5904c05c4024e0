"""Finding what a user named: an account or a negotiation, with the nearest name where it is not there."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from dripper.workspace.model.workspace import Workspace


def account_ids(workspace: Workspace) -> tuple[str, ...]:
    """Return every account that has a file, values or a negotiation, in order."""
    negotiated = {name.partition("/")[0] for name in workspace.negotiations if "/" in name}
    return tuple(sorted({*workspace.accounts, *workspace.series, *negotiated}))


def nearest(name: str, known: Collection[str], otherwise: str) -> str:
    """Return the cure for an unknown name: the nearest known one, all where they are few, or `otherwise`."""
    near = get_close_matches(name, known, n=1)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"there are: {', '.join(sorted(known))}" if 0 < len(known) <= 12 else otherwise
