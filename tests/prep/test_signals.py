"""Mentions joined to accounts, ranked by reach, one voice for each author; and what an angle may rest on."""

from dataclasses import replace
from datetime import date

import pytest
from fakes.accounts import account

from dripper.prep.signals import facts_of, joined, voices
from dripper.workspace.model.account import Account, Category, Contact, Side, Sure
from dripper.workspace.model.address import EmailAddress
from dripper.workspace.model.signal import Signal
from dripper.workspace.model.values import Money

ACME = account(
    name="Acme Retail GmbH",
    contacts=(
        Contact(name="Ana Weber", email=EmailAddress("ana@acme.example")),
        Contact(name="Kim", email=EmailAddress("kim@mail.example")),
    ),
)
BROOK = Account(id="brook", name="Brook", contacts=(Contact(name="Joe Poe", email=EmailAddress("joe@mail.example")),))


def signal(text: str = "So it goes", **changes: object) -> Signal:
    base = Signal(on=date(2026, 10, 6), author="Weekly", text=text, reach=100)
    return replace(base, **changes)  # type: ignore[arg-type]


def links(one: Signal) -> dict[str, str]:
    (mention,) = joined([one], [ACME, BROOK])
    return {link.account: link.how for link in mention.links}


JOINS = {
    "id": (signal(account="ACME"), {"acme": "the id acme"}),
    "name in a column": (signal(account="acme retail gmbh"), {"acme": "the name Acme Retail GmbH"}),
    "contact in a column": (signal(names=("ana weber",)), {"acme": "the contact Ana Weber"}),
    "address in a column": (signal(names=("ANA@acme.example",)), {"acme": "the contact Ana Weber"}),
    "its author is a contact": (signal(author="Ana Weber"), {"acme": "the contact Ana Weber"}),
    "name in the text": (signal("I like acme  retail, Gmbh or not"), {"acme": "the name Acme Retail GmbH in its text"}),
    "contact in the text": (signal("says Ana Weber."), {"acme": "the contact Ana Weber in its text"}),
    "a name of one word": (signal("The people of Brook know"), {"brook": "the name Brook in its text"}),
    "the link": (signal(url="https://www.acme.example/press"), {"acme": "the domain acme.example"}),
    "two accounts": (signal("Brook and Acme Retail"), {"acme": "…", "brook": "…"}),
    "a plain word": (signal("a brook in spring"), {}),
    "part of a word": (signal("Brooklyn"), {}),
    "half a name": (signal("Acme and Ana"), {}),
    "a provider's domain": (signal(url="https://mail.example/1"), {}),
}


@pytest.mark.parametrize(("one", "expected"), JOINS.values(), ids=JOINS)
def test_a_mention_is_joined_by_what_it_names(one: Signal, expected: dict[str, str]) -> None:
    found = links(one)

    assert found.keys() == expected.keys()
    assert all(how == "…" or found[account] == how for account, how in expected.items())


def test_voices_are_sorted_by_reach_and_there_is_one_for_each_author() -> None:
    said = [
        signal(author="Small", reach=5),
        signal(author="@Ana", reach=900, on=date(2026, 9, 1), text="first"),
        signal(author="ana", reach=950, on=date(2026, 10, 1), text="second"),
        signal(author="Nobody", reach=None),
        signal(author="Big", reach=48_200),
    ]
    found = voices(joined(said, []))

    assert [(each.author, each.reach, each.count) for each in found] == [
        ("Big", 48_200, 1),
        ("ana", 950, 2),
        ("Small", 5, 1),
        ("Nobody", None, 1),
    ]
    assert found[1].latest.text == "second"


def test_the_same_mention_counts_once() -> None:
    twice = [signal(url="https://w.example/1"), signal("copied", url="https://w.example/1"), signal("So IT goes")]
    assert [each.count for each in voices(joined(twice, []))] == [2]


def test_of_one_account_those_alone_who_speak_of_it() -> None:
    mentions = joined([signal("Brook is fine", author="a"), signal("Acme Retail", author="b")], [ACME, BROOK])

    assert [each.author for each in voices(mentions, "brook")] == ["a"]
    assert [link.account for link in voices(mentions, "brook")[0].links] == ["brook"]


def test_an_angle_may_rest_on_a_mention_that_a_person_gave_a_kind_and_a_side() -> None:
    angle = signal(
        "Brook leads", url="https://w.example/1", kind=Category.MARKET, for_=Side.US, worth=Money.parse("100 EUR")
    )
    mentions = joined([angle, signal("Brook, too"), replace(angle, text="later", url="", on=date(2027, 1, 1))], [BROOK])

    (fact,) = facts_of(mentions, "brook", today=date(2026, 12, 1))
    assert (fact.kind, fact.for_, fact.sure, fact.internal) == (Category.MARKET, Side.US, Sure.HEARSAY, True)
    assert fact.source == "Weekly (100 followers), https://w.example/1"
    assert facts_of(mentions, "acme", today=date(2026, 12, 1)) == ()
