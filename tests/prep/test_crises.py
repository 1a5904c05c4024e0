from datetime import date

from fakes.accounts import TODAY, account, returns_rate, series

from dripper.prep.brief import brief_of
from dripper.prep.crises import Crisis
from dripper.workspace.model.account import Bucket, Evidence, Side, Trait

GOOD = ["23.9", "24.1", "24.0", "24.2", "23.8", "24.0", "24.1", "23.9", "24.0", "24.2", "23.9", "24.1"]
BAD = ["31.4", "31.0", "31.3", "31.2", "30.9", "31.5", "31.1", "31.3", "31.0", "31.2", "31.4", "31.1"]


def _crises(values: list[str], evidence: tuple[Evidence, ...] = ()) -> tuple[Crisis, ...]:
    who = account(metrics=(returns_rate(),), evidence=evidence)
    return brief_of(who, None, {"returns_rate": series("returns_rate", values)}, today=TODAY, owner="Mira").crises


def test_a_step_the_wrong_way_is_a_crisis_with_its_day_and_size() -> None:
    (crisis,) = _crises(GOOD + BAD)

    assert (crisis.on, crisis.metric, crisis.back) == (date(2025, 11, 30), "returns_rate", 0.0)
    assert crisis.what == "Returns rate rose from 24.0% to 31.2% on 30 Nov 2025; nothing of it came back."
    assert "bring the plan that turns it" in crisis.opening


def test_what_came_back_is_measured_against_the_loss() -> None:
    (crisis,) = _crises(GOOD + GOOD[:3] + BAD[:9] + GOOD + GOOD)

    assert crisis.back is not None
    assert 0.95 < crisis.back < 1.05
    assert "since 30 Nov 2024 it is at 24.0%, 100% of the loss is back" in crisis.what
    assert "it was mended" in crisis.opening


def test_a_step_the_right_way_is_none() -> None:
    assert _crises(BAD + GOOD) == ()


def test_how_trouble_was_handled_is_an_opening() -> None:
    call = Evidence(on=date(2026, 7, 21), of=Trait.CONFLICT, side=Side.THEM, says=Bucket.PARTNER, what="Called first")
    late = Evidence(on=date(2027, 1, 1), of=Trait.CONFLICT, side=Side.US, says=Bucket.CLIENT, what="Not yet")
    other = Evidence(on=date(2026, 7, 1), of=Trait.TRUST, side=Side.US, says=Bucket.CLIENT, what="Gave the log")

    (crisis,) = _crises(BAD + GOOD, (call, late, other))
    assert (crisis.what, crisis.metric, crisis.back) == ("Called first (21 Jul 2026).", "", None)
    assert crisis.opening.startswith("They acted as a partner")
