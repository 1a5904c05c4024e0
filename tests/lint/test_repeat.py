"""Which messages repeat each other: decided by who gets both, and by what was delivered already."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dripper.jobs.lint_workspace import lint_workspace
from dripper.lint.past import Delivered, Past
from dripper.problem import Problem
from dripper.workspace.files import load

CARTS = "Most of your abandoned carts start after 9 pm, so the reminder belongs to the morning."
AGAIN = "The reminder belongs to the morning: most abandoned carts start after 9 pm."
SIZES = "Shoppers who compare two sizes keep neither, and a size chart beside the button helps them."
ANA, BART = "ana.weber@acme.example", "bart@acme.example"
GLOBEX = 'name = "Globex"\n[[contact]]\nname = "Gil Ode"\nemail = "gil@globex.example"\n'
ON = date(2026, 12, 2)


def campaign(*texts: str, start: str = "2026-12-01", head: str = "", extra: str = "") -> str:
    messages = "".join(
        f'\n[[message]]\nid = "m{number}"\nsubject = "S {number}"\ntext = "{text}"\ngift = "G"\n{extra}'
        for number, text in enumerate(texts)
    )
    return f'{head}\nevery = "2 weeks"\nstart = {start}\nshifts = "From buyer to analyst"\n{messages}'


def repeats(root: Path, *, past: Past | None = None) -> list[tuple[str, str | None, str]]:
    problems: list[Problem] = lint_workspace(load(root), select=("repeat",), past=past)
    return [(problem.file, problem.message_id, problem.message) for problem in problems if problem.code == "D404"]


def test_the_campaign_that_starts_later_repeats_the_other(write) -> None:  # type: ignore[no-untyped-def]
    root = write(
        {
            "campaigns/acme/a.toml": campaign(SIZES, AGAIN, start="2027-02-01"),
            "campaigns/acme/b.toml": campaign(CARTS),
        }
    )

    assert repeats(root) == [
        ("campaigns/acme/a.toml", "m1", 'nearly the same as "m0" in campaigns/acme/b.toml, which Ana Weber gets too')
    ]


def test_campaigns_to_entirely_different_people_repeat_nothing(write) -> None:  # type: ignore[no-untyped-def]
    root = write(
        {
            "campaigns/globex/account.toml": GLOBEX,
            "campaigns/globex/a.toml": campaign(CARTS),
            "campaigns/acme/a.toml": campaign(AGAIN),
        }
    )

    assert repeats(root) == []


def test_one_reader_of_both_is_enough(write) -> None:  # type: ignore[no-untyped-def]
    people = "email,name\ngil@globex.example,Gil Ode\nbart@acme.example,Bart\n"
    root = write(
        {
            "campaigns/list.csv": people,
            "campaigns/z.toml": campaign(AGAIN, head='contacts = "list.csv"'),
            "campaigns/acme/a.toml": campaign(CARTS),
        }
    )

    ((file, _, message),) = repeats(root)
    assert file == "campaigns/z.toml"
    assert message.endswith("in campaigns/acme/a.toml, which Bart gets too")


def test_names_in_a_text_make_no_difference(write) -> None:  # type: ignore[no-untyped-def]
    ours = "{{ contact.first_name }}, " + CARTS
    root = write({"campaigns/acme/a.toml": campaign(ours, "{{ account.name }}: " + AGAIN)})

    assert [message_id for _, message_id, _ in repeats(root)] == ["m1"]


def test_texts_that_stand_in_a_list_are_compared_reader_by_reader(write) -> None:  # type: ignore[no-untyped-def]
    people = (
        f'email,name,one,two\ngil@globex.example,Gil,"{CARTS}","{SIZES}"\nkim@globex.example,Kim,"{SIZES}","{CARTS}"\n'
    )
    same = people + f'lee@globex.example,Lee,"{CARTS}","{AGAIN}"\n'
    text = campaign("{{ contact.one }}", "{{ contact.two }}", head='contacts = "list.csv"')
    root = write({"campaigns/list.csv": people, "campaigns/z.toml": text})

    assert repeats(root) == []

    write({"campaigns/list.csv": same})
    assert [message_id for _, message_id, _ in repeats(root)] == ["m1"]


def test_only_a_branch_that_the_reader_gets_counts(write) -> None:  # type: ignore[no-untyped-def]
    branch = "{% if contact.role == 'Buyer' %}" + AGAIN + "{% else %}" + SIZES + "{% endif %}"
    for_buyers, for_others = 'only = { role = "Buyer" }\n', 'only = { role = "VP Digital" }\n'
    root = write(
        {"campaigns/acme/a.toml": campaign(CARTS, extra=for_others), "campaigns/acme/b.toml": campaign(branch)}
    )

    assert repeats(root) == []

    write({"campaigns/acme/a.toml": campaign(CARTS, extra=for_buyers)})
    assert [file for file, _, _ in repeats(root)] == ["campaigns/acme/b.toml"]


def test_without_anybody_to_write_to_a_campaign_is_compared_with_itself(write) -> None:  # type: ignore[no-untyped-def]
    root = write(
        {
            "campaigns/acme/account.toml": 'name = "Acme"\n',
            "campaigns/acme/a.toml": campaign(CARTS, AGAIN),
            "campaigns/acme/b.toml": campaign(AGAIN),
        }
    )

    assert [(file, message_id) for file, message_id, _ in repeats(root)] == [("campaigns/acme/a.toml", "m1")]


def test_short_texts_repeat_only_when_they_are_equal(write) -> None:  # type: ignore[no-untyped-def]
    root = write(
        {"campaigns/acme/a.toml": campaign("Carts are left late.", "Carts are left early.", "Late carts are left!")}
    )

    assert [message_id for _, message_id, _ in repeats(root)] == ["m2"]


def delivered(text: str, contact: str = ANA, message: str = "old", campaign_id: str = "acme/old") -> Delivered:
    return Delivered(campaign=campaign_id, message=message, contact=contact, on=ON, text=f"Hi Ana,\n\n{text}\n\nDana")


@pytest.mark.parametrize(
    ("past", "told"),
    [
        pytest.param([delivered(AGAIN)], "Ana Weber got on 2 Dec 2026", id="to one"),
        pytest.param([delivered(AGAIN), delivered(AGAIN, BART)], "Ana Weber and 1 more got on 2 Dec 2026", id="to two"),
        pytest.param([delivered(AGAIN, "gil@globex.example")], "", id="to somebody else"),
        pytest.param([delivered(SIZES)], "", id="something else"),
        pytest.param([delivered(CARTS, message="m0", campaign_id="acme/a")], "", id="itself"),
        pytest.param(
            [delivered(AGAIN), delivered(CARTS, message="m0", campaign_id="acme/a")], "", id="had it already as well"
        ),
        pytest.param(
            [delivered(CARTS, message="m0", campaign_id="acme/a"), delivered(AGAIN, BART)],
            "Bartholomew Featherstonehaugh got on 2 Dec 2026",
            id="is still to come to one",
        ),
    ],
)
def test_what_a_reader_got_is_not_told_again(write, past: list[Delivered], told: str) -> None:  # type: ignore[no-untyped-def]
    root = write({"campaigns/acme/a.toml": campaign(CARTS)})

    found = [message for _, _, message in repeats(root, past=Past(past))]
    assert found == ([f'nearly the same as "old" in campaign acme/old, which {told}'] if told else [])


def test_of_several_the_likest_is_named(write) -> None:  # type: ignore[no-untyped-def]
    root = write({"campaigns/acme/a.toml": campaign(CARTS)})
    near = CARTS.replace("abandoned", "forgotten").replace("morning", "forenoon")

    past = Past([delivered(near, message="near"), delivered(CARTS, message="same"), delivered(near, message="nearer")])
    ((_, _, message),) = repeats(root, past=past)
    assert '"same"' in message
