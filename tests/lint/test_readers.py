"""Who speaks for whom: many readers, few texts, and nothing that is missed."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.effort import spent
from fakes.workspaces import SETTINGS, write

from dripper.jobs.lint_workspace import lint_workspace
from dripper.lint.readers import Readers, Values, first_of_each
from dripper.problem import Problem
from dripper.workspace.files import Loaded, load
from dripper.workspace.model.workspace import Register
from dripper.workspace.sources import LEAST_BYTES

CAMPAIGN = """
contacts = "list.csv"
greeting = "Hi {{ contact.first_name }},"
shifts = "From buyer to analyst"
every = "2 weeks"
start = 2026-12-01

[[message]]
id = "carts"
subject = "Carts after nine"
text = "Most of your carts are left after nine in the evening, and a reminder at eight finds their owners awake."
gift = "When to send the reminder"
"""
MANY = 3_000


def listed(
    root: Path, *rows: str, campaign: str = CAMPAIGN, many: int = MANY, header: str = "first_name,role"
) -> Loaded:
    """Write a list of `many` people with twenty names, then `rows`."""
    people = [f"p{number}@shops.example,Ana{number % 20},VP" for number in range(many)]
    write(root, "dripper.toml", SETTINGS)
    write(root, "campaigns/shops.toml", campaign)
    write(root, "campaigns/list.csv", "\n".join([f"email,{header}", *people, *rows]) + "\n")
    return load(root)


def readers(loaded: Loaded) -> list[str]:
    workspace = loaded.workspace
    assert workspace is not None
    people = first_of_each(workspace, workspace.campaigns["shops"], workspace.recipients["shops"])
    return [one.email for one in people]


def of_text(problems: list[Problem]) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.contact) for problem in problems]


def test_of_those_who_get_the_same_few_are_looked_at(tmp_path: Path) -> None:
    found = readers(listed(tmp_path, "x@shops.example,Xenia,VP"))

    assert found[-1] == "x@shops.example"
    assert len(found) < 300


def test_the_one_whose_text_breaks_a_rule_is_found_among_all(tmp_path: Path) -> None:
    text = CAMPAIGN.replace('text = "Most', 'text = "{{ contact.first_name }}, most')
    loaded = listed(tmp_path, f"x@shops.example,{'X' + 'e' * 60},VP", campaign=text)

    assert ("D101", "x@shops.example") in of_text(lint_workspace(loaded))


def test_the_one_whose_name_is_missing_is_found_among_all(tmp_path: Path) -> None:
    (problem,) = lint_workspace(listed(tmp_path, "x@shops.example,,VP"))

    assert (problem.code, problem.contact) == ("D505", "x@shops.example")


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param('only = { role = "CEO" }', id="only"),
        pytest.param("when = \"{{ contact.role == 'CEO' }}\"", id="when"),
    ],
)
def test_a_message_for_one_of_many_is_not_taken_for_one_for_nobody(tmp_path: Path, condition: str) -> None:
    campaign = CAMPAIGN.replace('id = "carts"', f'id = "carts"\n{condition}')

    assert lint_workspace(listed(tmp_path, "x@shops.example,Ana,CEO", campaign=campaign)) == []
    assert of_text(lint_workspace(listed(tmp_path, campaign=campaign))) == [("D511", None)]


def test_every_subject_is_looked_at_although_it_is_chance_who_gets_it(tmp_path: Path) -> None:
    subjects = (
        '"Carts after nine", "Carts at {{ contact.first_name }}", "More about {{ contact.first_name }} and carts"'
    )
    campaign = CAMPAIGN.replace('subject = "Carts after nine"', f"subjects = [{subjects}]")
    found = lint_workspace(listed(tmp_path, f"x@shops.example,{'X' * 150},VP", campaign=campaign))

    assert "D103" in {problem.code for problem in found}


def test_with_texts_alike_ten_times_the_people_take_no_ten_times_as_long(tmp_path: Path) -> None:
    few, many = listed(tmp_path, many=MANY), listed(tmp_path, many=10 * MANY)
    lint_workspace(few)

    assert spent(lambda: lint_workspace(many)) < 6 * spent(lambda: lint_workspace(few))


LONG = "x" * 900
HEADER = "first_name,role,note"


def long_list(root: Path, *rows: str, campaign: str) -> Loaded:
    """Write a list that is read anew each time, of people with twenty names, then `rows`."""
    people = [f"p{number}@shops.example,Ana{number % 20},VP,{LONG}" for number in range(LEAST_BYTES // 900)]
    write(root, "dripper.toml", SETTINGS)
    write(root, "campaigns/shops.toml", campaign)
    write(root, "campaigns/list.csv", "\n".join(["email,first_name,role,note", *people, *rows]) + "\n")
    return load(root)


def test_of_a_long_list_the_same_are_looked_at_each_time_it_is_asked(tmp_path: Path) -> None:
    workspace = long_list(tmp_path, "x@shops.example,Xenia,VP,", campaign=CAMPAIGN).workspace
    assert workspace is not None
    everybody = workspace.recipients["shops"]
    found = Readers(workspace, workspace.campaigns["shops"], everybody)

    assert isinstance(everybody, Register)
    assert [*found] == [*found] == [*first_of_each(workspace, workspace.campaigns["shops"], everybody)]
    assert bool(found)
    assert [values["contact"] for values in Values(found)] == [values["contact"] for _, values in found.with_values()]


@pytest.mark.parametrize(
    "text",
    ["{{ contact.first_name }}", "{{ contact.email }}", "{{ contact.first_name }}{% if contact.role %}!{% endif %}"],
    ids=["few texts", "a text for each", "a branch"],
)
def test_a_long_list_is_linted_as_a_short_one(tmp_path: Path, text: str) -> None:
    campaign = CAMPAIGN.replace("Most of your carts", f"{text}, most of your CARTS!!")
    campaign = campaign.replace('subject = "Carts after nine"', 'subjects = ["Carts at nine", "CLICK HERE NOW"]')
    last = "yes@shops.example,Xenia Maria Josefa Aloisia Friederike,VP,"
    long = lint_workspace(long_list(tmp_path / "long", last, campaign=campaign))
    few = [f"p{number}@shops.example,Ana{number % 20},VP,x" for number in range(LEAST_BYTES // 900)]
    short = lint_workspace(listed(tmp_path / "short", *few, last, campaign=campaign, many=0, header=HEADER))

    assert [(each.code, each.span) for each in long] == [(each.code, each.span) for each in short]
    assert len(long) >= 2
