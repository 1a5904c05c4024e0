"""What is kept from one mail to the next changes none: each is what the email package makes of it alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from fakes.workspaces import small_workspace
from hypothesis import example, given
from hypothesis import strategies as st

from dripper.drip.addresses import wire_address
from dripper.drip.assembly import assembled
from dripper.drip.body import carried
from dripper.drip.compose import Composer, compose, message_id_for
from dripper.drip.headers import ComposeError, Field
from dripper.drip.letterhead import letterhead_of
from dripper.drip.proof import Proof
from dripper.drip.thread import Thread
from dripper.drip.tokens import bounce_address, opt_out_token, opt_out_url
from dripper.workspace.files import load
from dripper.workspace.model.address import Sender
from dripper.workspace.model.settings import Mailbox, OptOut
from dripper.workspace.model.values import Zone
from dripper.workspace.model.workspace import Workspace

SECRET = b"s" * 32
LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=90)
WORDS = st.lists(st.sampled_from(["Ana", "O'Neil", "=?", "a.b", "Zoë", "x" * 30, "=?x?=", "(Kim)"]), max_size=5)
NAME = LINE | WORDS.map(" ".join) | st.from_regex(r"[A-Z][a-z]{1,9}( [A-Z][a-z]{1,30}){0,3}", fullmatch=True)
LOCAL = st.text("abcxyz0189.é'+_-=?", min_size=1, max_size=64) | st.from_regex(
    r"[a-z]{1,20}\.[a-z]{1,20}", fullmatch=True
)
EMAIL = st.builds(
    "{}@{}".format, LOCAL, st.sampled_from(["acme.example", "bücher.example", f"{'a' * 60}.example", "x"])
)
SENDER = st.builds(lambda name, email: Sender(f"{name} <{email}>"), LINE, EMAIL)
TEXT = st.lists(LINE, max_size=4).map("\n".join)
THREAD = st.builds(
    lambda count, subject: Thread(message_ids=tuple(f"<{n:040d}@n.example>" for n in range(count)), subject=subject),
    st.integers(1, 9),
    LINE,
)
LINK = st.integers(1, 300).map(lambda length: f"https://out.example/o/{'t' * length}")
OFFSET = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
DATE = st.datetimes(datetime(1900, 1, 2), datetime(2999, 12, 30), timezones=OFFSET)


@st.composite
def proofs(draw: st.DrawFn) -> Proof:
    parts = {"greeting": "", "text": "", "signature": "", "footer": ""}
    return Proof(
        **parts,
        name=draw(NAME),
        email=draw(EMAIL),
        subject=draw(NAME),
        body=draw(TEXT),
        html=draw(st.none() | TEXT),
    )


def by_the_library(
    proof: Proof, mailbox: Mailbox, message_id: str, date: datetime, thread: Thread | None, opt_out: str | None
) -> bytes:
    """Put the same mail together with nothing kept, and none of the short cuts."""
    own = wire_address("From", mailbox.from_.name, mailbox.from_.address)
    fields: list[Field] = [("From", own), ("To", wire_address("To", proof.name, proof.email))]
    if mailbox.reply_to is not None:
        fields.append(("Reply-To", wire_address("Reply-To", mailbox.reply_to.name, mailbox.reply_to.address)))
    fields += [("Subject", thread.answer if thread else proof.subject), ("Date", format_datetime(date))]
    fields.append(("Message-ID", message_id))
    if thread is not None:
        fields += [("In-Reply-To", thread.message_ids[-1]), ("References", " ".join(thread.message_ids))]
    mailto = letterhead_of.__wrapped__(mailbox.from_, None).mailto
    fields.append(("List-Unsubscribe", mailto if opt_out is None else f"<{opt_out}>, {mailto}"))
    if opt_out is not None:
        fields.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return assembled(fields, [carried(text) for text in (proof.body, proof.html) if text is not None])


@given(
    proof=proofs(),
    sender=SENDER,
    reply_to=st.none() | SENDER,
    date=DATE,
    thread=st.none() | THREAD,
    opt_out=st.none() | LINK,
)
def test_a_mail_is_what_the_library_makes_of_it(
    proof: Proof,
    sender: Sender,
    reply_to: Sender | None,
    date: datetime,
    thread: Thread | None,
    opt_out: str | None,
) -> None:
    mailbox = Mailbox(from_=sender, reply_to=reply_to)
    expected: bytes | None = None
    try:
        expected = by_the_library(proof, mailbox, "<1@north.example>", date, thread, opt_out)
    except ComposeError:
        with pytest.raises(ComposeError):
            compose(proof, mailbox=mailbox, message_id="<1@north.example>", date=date, thread=thread, opt_out=opt_out)
        return
    made = compose(proof, mailbox=mailbox, message_id="<1@north.example>", date=date, thread=thread, opt_out=opt_out)
    addresses = [wire_address("To", "", each).address for each in (sender.address, proof.email)]
    assert made.data == expected
    assert [made.sender, made.recipient] == addresses
    also = [] if reply_to is None else [reply_to.address.rpartition("@")[0]]
    assert made.needs_smtputf8 == (not "".join([*addresses, *also]).isascii())


@given(name=NAME, email=EMAIL)
@example("Ana", "ana@acme.example")
@example("A" * 54, "a@acme.example")
@example("A" * 55, "a@acme.example")
@example("A" * 56, "a@acme.example")
@example("", "ana@acme.example")
@example("Ana ", "ana@acme.example")
@example("Ana <x@y.example>", "ana@acme.example")
@example("=?utf-8?q?x?=", "ana@acme.example")
@example("Ana", "a=?utf-8?q?x?=@acme.example")
@example("Ana", "a..b@acme.example")
def test_a_reader_is_named_as_the_library_names_them(name: str, email: str) -> None:
    proof = Proof(name=name, email=email, subject="", greeting="", text="", signature="", footer="", body="")
    mailbox = Mailbox(from_=Sender("dana@north.example"))
    date = datetime(2026, 12, 1, tzinfo=UTC)
    data = compose(proof, mailbox=mailbox, message_id="<1@x>", date=date).data
    assert data == by_the_library(proof, mailbox, "<1@x>", date, None, None)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    found = load(small_workspace(tmp_path_factory.mktemp("small"))).workspace
    assert found is not None
    return found


ZONES = ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"]


@pytest.mark.parametrize("zone", ZONES)
def test_the_date_is_written_in_the_zone_of_the_workspace_whatever_was_written_before(
    workspace: Workspace, zone: str
) -> None:
    table = workspace.settings.workspace
    settings = replace(workspace.settings, workspace=replace(table, timezone=Zone(zone)))
    composer = Composer(replace(workspace, settings=settings))
    campaign = workspace.campaigns["acme/insights"]
    to = workspace.recipients[campaign.id][0]

    @given(first=DATE, later_us=st.integers(0, 3_000_000))
    @example(datetime(2026, 10, 25, 0, 59, 59, 999_999, tzinfo=UTC), 1)
    @example(datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC), 500_000)
    def check(first: datetime, later_us: int) -> None:
        for date in (first, first + timedelta(microseconds=later_us)):
            data = composer.compose(campaign, campaign.messages[0], to, shell="{{ text }}", date=date).data
            written = format_datetime(date.astimezone(ZoneInfo(zone)))
            assert f"\r\nDate: {written}\r\n".encode() in data

    check()


@given(order=st.lists(st.tuples(*(st.integers(0, 1) for _ in range(5))), min_size=2, max_size=8))
def test_a_composer_keeps_nothing_of_one_mail_for_another(workspace: Workspace, order: list[tuple[int, ...]]) -> None:
    """Campaigns, messages, readers, shells and mailboxes in any order: each mail as if it were the only one."""
    plain = workspace.settings.mailboxes["dana"]
    other = replace(plain, from_=Sender("Eva <eva@south.example>"), reply_to=Sender("Team <t@x.example>"), verp=True)
    settings = replace(
        workspace.settings, mailboxes={"dana": plain, "eva": other}, optout=OptOut(url="https://out.example/page")
    )
    known = replace(workspace, settings=settings)
    base = workspace.campaigns["acme/insights"]
    campaigns = [base, replace(base, greeting="Dear {{ contact.first_name }},", mailbox="eva")]
    composer = Composer(known, secret=SECRET)
    date = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    for which, number, person, framed, second in order:
        campaign, to = campaigns[which], workspace.recipients[base.id][person]
        message, shell = campaign.messages[number], ("{{ greeting }} {{ text }}", "{{ text }}")[framed]
        mailbox, moment = (plain, other)[which], date + timedelta(seconds=second)
        domain = mailbox.from_.address.rpartition("@")[2]
        message_id = message_id_for("North", to.key, campaign.id, message.id, domain)
        made = composer.compose(campaign, message, to, shell=shell, date=moment)
        proof = Composer(known).proof(campaign, message, to, shell=shell)
        url = opt_out_url("https://out.example/page", opt_out_token("North", to.key, secret=SECRET))
        local = moment.astimezone(ZoneInfo("Europe/Berlin"))
        assert made.data == by_the_library(proof, mailbox, message_id, local, None, url)
        address = mailbox.from_.address
        assert made.sender == (bounce_address(address, message_id, secret=SECRET) if which else address)
