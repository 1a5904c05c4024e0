"""What lint says of templates with branches, against a reading of the same branches in plain Python."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dripper.lint.campaign_run import lint_campaign
from dripper.problem import Problem
from dripper.workspace.campaign import read_campaign
from dripper.workspace.model.address import Sender
from dripper.workspace.model.settings import Mailbox, Settings, WorkspaceTable
from dripper.workspace.model.values import Zone
from dripper.workspace.model.workspace import Recipient, Workspace
from dripper.workspace.toml import Document

HEADER = 'every = "2 weeks"\nstart = 2026-12-01\nshifts = "From buyer to analyst"\n[[message]]\ngift = "When to send"\n'
HOME = WorkspaceTable(name="North", timezone=Zone.parse("Europe/Berlin"))
SETTINGS = Settings(workspace=HOME, mailboxes={"dana": Mailbox(from_=Sender("dana@north.example"))})
ROLES = ("Buyer", "Analyst", "Chief")


@dataclass(frozen=True)
class If:
    """`{% if %}`, its further conditions, and an `else` where there are more bodies than roles."""

    roles: tuple[str, ...]
    bodies: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Inline:
    """`{{ … if … else … }}`; a side that is true breaks a rule."""

    role: str
    sides: tuple[bool, bool]


# What a template is made of besides: true is a hashtag, which breaks a rule; false are words that break none.
PARTS = st.recursive(
    st.booleans() | st.builds(Inline, st.sampled_from(ROLES), st.tuples(st.booleans(), st.booleans())),
    lambda inner: st.builds(
        lambda roles, bodies: If(roles[: len(bodies)], bodies),
        st.lists(st.sampled_from(ROLES), min_size=1, max_size=3).map(tuple),
        st.lists(st.lists(inner, max_size=2).map(tuple), min_size=1, max_size=4).map(tuple),
    ).filter(lambda each: len(each.bodies) <= len(each.roles) + 1),
    max_leaves=8,
)


@dataclass
class Oracle:
    """Writes parts as a template and knows who reads what: where a fault is read, and which branches nobody takes."""

    source: str = ""
    faults: set[int] = field(default_factory=set)
    dead: set[int] = field(default_factory=set)

    def write(self, parts: tuple[object, ...], readers: set[str]) -> None:
        for part in parts:
            self.source += " carts "
            match part:
                case If():
                    self.write_if(part, readers)
                case Inline():
                    self.write_inline(part, readers)
                case _:
                    self.note(self.faults, wrong=bool(part and readers))
                    self.source += "#tag" if part else "late"

    def write_if(self, part: If, readers: set[str]) -> None:
        reached, left = bool(readers), set(readers)
        for index, body in enumerate(part.bodies):
            role = part.roles[index] if index < len(part.roles) else None
            takers = left if role is None else left & {role}
            left = left - takers
            self.note(self.dead, wrong=reached and not takers)
            self.source += (
                "{% else %}" if role is None else f'{{% {"elif" if index else "if"} contact.role == "{role}" %}}'
            )
            self.write(body, takers)
        self.source += "{% endif %}"

    def write_inline(self, part: Inline, readers: set[str]) -> None:
        takers = (readers & {part.role}, readers - {part.role})
        self.note(self.faults, wrong=any(side and who for side, who in zip(part.sides, takers, strict=True)))
        self.note(self.dead, wrong=bool(readers) and not all(takers))
        words = ["#tag" if side else "late" for side in part.sides]
        self.source += f'{{{{ "{words[0]}" if contact.role == "{part.role}" else "{words[1]}" }}}}'

    def note(self, places: set[int], *, wrong: bool) -> None:
        if wrong:
            places.add(len(self.source))


def lint(keys: str, roles: tuple[str, ...], select: tuple[str, ...] = ()) -> list[Problem]:
    """Lint a campaign of one message with `keys` for one contact of each of `roles`."""
    document = Document.parse("a.toml", HEADER + keys)
    assert isinstance(document, Document)
    campaign = read_campaign(document, default_id="acme/a").mended
    assert campaign is not None
    recipients = tuple(contact(number, role) for number, role in enumerate(roles))
    workspace = Workspace(root="", settings=SETTINGS, recipients={campaign.id: recipients})
    return lint_campaign(workspace, campaign, document, select=select)


def contact(number: int, role: str) -> Recipient:
    email = f"p{number}@acme.example"
    return Recipient(
        key=email, email=email, name=f"P{number} X", first_name=f"P{number}", last_name="X", role=role,
        account="acme", timezone="Europe/Berlin",
    )  # fmt: skip


@example((If(("Buyer",), ((True,), (True,))),), ["Buyer", "Chief"])
@given(st.lists(PARTS, min_size=1, max_size=4).map(tuple), st.lists(st.sampled_from(ROLES), min_size=1, max_size=4))
@pytest.mark.parametrize("key", ["text", "subject"])
def test_what_somebody_reads_is_checked_and_what_nobody_does_is_dead(
    key: str, parts: tuple[object, ...], roles: list[str]
) -> None:
    oracle = Oracle()
    oracle.write(parts, set(roles))
    keys = {"text": "'carts'", "subject": "'carts'", key: f"'{oracle.source}'"}
    before = len(f"{key} = '") + 1

    found = lint("\n".join(f"{name} = {value}" for name, value in keys.items()), tuple(roles), ("D302", "D511"))

    assert {problem.span.column - before for problem in found if problem.code == "D302"} == oracle.faults
    assert {problem.span.column - before for problem in found if problem.code == "D511"} == oracle.dead


def test_the_longest_name_breaks_the_limit_for_one_person_who_is_named() -> None:
    text = "text = 'Ask {{ contact.first_name }}" + "x" * 134 + "'\nsubject = 'Carts'"
    (problem,) = lint(text, ("Buyer",) * 11, ("D101",))

    assert (problem.message, problem.contact) == ("141 characters for P10 X, 1 over 140", "p10@acme.example")


def test_the_else_is_linted_for_those_who_get_it() -> None:
    text = "text = '{% if contact.role == \"Buyer\" %}Late.{% else %}See acme.com.{% endif %}'\nsubject = 'Carts'"

    assert [(problem.code, problem.contact) for problem in lint(text, ("Buyer", "Chief"), ("D301",))] == [
        ("D301", "p1@acme.example")
    ]


def test_a_message_is_linted_for_those_whom_it_is_for() -> None:
    text = "text = 'See {{ contact.role }} #1a'\nsubject = 'Carts'\n"

    for condition in ('only = { role = "Chief" }', "when = '{{ contact.role == \"Chief\" }}'"):
        assert [problem.contact for problem in lint(text + condition, ("Buyer", "Chief"), ("D302",))] == [
            "p1@acme.example"
        ]


def test_a_subject_that_falls_to_nobody_is_linted_all_the_same() -> None:
    subjects = ", ".join(f"'Cart #n{number}'" for number in range(9))
    found = lint(f"text = 'Late.'\nsubjects = [{subjects}]", ("Buyer", "Chief"), ("D302",))

    assert len({problem.span for problem in found}) == len(found) == 9


def test_the_same_subject_twice_is_wrong_twice() -> None:
    found = lint("text = 'Late.'\nsubjects = ['Cart #a', 'Cart #a']", ("Buyer",), ("D302",))

    assert len(found) == 2


def test_a_name_missing_in_a_subject_that_falls_to_nobody_is_found() -> None:
    subjects = ", ".join("'Cart {{ contact.nam }}'" for _ in range(9))
    found = lint(f"text = 'Late.'\nsubjects = [{subjects}]", ("Buyer",), ("D505",))

    assert [problem.code for problem in found] == ["D505"] * 9


@pytest.mark.parametrize(("tail", "codes"), [("{{ contact.nam }}", ["D505"]), ("", ["D511"])])
def test_no_branch_is_called_dead_where_a_rendering_fails(tail: str, codes: list[str]) -> None:
    text = 'text = \'{% if contact.role == "Byer" %}a{% endif %}' + tail + "'\nsubject = 'Carts'"

    assert [problem.code for problem in lint(text, ("Buyer",), ("D511",))] == codes


def test_nothing_is_dead_where_there_is_nobody() -> None:
    assert lint("text = '{% if contact.role == \"Byer\" %}a{% endif %}'\nsubject = 'Carts'", (), ("D511",)) == []


def test_branches_cost_little_for_many_contacts() -> None:
    text = '{% if contact.role == "Chief" %}Late.{% elif contact.role == "Buyer" %}Early.{% else %}Now.{% endif %}'
    messages = "".join(
        f"\n[[message]]\nid = 'm{number}'\nsubject = 'C'\ngift = 'x'\ntext = '{text}'" for number in range(19)
    )
    roles = ("Chief", "Buyer") * 250
    began = time.process_time()
    found = lint(f"text = 'Carts.'\nsubject = 'Carts'{messages}", roles, ("D511",))

    assert len(found) == 19
    assert time.process_time() - began < 5
