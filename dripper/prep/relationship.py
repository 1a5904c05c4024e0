"""Client or partner: what the evidence says of a relationship, whatever it is called and however old it is.

Two buckets and nothing between them, or no claim at all. A side's view is what that side did; a partnership takes both.
How long the relationship has lasted is no evidence and is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import fsum

from dripper.prep.statistics.cadence import YEAR_DAYS
from dripper.workspace.model.account import Account, Bucket, Evidence, Side, Trait

# What a year has passed over counts half, as with a fact that an angle rests on.
HALF_LIFE_DAYS = YEAR_DAYS
# Without these three there is no partnership.
CORE = (Trait.COMMITMENT, Trait.COLLABORATION, Trait.TRUST)
# What is only so when both sides show it.
MUTUAL = (Trait.IMPORTANCE, Trait.FAVOURS)
# A side's view rests on the worth of one fresh piece at least, and on two traits: one event is no pattern.
LEAST_WEIGHT, LEAST_TRAITS = 1.0, 2
# What speaks for a bucket outweighs twice what speaks against it, or nothing is claimed.
MARGIN = 2
# A trait counts as shown while there is as much as one piece two years old.
FAINT = 0.25
# A partner has shown two of the three that a partnership needs, and three traits in all.
LEAST_CORE, LEAST_SHOWN = 2, 3


class Label(StrEnum):
    """How the label in the file agrees with the evidence, the most urgent first."""

    WRONG = "wrong"
    MISSING = "missing"
    UNPROVEN = "unproven"
    OPEN = "open"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Pieces of evidence with their weights: a fresh one weighs 1, one a year old a half."""

    pieces: tuple[tuple[Evidence, float], ...]

    def weight(self, bucket: Bucket) -> float:
        """Return what speaks for a bucket."""
        return fsum(weight for piece, weight in self.pieces if piece.says is bucket)

    def traits(self, bucket: Bucket) -> frozenset[Trait]:
        """Return the traits that speak for a bucket."""
        return frozenset(piece.of for piece, _ in self.pieces if piece.says is bucket)

    def lean(self, least: float) -> Bucket | None:
        """Return the bucket that outweighs the other clearly and weighs at least `least`; `None` without one."""
        for bucket in Bucket:
            weight, against = self.weight(bucket), self.weight(_other(bucket))
            if 0 < weight >= least and weight >= MARGIN * against:
                return bucket
        return None

    @property
    def newest(self) -> Evidence | None:
        """Return the newest piece."""
        return max((piece for piece, _ in self.pieces), key=lambda piece: piece.on, default=None)

    def of(self, *, trait: Trait | None = None, side: Side | None = None) -> Weighed:
        """Return the pieces of a trait, of a side, or of both."""
        kept = (
            (piece, weight) for piece, weight in self.pieces if trait in (None, piece.of) and side in (None, piece.side)
        )
        return Weighed(pieces=tuple(kept))

    @property
    def view(self) -> Bucket | None:
        """Return what a side's deeds say; `None` where they are few, old, of one kind or mixed."""
        bucket = self.lean(LEAST_WEIGHT)
        return bucket if bucket and len(self.traits(bucket)) >= LEAST_TRAITS else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TraitSeen:
    """One trait as the evidence shows it."""

    trait: Trait
    us: Weighed
    them: Weighed

    def side(self, side: Side) -> Weighed:
        """Return what one side showed."""
        return self.us if side is Side.US else self.them

    def shown_by(self, side: Side) -> bool:
        """Whether a side's deeds show the trait as a partner has it."""
        return self.side(side).lean(FAINT) is Bucket.PARTNER

    @property
    def bucket(self) -> Bucket | None:
        """Return what the trait speaks for; a favour, or importance, only ours or only theirs speaks for nothing."""
        bucket = Weighed(pieces=(*self.us.pieces, *self.them.pieces)).lean(FAINT)
        if bucket is Bucket.PARTNER and self.trait in MUTUAL:
            return bucket if all(map(self.shown_by, Side)) else None
        return bucket


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """What the evidence says of an account beside what it is called."""

    label: Bucket | None
    # `None`: the evidence is too thin or too mixed to say.
    bucket: Bucket | None
    us: Weighed
    them: Weighed
    # All seven, in the order in which evidence names them.
    traits: tuple[TraitSeen, ...]
    # Pieces that are dated after today and not used.
    later: int

    @property
    def match(self) -> Label:
        """Return how the label agrees with the evidence."""
        if self.bucket is None:
            return Label.OPEN if self.label is None else Label.UNPROVEN
        if self.label is None:
            return Label.MISSING
        return Label.RIGHT if self.label is self.bucket else Label.WRONG

    def trait(self, trait: Trait) -> TraitSeen:
        """Return one trait."""
        return next(seen for seen in self.traits if seen.trait is trait)

    @property
    def core(self) -> tuple[TraitSeen, ...]:
        """Return the three traits that a partnership cannot do without."""
        return tuple(map(self.trait, CORE))


def relationship_of(account: Account, *, today: date) -> Relationship:
    """Return what the evidence says as of `today`; pieces dated later are counted and not used."""
    used = tuple(piece for piece in account.evidence if piece.on <= today)
    weighed = Weighed(pieces=tuple((piece, _weight(piece, today)) for piece in used))
    sides = {side: weighed.of(side=side) for side in Side}
    traits = tuple(
        TraitSeen(trait=trait, us=sides[Side.US].of(trait=trait), them=sides[Side.THEM].of(trait=trait))
        for trait in Trait
    )
    return Relationship(
        label=account.bucket,
        bucket=_bucket(sides[Side.US].view, sides[Side.THEM].view, traits),
        us=sides[Side.US],
        them=sides[Side.THEM],
        traits=traits,
        later=len(account.evidence) - len(used),
    )


def _weight(piece: Evidence, today: date) -> float:
    age_days: int = (today - piece.on).days
    return float(0.5 ** (age_days / HALF_LIFE_DAYS))


def _bucket(us: Bucket | None, them: Bucket | None, traits: Iterable[TraitSeen]) -> Bucket | None:
    """Return client where either side acts so, partner where they do, we do not object, and enough is shown."""
    if Bucket.CLIENT in (us, them):
        return Bucket.CLIENT
    shown = [seen for seen in traits if seen.bucket is Bucket.PARTNER]
    core = [seen for seen in shown if seen.trait in CORE and seen.shown_by(Side.THEM)]
    against = [seen for seen in traits if seen.trait in CORE and seen.bucket is Bucket.CLIENT]
    if them is None or against or len(core) < LEAST_CORE or len(shown) < LEAST_SHOWN:
        return None
    return Bucket.PARTNER


def _other(bucket: Bucket) -> Bucket:
    return Bucket.CLIENT if bucket is Bucket.PARTNER else Bucket.PARTNER
