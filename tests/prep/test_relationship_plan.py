"""The development plan: each step comes from something that is missing, and is gone when it is there."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from fakes.accounts import TODAY, account, fact, returns_rate
from fakes.evidence import CLIENT, PARTNER, piece

from dripper.prep.relationship import relationship_of
from dripper.prep.relationship_deeds import DEEDS
from dripper.prep.relationship_people import Kept, outcome, people_of, promise_ledger
from dripper.prep.relationship_plan import MOST_STEPS, Course, plan_of
from dripper.workspace.model.account import Account, Bucket, Contact, Lead, Milestone, Objective, Promise, Side, Trait

LEAD = Lead(area="Returns", milestones=(Milestone(what="Footwear live", by=date(2027, 3, 31)),))
EVERYTHING = tuple(piece(trait.value, side=side.value) for trait in Trait for side in Side)
SHIFTS = (("acme/insights", "From buyer to analyst"),)


def _complete(**changes: Any) -> Account:
    """Return an account of which the plan misses nothing."""
    judged = (
        Contact(name="Ana Weber", boss="The board", judged_on=("margin",), decides=True),
        Contact(name="Emre Sahin", boss="Ana Weber", judged_on=("returns",)),
    )
    known = account(bucket=Bucket.PARTNER, evidence=EVERYTHING, contacts=judged, lead=LEAD, promises=())
    return replace(known, **changes)


def _plan(who: Account, **changes: Any) -> dict[str, tuple[str, ...]]:
    relationship = relationship_of(who, today=TODAY)
    known: dict[str, Any] = {"shifts": SHIFTS, "measured": frozenset({"returns_rate"})} | changes
    course = Course(account=who, relationship=relationship, today=TODAY, **known)
    return {part.title: part.steps for part in plan_of(course)}


def test_where_nothing_is_missing_the_plan_says_to_go_on() -> None:
    assert _plan(_complete()) == {
        "Change our view": (),
        "Change theirs": ("Keep acme/insights going: “From buyer to analyst”.",),
        "Make it a priority for the team": ("Give “Footwear live” an owner in the team: it is due on 31 Mar 2027.",),
        "Do the work": (),
    }


MISSING: dict[str, tuple[dict[str, Any], str, str]] = {
    "wrong label": ({"evidence": CLIENT}, "Change our view", 'Call them what they are: bucket = "client"'),
    "no label": ({"bucket": None}, "Change our view", "“dripper review acme”"),
    "we act as towards a client": (
        {"evidence": (*EVERYTHING, *[piece("loyalty", "client", side="us", days=3, what="Sent juniors")] * 9)},
        "Change our view",
        "Agree what we do instead of this: “Sent juniors” (20 Nov 2026).",
    ),
    "they act as towards a supplier": (
        {"evidence": (piece("loyalty", "client", days=3, what="Three quotes"),)},
        "Change theirs",
        "Ask what stood behind this: “Three quotes” (20 Nov 2026).",
    ),
    "trust": ({"evidence": PARTNER}, "Change our view", DEEDS[Trait.TRUST, Side.US]),
    "collaboration": ({"evidence": PARTNER}, "Change theirs", DEEDS[Trait.COLLABORATION, Side.THEM]),
    "a broken promise": (
        {"promises": (Promise(what="Report", due=date(2026, 6, 5)),)},
        "Make it a priority for the team",
        "Keep “Report”, due on 5 Jun 2026",
    ),
    "nobody decides": (
        {"contacts": (Contact(name="Ana", judged_on=("margin",)),)},
        "Make it a priority for the team",
        "Find out who decides",
    ),
    "whose boss": (
        {"contacts": (Contact(name="Ana", judged_on=("margin",), decides=True),)},
        "Make it a priority for the team",
        "Find out whom Ana answers to",
    ),
    "nothing agreed": (
        {"objectives": (Objective(theirs="More", agreed_on=TODAY + timedelta(days=1)),)},
        "Make it a priority for the team",
        "“dripper charter acme”",
    ),
    "no area": ({"lead": None}, "Make it a priority for the team", "Name the area where we lead"),
    "no milestone ahead": (
        {"lead": Lead(area="Returns")},
        "Make it a priority for the team",
        "Set the next milestone in Returns",
    ),
    "nobody": ({"contacts": ()}, "Do the work", "Name the people"),
    "judged on what": (
        {"contacts": (Contact(name="Ana", boss="Jo", decides=True), Contact(name="Ben"))},
        "Do the work",
        "Find out what Ana and Ben are judged on.",
    ),
    "their wish": ({"objectives": (Objective(ours="Two years", agreed_on=TODAY),)}, "Do the work", "in their words"),
    "no agreed metric": ({"metrics": (returns_rate(agreed=False),)}, "Do the work", "Agree with them on one metric"),
    "no goal": ({"metrics": (returns_rate(goal=None, by=None),)}, "Do the work", "of Returns rate: goal and by."),
    "no values": ({"metrics": (returns_rate(id="other"),)}, "Do the work", "Put the values of Returns rate"),
    "no fact of this year": ({"facts": (fact(on=date(2025, 1, 1)),)}, "Do the work", "Write down one fact"),
}


@pytest.mark.parametrize(("changes", "title", "said"), MISSING.values(), ids=MISSING)
def test_a_step_stands_there_while_its_reason_does(changes: dict[str, Any], title: str, said: str) -> None:
    assert not [step for steps in _plan(_complete()).values() for step in steps if said in step]
    assert [step for step in _plan(_complete(**changes))[title] if said in step]


def test_who_gets_no_campaign_is_to_be_given_something() -> None:
    assert "“dripper new campaign acme/insights”" in _plan(_complete(), shifts=())["Change theirs"][0]


def test_no_part_has_more_steps_than_anybody_takes() -> None:
    bare = Account(id="acme", name="Acme")

    assert {title: len(steps) for title, steps in _plan(bare).items()} == dict.fromkeys(_plan(bare), MOST_STEPS)


PROMISES = {
    Kept.KEPT: {"due": TODAY, "kept_on": TODAY},
    Kept.LATE: {"due": date(2026, 7, 5), "kept_on": date(2026, 7, 9)},
    Kept.BROKEN: {"due": TODAY - timedelta(days=1)},
    Kept.DUE: {"due": TODAY},
}


@pytest.mark.parametrize(("expected", "dates"), PROMISES.items(), ids=PROMISES)
def test_a_promise_is_kept_late_broken_or_to_come(expected: Kept, dates: dict[str, date]) -> None:
    assert outcome(Promise(what="Report", **dates), TODAY) is expected


def test_a_promise_that_will_be_kept_after_its_day_is_broken_today() -> None:
    promise = Promise(what="Report", due=date(2026, 7, 5), kept_on=TODAY + timedelta(days=1))

    assert outcome(promise, TODAY) is Kept.BROKEN


def test_the_worst_promises_come_first() -> None:
    promises = tuple(Promise(what=kept, **dates) for kept, dates in PROMISES.items())

    assert [kept for kept, _ in promise_ledger(account(promises=promises), TODAY)] == list(Kept)


def test_a_boss_who_is_a_contact_is_known_by_what_he_is_judged_on() -> None:
    ana = Contact(first_name="Ana", last_name="Weber", judged_on=("margin",), decides=True)
    people = people_of(account(contacts=(Contact(name="Emre", boss="ana weber"), ana)))

    assert [(each.name, each.boss, each.boss_judged_on) for each in people] == [
        ("Ana Weber", "", ()),
        ("Emre", "ana weber", ("margin",)),
    ]
