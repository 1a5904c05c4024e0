"""What the record says was given is what the ledger counts, and stands in the brief."""

from pathlib import Path

from fakes.office import Office, at_slot, workspace
from fakes.smtp_server import DROP, Rude, Sink
from fakes.workspaces import CAMPAIGN, edit, write

from dripper.jobs.gifts import gifts_given
from dripper.jobs.replied import replied
from dripper.pages.brief.gifts import gift_blocks, gifts_json
from dripper.pages.layout import Table, Text
from dripper.prep.gifts import Gifts
from dripper.workspace.model.account import Category


def given(office: Office, account: str = "acme") -> Gifts:
    return gifts_given(office.wiring.store_to_read, office.wiring.workspace, account, now=office.now)


def test_without_a_record_that_is_said(tmp_path: Path) -> None:
    found = given(Office(workspace(tmp_path, 25)))

    assert not found.is_recorded
    (block,) = gift_blocks(found)
    assert isinstance(block, Text)
    assert block.text.startswith("Nothing is recorded yet")


def test_what_was_given_is_what_the_ledger_counts(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=3))
        assert given(office).gifts == ()
        office.run()

    found = given(office)
    assert found.count == office.counts()["sent"] == len(sink.taken) == 6
    assert [(gift.message, gift.count) for gift in found.gifts] == [("carts", 3), ("sizes", 3)]
    assert found.gifts[0].gift == "When to send the reminder"
    assert found.gifts[1].subject == "Sizes"
    assert found.gifts[0].people == ("C0 Weber", "C1 Weber", "C2 Weber")
    assert [str(gift.first_on) for gift in found.gifts] == ["2026-12-01", "2026-12-15"]


def test_what_is_in_doubt_is_told_apart_as_in_the_ledger(tmp_path: Path) -> None:
    with Rude({"DOT": DROP}) as server:
        office = at_slot(workspace(tmp_path, server.port, contacts=2))
        office.send()

    found = given(office)
    assert found.in_doubt == office.counts()["unknown"]
    assert found.count == office.counts().get("sent", 0)


def test_an_answer_stands_beside_its_gift(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=2))
        office.send()
        replied(office.wiring.store, office.wiring.workspace, "c1@acme.example", "Clever!", now=office.now)

    found = given(office)
    assert [(answer.name, answer.words) for answer in found.gifts[0].answers] == [("C1 Weber", "Clever!")]
    summary, table, answers = gift_blocks(found)
    assert isinstance(summary, Text)
    assert summary.text == "2 messages to 2 people; 1 of them answered."
    assert isinstance(table, Table)
    assert "Clever!" in str(answers)


def test_a_rehearsal_before_the_end_of_the_record_knows_nothing_later(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=2))
        office.run()
    replied(office.wiring.store, office.wiring.workspace, "c1@acme.example", "Clever!", now=office.now)

    assert [gift.message for gift in given(office).gifts] == ["carts", "sizes"]
    earlier = given(office.at("2026-12-05T09:00:00+01:00"))
    assert [(gift.message, gift.count, gift.answers) for gift in earlier.gifts] == [("carts", 2, ())]
    assert given(office.at("2026-11-30T09:00:00+01:00")).gifts == ()


def test_a_gift_keeps_the_words_it_was_given_with_but_what_it_prepares_may_be_said_later(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        office.send()
    edit(tmp_path, "When to send the reminder", "Something else")
    edit(tmp_path, 'every = "2 weeks"', 'every = "2 weeks"\nprepares = "performance"')

    (gift,) = given(office.at("2026-12-02T09:00:00+01:00")).gifts
    assert (gift.gift, gift.prepares) == ("When to send the reminder", Category.PERFORMANCE)


def test_another_account_s_gifts_are_not_among_them(tmp_path: Path) -> None:
    root = workspace(tmp_path, 25, campaign=CAMPAIGN.replace("every =", 'accounts = ["acme", "globex"]\nevery ='))
    write(
        root,
        "campaigns/globex/account.toml",
        'name = "Globex"\n[[contact]]\nname = "Kim"\nemail = "kim@globex.example"\n',
    )
    with Sink() as sink:
        edit(root, "port = 25", f"port = {sink.port}", "dripper.toml")
        office = at_slot(root)
        office.send()

    assert [given(office, account).gifts[0].people for account in ("acme", "globex")] == [("C0 Weber",), ("Kim",)]
    data = gifts_json(given(office, "globex"))
    assert data is not None
    assert (data["sent"], data["messages"][0]["to"]) == (1, ["Kim"])
