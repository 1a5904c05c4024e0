"""All accounts, client or partner by the evidence, wrong labels first: lines for a terminal, and JSON.

The JSON, version 1: `{"version", "accounts": [{"account", "name", "label", "evidence", "match", "warning", "reason",
"missing": {"commitment", "collaboration", "trust"}, "traits": [{"trait", "says", "us", "them", "newest_on"}],
"renews_on"}]}`. `label` is `partner`, `client` or `null`, `evidence` the same with `null` where it does not say,
`match` one of `wrong`, `missing`, `unproven`, `open`, `right`. `missing` says what, `null` where nothing is. `us` and
`them` are `{"partner", "client"}`: what each side's deeds weigh, 1 a fresh one, half of it a year later.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from dripper.pages.metrics import exact
from dripper.prep.relationship import Label
from dripper.prep.relationship_say import missing, reason, warning
from dripper.prep.words import counted, day, listed
from dripper.workspace.model.account import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.prep.relationship import Relationship, TraitSeen, Weighed
    from dripper.workspace.model.account import Account

VERSION = 1
_COUNTED = {
    Label.WRONG: "wrongly called",
    Label.MISSING: "not labelled",
    Label.UNPROVEN: "not proven",
    Label.OPEN: "neither labelled nor proven",
    Label.RIGHT: "rightly called",
}
_WIDEST_ID = 24


def accounts_json(rows: Sequence[tuple[Account, Relationship]]) -> dict[str, Any]:
    """Return the documented shape."""
    return {"version": VERSION, "accounts": [account_row(account, relationship) for account, relationship in rows]}


def account_row(account: Account, relationship: Relationship) -> dict[str, Any]:
    """Return one account of the JSON document."""
    renews = account.contract.renews if account.contract else None
    return {
        "account": account.id,
        "name": account.name,
        "label": relationship.label,
        "evidence": relationship.bucket,
        "match": relationship.match.value,
        "warning": warning(relationship),
        "reason": reason(relationship),
        "missing": {seen.trait.value: missing(seen) or None for seen in relationship.core},
        "traits": [_trait(seen) for seen in relationship.traits],
        "renews_on": renews.isoformat() if renews else None,
    }


def _trait(seen: TraitSeen) -> dict[str, Any]:
    dates = [side.newest.on for side in (seen.us, seen.them) if side.newest]
    return {
        "trait": seen.trait.value,
        "says": seen.bucket,
        "us": _weights(seen.us),
        "them": _weights(seen.them),
        "newest_on": max(dates).isoformat() if dates else None,
    }


def _weights(side: Weighed) -> dict[str, float]:
    return {bucket.value: exact(side.weight(bucket)) for bucket in Bucket}


def accounts_text(rows: Sequence[tuple[Account, Relationship]], *, width: int) -> str:
    """Return the lines for a terminal of `width`: what each is called, what the evidence says, and what is missing."""
    if not rows:
        return "No accounts yet: `dripper new account NAME` starts one."
    counts = Counter(relationship.match for _, relationship in rows)
    summary = ", ".join(f"{counts[match]} {words}" for match, words in _COUNTED.items() if counts[match])
    indent = min(_WIDEST_ID, max(len(account.id) for account, _ in rows)) + 2
    blocks = ["\n".join(_lines(account, relationship, indent, width)) for account, relationship in rows]
    return "\n\n".join([_filled(f"{counted(len(rows), 'account')}: {summary}.", "", "", width), *blocks])


def _lines(account: Account, relationship: Relationship, indent: int, width: int) -> Iterator[str]:
    space = " " * indent
    first = account.id.ljust(indent - 1) + " "
    renews = account.contract.renews if account.contract else None
    yield _filled(f"{account.name}: {warning(relationship)}", first, space, width)
    told = reason(relationship) + (f" The contract renews on {day(renews)}." if renews else "")
    yield _filled(told, space, space, width)
    for text, traits in _missing(relationship).items():
        yield _filled(f"{listed(traits).capitalize()}: {text}", space, space + "  ", width)


def _missing(relationship: Relationship) -> dict[str, list[str]]:
    """Return what is missing of the three that a partnership needs, with the traits that it is missing of."""
    found: dict[str, list[str]] = {}
    for seen in relationship.core:
        if text := missing(seen):
            found.setdefault(text, []).append(seen.trait.value)
    return found


def _filled(text: str, first: str, rest: str, width: int) -> str:
    from textwrap import fill

    return fill(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
