"""A relationship in sentences: what it is called beside what the evidence says, why, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from dripper.prep.relationship import CORE, LEAST_CORE, MUTUAL, Label, Weighed
from dripper.prep.words import counted, day, listed
from dripper.workspace.model.account import Bucket, Side, Trait

if TYPE_CHECKING:
    from dripper.prep.relationship import Relationship, TraitSeen


def warning(relationship: Relationship) -> str:
    """Return what it is called and what the evidence says, as one clause."""
    called = f"called {relationship.label}" if relationship.label else "not labelled"
    match relationship.match:
        case Label.WRONG if relationship.bucket is Bucket.CLIENT:
            return f"{called}, evidence says client: false security"
        case Label.WRONG:
            return f"{called}, evidence says partner: we may rely on more than we do"
        case Label.MISSING:
            return f"{called}, evidence says {relationship.bucket}"
        case Label.UNPROVEN | Label.OPEN:
            return f"{called}, evidence does not say"
        case Label.RIGHT:
            return f"{called}, and the evidence says so"
        case _:
            assert_never(relationship.match)


def reason(relationship: Relationship) -> str:
    """Return what the claim rests on, or why none is made, in a sentence or two."""
    us, them = relationship.us, relationship.them
    match relationship.bucket:
        case Bucket.CLIENT:
            sides = (("They", them), ("We", us))
            acting = ((who, side) for who, side in sides if side.view is Bucket.CLIENT)
            return " ".join(f"{who} act so: {_traits(side, Bucket.CLIENT)}." for who, side in acting)
        case Bucket.PARTNER:
            return f"They act so: {_traits(them, Bucket.PARTNER)}."
        case None:
            return _unknown(relationship)
        case _:
            assert_never(relationship.bucket)


def missing(seen: TraitSeen) -> str:
    """Return what is missing on a trait; empty where both sides show it and nothing outweighs that."""
    newest = max((side.newest for side in (seen.us, seen.them) if side.newest), key=lambda each: each.on, default=None)
    if newest is None:
        return "nothing is written down"
    if seen.bucket is Bucket.CLIENT:
        against = seen.them if seen.them.lean(0) is Bucket.CLIENT else seen.us
        piece = max((piece for piece, _ in against.pieces if piece.says is Bucket.CLIENT), key=lambda each: each.on)
        return f"speaks against it: “{piece.what}” ({day(piece.on)})"
    shown = {side: seen.shown_by(side) for side in Side}
    if all(shown.values()):
        return ""
    if any(shown.values()):
        who, other, pieces = ("we", "they", seen.them) if shown[Side.US] else ("they", "we", seen.us)
        rest = f", what {other} did is {_state(pieces)}" if pieces.pieces else ""
        return f"only {who} have shown it{rest}"
    return f"{_state(Weighed(pieces=(*seen.us.pieces, *seen.them.pieces)))}, the newest of {day(newest.on)}"


def _state(side: Weighed) -> str:
    """Return why what was done does not show a trait."""
    says = {piece.says for piece, _ in side.pieces}
    return "mixed" if len(says) > 1 else "too old" if Bucket.PARTNER in says else "against it"


def _unknown(relationship: Relationship) -> str:
    them = relationship.them
    if not them.pieces:
        of_ours = " of theirs" if relationship.us.pieces else ""
        later = f"; {counted(relationship.later, 'piece')} dated after today" if relationship.later else ""
        return f"Nothing{of_ours} is written down{later}."
    if them.weight(Bucket.PARTNER) and them.weight(Bucket.CLIENT) and them.lean(0) is None:
        return f"What they do is mixed: {_traits(them, Bucket.PARTNER)} for, {_traits(them, Bucket.CLIENT)} against."
    if them.view is None:
        return f"Too little is known of their side: {_pieces(them)}."
    against = [seen.trait for seen in relationship.core if seen.bucket is Bucket.CLIENT]
    if against:
        return f"They act as a partner, but not in {listed(against)}."
    open_ = [trait for trait in CORE if not relationship.trait(trait).shown_by(Side.THEM)]
    if len(CORE) - len(open_) < LEAST_CORE:
        return f"They act as a partner, but have not shown {listed(open_)}."
    shown = listed([seen.trait.value for seen in relationship.traits if seen.bucket is Bucket.PARTNER])
    lonely = [trait.value for trait in MUTUAL if relationship.trait(trait).shown_by(Side.THEM)]
    counts = f"; {listed(lonely)} would count if both sides showed it" if lonely else ""
    return f"Only {shown} are shown, and a third thing is needed{counts}."


def _pieces(side: Weighed) -> str:
    newest = side.newest
    assert newest is not None, "asked for only where there are pieces"
    many = len(side.pieces) > 1
    return f"{counted(len(side.pieces), 'piece')}, {'the newest of ' if many else 'of '}{day(newest.on)}"


def _traits(side: Weighed, bucket: Bucket) -> str:
    named = side.traits(bucket)
    return listed([trait.value for trait in Trait if trait in named])
