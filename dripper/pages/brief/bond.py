"""The appendix's client or partner: what the evidence says, with a warning where the label says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.pages.layout import Block, Table, Text
from dripper.prep.relationship import Label
from dripper.prep.relationship_say import missing, reason, warning
from dripper.prep.words import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.brief import Brief
    from dripper.prep.relationship import Relationship, Weighed


def bond(brief: Brief) -> Iterator[Block]:
    """Yield the label's verdict, why, and the newest piece of each side on each trait; nothing without evidence."""
    relationship = brief.relationship
    if relationship is None:
        return
    said = warning(relationship)
    yield Text(lead=f"{said[:1].upper()}{said[1:].rstrip('.')}.", text=reason(relationship))
    rows = tuple(
        (seen.trait.capitalize(), _newest(seen.them), _newest(seen.us), missing(seen) or "–")
        for seen in relationship.traits
        if seen.them.newest or seen.us.newest
    )
    if rows:
        yield Table(header=("Of", "What they did", "What we did", "Missing"), rows=rows)


def bond_json(relationship: Relationship | None) -> dict[str, Any] | None:
    """Return the label, what the evidence says, and whether they agree."""
    if relationship is None:
        return None
    return {
        "label": relationship.label.value if relationship.label else None,
        "evidence": relationship.bucket.value if relationship.bucket else None,
        "match": relationship.match.value,
        "right": relationship.match is Label.RIGHT,
        "said": warning(relationship),
        "reason": reason(relationship),
        "traits": [
            {
                "of": seen.trait.value,
                "them": _newest(seen.them),
                "us": _newest(seen.us),
                "missing": missing(seen) or None,
            }
            for seen in relationship.traits
        ],
    }


def _newest(side: Weighed) -> str:
    piece = side.newest
    return f"{piece.what} ({piece.says}, {day(piece.on)})" if piece else "–"
