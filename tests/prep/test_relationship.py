"""Client or partner: what counts, what does not, and what is too little to say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from fakes.accounts import TODAY, account
from fakes.evidence import CLIENT, PARTNER, piece
from hypothesis import given
from hypothesis import strategies as st

from dripper.prep.relationship import Label, Relationship, relationship_of
from dripper.prep.relationship_say import missing, reason, warning
from dripper.workspace.model.account import Bucket, Contract, Evidence, Side, Trait
from dripper.workspace.model.values import Money


def _of(*evidence: Evidence, label: str | None = "partner") -> Relationship:
    who = account(evidence=evidence, bucket=Bucket(label) if label else None)
    return relationship_of(who, today=TODAY)


def _older(evidence: tuple[Evidence, ...], days: int) -> tuple[Evidence, ...]:
    return tuple(replace(each, on=each.on - timedelta(days=days)) for each in evidence)


CASES = {
    "nothing": ((), None),
    "one event is no pattern": ((piece("trust", "client"),), None),
    "two of one kind are no pattern": ((piece("trust", "client"), piece("trust", "client")), None),
    "partner": (PARTNER, "partner"),
    "client": (CLIENT, "client"),
    "what we do alone proves nothing": (tuple(replace(each, side=Side.US) for each in PARTNER), None),
    "we treat them as a client": ((*PARTNER, *(replace(each, side=Side.US) for each in CLIENT)), "client"),
    "too old": (_older(PARTNER, 800), None),
    "new evidence outweighs old": ((*_older(PARTNER, 800), *CLIENT), "client"),
    "mixed": ((*PARTNER, piece("loyalty", "client"), piece("conflict", "client")), None),
    "commitment speaks against it": (
        (*map(piece, ("trust", "collaboration", "loyalty", "conflict")), piece("commitment", "client")),
        None,
    ),
    "a favour that is not returned counts for nothing": (PARTNER[:3], None),
    "without commitment and collaboration": ((piece("trust"), piece("loyalty"), piece("conflict")), None),
    "what is dated after today": ((*PARTNER[:2], piece("loyalty", days=-1)), None),
}


@pytest.mark.parametrize(("evidence", "expected"), CASES.values(), ids=CASES)
def test_the_evidence_decides(evidence: tuple[Evidence, ...], expected: str | None) -> None:
    assert _of(*evidence).bucket == expected


pieces = st.builds(
    piece,
    st.sampled_from([trait.value for trait in Trait]),
    st.sampled_from(["partner", "client"]),
    side=st.sampled_from(["us", "them"]),
    days=st.integers(-400, 2000),
)
many = st.lists(pieces, max_size=12).map(tuple)


@given(many, st.dates(date(1900, 1, 1), date(2026, 1, 1)))
def test_the_length_of_the_relationship_changes_nothing(evidence: tuple[Evidence, ...], since: date) -> None:
    contract = Contract(value=Money.parse("240000 EUR"))
    short, long = (
        relationship_of(account(evidence=evidence, contract=replace(contract, since=each)), today=TODAY)
        for each in (None, since)
    )

    assert short == long


@given(many, st.randoms())
def test_the_order_of_the_evidence_changes_nothing(evidence: tuple[Evidence, ...], chance: object) -> None:
    shuffled = sorted(evidence, key=lambda _: chance.random())  # type: ignore[attr-defined]

    assert _of(*evidence).bucket == _of(*shuffled).bucket


@given(many, pieces)
def test_one_more_piece_never_speaks_for_the_other_bucket(evidence: tuple[Evidence, ...], more: Evidence) -> None:
    before, after = _of(*evidence).bucket, _of(*evidence, more).bucket
    other = Bucket.CLIENT if more.says is Bucket.PARTNER else Bucket.PARTNER

    assert after is before or after is not other


@given(many, st.integers(0, 3000))
def test_age_alone_never_turns_a_bucket_into_the_other(evidence: tuple[Evidence, ...], days: int) -> None:
    used = tuple(each for each in evidence if each.on <= TODAY)
    before, after = _of(*used).bucket, _of(*_older(used, days)).bucket

    assert after in (before, None)


@given(many)
def test_every_relationship_can_be_told(evidence: tuple[Evidence, ...]) -> None:
    told = _of(*evidence)

    assert warning(told)
    assert reason(told).endswith(".")
    for seen in told.traits:
        both = seen.shown_by(Side.US) and seen.shown_by(Side.THEM) and seen.bucket is Bucket.PARTNER
        assert bool(missing(seen)) != both


LABELS = {
    "false security": (CLIENT, "partner", Label.WRONG, "called partner, evidence says client: false security"),
    "more than it is called": (
        PARTNER,
        "client",
        Label.WRONG,
        "called client, evidence says partner: we may rely on more than we do",
    ),
    "not labelled": (PARTNER, None, Label.MISSING, "not labelled, evidence says partner"),
    "not proven": ((), "partner", Label.UNPROVEN, "called partner, evidence does not say"),
    "nothing at all": ((), None, Label.OPEN, "not labelled, evidence does not say"),
    "right": (CLIENT, "client", Label.RIGHT, "called client, and the evidence says so"),
}


@pytest.mark.parametrize(("evidence", "label", "match", "said"), LABELS.values(), ids=LABELS)
def test_the_label_is_held_against_the_evidence(
    evidence: tuple[Evidence, ...], label: str | None, match: Label, said: str
) -> None:
    told = _of(*evidence, label=label)

    assert (told.match, warning(told)) == (match, said)


REASONS = {
    "client": (CLIENT, "They act so: loyalty and commitment."),
    "both": (
        (*CLIENT, *(replace(each, side=Side.US) for each in CLIENT)),
        "They act so: loyalty and commitment. We act so: loyalty and commitment.",
    ),
    "partner": (PARTNER, "They act so: favours, commitment and trust."),
    "nothing": ((), "Nothing is written down."),
    "only ours": ((piece("trust", side="us"),), "Nothing of theirs is written down."),
    "only later": ((piece("trust", days=-3),), "Nothing is written down; 1 piece dated after today."),
    "thin": ((piece("trust", days=9),), "Too little is known of their side: 1 piece, of 14 Nov 2026."),
    "mixed": (
        (piece("trust"), piece("loyalty", "client")),
        "What they do is mixed: trust for, loyalty against.",
    ),
    "core against": (CASES["commitment speaks against it"][0], "They act as a partner, but not in commitment."),
    "core not shown": (
        CASES["without commitment and collaboration"][0],
        "They act as a partner, but have not shown commitment and collaboration.",
    ),
    "a third thing": (PARTNER[:2], "Only commitment and trust are shown, and a third thing is needed."),
    "a favour of one side": (
        PARTNER[:3],
        (
            "Only commitment and trust are shown, and a third thing is needed; "
            "favours would count if both sides showed it."
        ),
    ),
}


@pytest.mark.parametrize(("evidence", "said"), REASONS.values(), ids=REASONS)
def test_the_reason_says_what_it_rests_on(evidence: tuple[Evidence, ...], said: str) -> None:
    assert reason(_of(*evidence)) == said


MISSING = {
    "nothing": ((), "nothing is written down"),
    "only us": ((piece("trust", side="us"),), "only we have shown it"),
    "only them": ((piece("trust"),), "only they have shown it"),
    "both": ((piece("trust"), piece("trust", side="us")), ""),
    "only us, theirs mixed": (
        (piece("trust", side="us"), piece("trust"), piece("trust", "client")),
        "only we have shown it, what they did is mixed",
    ),
    "only us, theirs old": (
        (piece("trust", side="us"), piece("trust", days=900)),
        "only we have shown it, what they did is too old",
    ),
    "only them, ours against": (
        (piece("trust", days=2), piece("trust", "client", side="us", days=500)),
        "only they have shown it, what we did is against it",
    ),
    "against": (
        (piece("trust", "client", days=9, what="Hid the tender"), piece("trust", side="us", days=900)),
        "speaks against it: “Hid the tender” (14 Nov 2026)",
    ),
    "old": ((piece("trust", days=900),), "too old, the newest of 6 Jun 2024"),
    "mixed": ((piece("trust"), piece("trust", "client", days=9)), "mixed, the newest of 14 Nov 2026"),
}


@pytest.mark.parametrize(("evidence", "said"), MISSING.values(), ids=MISSING)
def test_what_is_missing_of_trust(evidence: tuple[Evidence, ...], said: str) -> None:
    assert missing(_of(*evidence).trait(Trait.TRUST)) == said
