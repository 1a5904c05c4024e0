from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dripper.text.message import Wording, applies, body_of, variant_index
from dripper.text.render import TemplateError
from dripper.text.values import values_of
from dripper.workspace.model.account import Account, Bucket
from dripper.workspace.model.address import Sender
from dripper.workspace.model.campaign import Campaign, Message
from dripper.workspace.model.settings import Mailbox, Settings, WorkspaceTable
from dripper.workspace.model.values import Every, Zone
from dripper.workspace.model.workspace import Recipient, Series, Workspace
from dripper.workspace.toml import Document

ANA = Recipient(
    key="ana@acme.example",
    email="Ana@acme.example",
    name="Ana Weber",
    first_name="Ana",
    last_name="Weber",
    role="VP Digital",
    account="acme",
    timezone="Europe/Berlin",
    extra={"shop": "Acme DE", "name": "a column that must not win"},
)
CAMPAIGN = Campaign(id="acme/insights", every=Every.parse("2 weeks"), vars={"season": "autumn"})


def workspace() -> Workspace:
    table = WorkspaceTable(name="North", timezone=Zone("Europe/Berlin"))
    points = ((date(2026, 9, 1), Decimal("1.9")), (date(2026, 10, 1), Decimal("2.10")))
    return Workspace(
        root="/",
        settings=Settings(workspace=table, mailboxes={"dana": Mailbox(from_=Sender("dana@north.example"))}),
        accounts={"acme": Account(id="acme", name="Acme Retail", bucket=Bucket.PARTNER)},
        series={"acme": {"ratio": Series(account="acme", metric="ratio", points=points)}},
    )


def test_a_message_may_name_contact_account_newest_metric_and_own_values() -> None:
    message = Message(
        subject="{{ account.name }} in {{ vars.season }}",
        text="{{ contact.name }} ({{ contact.shop }}), {{ account.bucket }}: {{ metrics.ratio }}",
    )
    rendering = body_of(message, ANA, values_of(workspace(), CAMPAIGN, ANA))

    assert rendering.subject.text == "Acme Retail in autumn"
    assert rendering.text.text == "Ana Weber (Acme DE), partner: 2.10"


@pytest.mark.parametrize(
    ("today", "value"),
    [
        (date(2026, 9, 1), "1.9"),
        (date(2026, 9, 30), "1.9"),
        (date(2026, 10, 1), "2.10"),
        (date(2027, 1, 1), "2.10"),
    ],
)
def test_a_value_counts_from_its_own_date_on(today: date, value: str) -> None:
    values = values_of(replace(workspace(), today=today), CAMPAIGN, ANA)
    assert body_of(Message(text="{{ metrics.ratio }}"), ANA, values).text.text == value


def test_a_metric_whose_values_are_all_dated_later_is_not_there() -> None:
    values = values_of(replace(workspace(), today=date(2026, 8, 31)), CAMPAIGN, ANA)
    with pytest.raises(TemplateError, match=r"there is no metrics\.ratio"):
        body_of(Message(text="{{ metrics.ratio }}"), ANA, values)


def test_a_group_without_a_folder_has_a_name_and_no_metrics() -> None:
    ben = Recipient(
        key="b@x.example", email="b@x.example", name="", first_name="", last_name="", role="", account="Globex",
        timezone="Europe/Berlin",
    )  # fmt: skip
    values = values_of(workspace(), CAMPAIGN, ben)

    assert body_of(Message(text="{{ account.name }}"), ben, values).text.text == "Globex"
    with pytest.raises(TemplateError, match=r"there is no metrics\.ratio"):
        body_of(Message(text="{{ metrics.ratio }}"), ben, values)


def test_a_greeting_without_a_first_name_is_refused() -> None:
    values = {"contact": {"first_name": ""}}

    with pytest.raises(TemplateError, match=r"contact\.first_name is empty"):
        Wording(Message(text="Hi {{ contact.first_name }}")).render("k", values)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param(Message(text="x"), True, id="no condition"),
        pytest.param(Message(text="x", only={"role": "VP Digital"}), True, id="role fits"),
        pytest.param(Message(text="x", only={"role": "VP Digital", "shop": "Acme FR"}), False, id="one does not fit"),
        pytest.param(Message(text="x", only={"height": "2 m"}), False, id="no such field"),
        pytest.param(Message(text="x", when="{{ metrics.ratio > 2 }}"), True, id="true"),
        pytest.param(Message(text="x", when="{{ metrics.ratio > 3 }}"), False, id="false"),
        pytest.param(Message(text="x", when="{% if contact.role == 'CFO' %}yes{% endif %}"), False, id="nothing"),
        pytest.param(Message(text="x", when=" 0 "), False, id="zero"),
    ],
)
def test_a_message_is_for_those_who_meet_its_conditions(message: Message, expected: bool) -> None:
    assert applies(message, values_of(workspace(), CAMPAIGN, ANA)) is expected


def test_a_contact_always_gets_the_same_variant_and_all_are_used() -> None:
    chosen = [variant_index(f"c{number}@acme.example", "sizes", 3) for number in range(300)]

    assert chosen == [variant_index(f"c{number}@acme.example", "sizes", 3) for number in range(300)]
    assert all(chosen.count(variant) > 70 for variant in range(3))


def test_another_message_draws_its_own_variant() -> None:
    keys = [f"c{number}@acme.example" for number in range(50)]

    assert [variant_index(key, "a", 2) for key in keys] != [variant_index(key, "b", 2) for key in keys]


def test_a_place_in_a_variant_leads_to_that_variant() -> None:
    text = '[[message]]\nsubjects = [\n  "First of all",\n  "Second best",\n]\ntext = "x"\n'
    document = Document.parse("a.toml", text)
    assert isinstance(document, Document)
    wording = Wording(Message(id="a", subjects=("First of all", "Second best"), text="x"), document, 0)

    assert {wording.render(f"c{number}", {}).subject.locate(0, 5).line for number in range(20)} == {3, 4}
