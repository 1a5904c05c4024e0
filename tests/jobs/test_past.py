"""What was sent, read back from the archive: its text, and to whom."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from fakes.workspaces import CAMPAIGN, edit, small_workspace, write

from dripper.drip.compose import Composer
from dripper.drip.delivery import Event
from dripper.jobs.lint_workspace import lint_workspace
from dripper.jobs.past import past_of, text_of
from dripper.jobs.schedule import approve, checked
from dripper.outbox.store import archive, campaigns, deliveries, enrolments
from dripper.outbox.store.engine import Store
from dripper.workspace.files import Loaded, load

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = date(2026, 12, 1)
CARTS = "Most of your carts are left after nine in the evening; a reminder at eight finds their owners still awake."
ASCII = "Carts = 61%, and a line that is not long.\n.\nFrom here on."
UMLAUTS = "Grüße aus Köln: 61 % – ein „Rätsel“, " * 4


def sent(root: Path, store: Store, *addresses: str) -> Loaded:
    """Schedule, and record the first message as sent to `addresses`."""
    loaded = load(root)
    workspace = loaded.workspace
    assert workspace is not None
    approve(store, workspace, checked(loaded, []).drafts, now=NOW)
    campaign = workspace.campaigns["acme/insights"]
    shell = workspace.shells[campaign.shell]
    with store.write() as connection:
        revision = campaigns.current(connection, campaign.id)
        assert revision is not None
        for key, one in enrolments.of_campaign(connection, campaign.id).items():
            if key not in addresses:
                continue
            recipient = next(each for each in workspace.recipients[campaign.id] if each.key == key)
            mail = Composer(workspace).compose(campaign, campaign.messages[0], recipient, shell=shell, date=NOW)
            row = deliveries.open_or_get(connection, one, message="carts", mailbox="dana", revision=1, at=NOW)
            row = deliveries.claim(
                connection, row, worker="w", lease_until=NOW, mailbox="dana", revision=revision.number, day=DAY, at=NOW
            )
            row = deliveries.apply(connection, row, Event.ATTEMPT, at=NOW)
            archive.keep(connection, row, mail.data)
            deliveries.apply(connection, row, Event.ACCEPT, at=NOW)
    return loaded


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_workspace(tmp_path)


@pytest.fixture
def store(root: Path):  # type: ignore[no-untyped-def]
    opened = Store.open("sqlite:///.dripper/dripper.db", root=root)
    yield opened
    opened.close()


@pytest.mark.parametrize("text", [ASCII, UMLAUTS, "ü" * 400, "naïve = 1"], ids=["plain", "mixed", "dense", "quoted"])
@pytest.mark.parametrize("cte", ["7bit", "quoted-printable", "base64"])
def test_the_text_of_a_mail_is_what_a_parser_reads(text: str, cte: str) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = "Grüße"
    if cte == "7bit" and not text.isascii():
        cte = "8bit"
    mail.set_content(text, charset="us-ascii" if text.isascii() else "utf-8", cte=cte)

    assert text_of(mail.as_bytes()).strip() == text.strip()


def test_of_a_mail_of_several_parts_the_plain_one_is_read() -> None:
    mail = EmailMessage(policy=SMTP)
    mail.set_content("Plain words.\n")
    mail.add_alternative("<p>Fine words.</p>", subtype="html")

    assert text_of(mail.as_bytes()) == "Plain words.\n"


def test_broken_base64_is_read_as_far_as_it_goes() -> None:
    assert isinstance(text_of(b"Content-Transfer-Encoding: base64\r\n\r\nAAA"), str)


def test_a_new_campaign_is_compared_with_what_its_readers_got(root: Path, store: Store) -> None:
    sent(root, store, "ana@acme.example")
    write(root, "campaigns/acme/later.toml", CAMPAIGN.replace("2026-12-01", "2027-03-02").replace("carts", "again"))
    edit(root, CARTS, "Nobody reads the third line of a note, so the second one has to do it all.")
    edit(root, "Shoes that", "Boots that", "campaigns/acme/later.toml")
    loaded = load(root)

    repeats = checked(loaded, ["acme/later"], past=past_of(store, loaded)).repeats
    assert [(problem.message_id, problem.message) for problem in repeats] == [
        ("again", 'nearly the same as "carts" in campaign acme/insights, which Ana Weber got on 1 Dec 2026'),
        ("sizes", 'nearly the same as "sizes" in campaigns/acme/insights.toml, which Ana Weber gets too'),
    ]


def test_a_message_that_was_sent_does_not_repeat_itself(root: Path, store: Store) -> None:
    loaded = sent(root, store, "ana@acme.example")

    assert lint_workspace(loaded, select=("repeat",), past=past_of(store, loaded)) == []


def test_a_repeat_that_weighs_as_an_error_is_not_scheduled(root: Path, store: Store) -> None:
    from dripper.errors import ProblemsError

    sent(root, store, "ana@acme.example")
    write(root, "campaigns/acme/later.toml", CAMPAIGN.replace("2026-12-01", "2027-03-02"))
    edit(root, "[workspace]", '[lint.severity]\nrepeat = "error"\n[workspace]', "dripper.toml")
    loaded = load(root)

    with pytest.raises(ProblemsError) as refused:
        checked(loaded, ["acme/later"], past=past_of(store, loaded))
    assert [problem.code for problem in refused.value.problems] == ["D404", "D404"]
