"""The final bytes, read back by the email package and looked at as they are."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.drip.compose import Composed, compose, message_id_for
from dripper.drip.headers import ComposeError
from dripper.drip.proof import Proof
from dripper.drip.thread import Thread
from dripper.drip.wire import check_wire
from dripper.workspace.model.address import Sender
from dripper.workspace.model.settings import Mailbox

DATE = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)


def composed(
    *,
    sender: str = "Dana Ruiz <dana@north.example>",
    reply_to: str | None = None,
    thread: Thread | None = None,
    **changes: Any,
) -> Composed:
    parts = {"greeting": "Hi Ana,", "text": "Text.", "signature": "Dana", "footer": ""}
    values = {
        "name": "Ana Weber",
        "email": "ana@acme.example",
        "subject": "Carts",
        "body": "Hi Ana,\n\nText.\n\nDana\n",
    }
    mailbox = Mailbox(from_=Sender(sender), reply_to=Sender(reply_to) if reply_to else None)
    return compose(
        Proof(**{**parts, **values, **changes}),
        mailbox=mailbox,
        message_id="<1@north.example>",
        date=DATE,
        thread=thread,
    )


def read(data: bytes) -> EmailMessage:
    message = BytesParser(policy=default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    return message


def head(data: bytes) -> str:
    return data.partition(b"\r\n\r\n")[0].decode()


def unfolded(data: bytes, name: str) -> str:
    lines = head(data).replace("\r\n ", " ").split("\r\n")
    return next(line.removeprefix(f"{name}: ") for line in lines if line.startswith(f"{name}: "))


def ids(count: int) -> tuple[str, ...]:
    return tuple(f"<{number:040d}@north.example>" for number in range(count))


def test_a_plain_message_has_these_bytes() -> None:
    assert composed().data == (
        b"From: Dana Ruiz <dana@north.example>\r\n"
        b"To: Ana Weber <ana@acme.example>\r\n"
        b"Subject: Carts\r\n"
        b"Date: Tue, 01 Dec 2026 08:30:00 +0000\r\n"
        b"Message-ID: <1@north.example>\r\n"
        b"List-Unsubscribe: <mailto:dana@north.example?subject=unsubscribe>\r\n"
        b'Content-Type: text/plain; charset="us-ascii"\r\n'
        b"Content-Transfer-Encoding: 7bit\r\n"
        b"MIME-Version: 1.0\r\n"
        b"\r\n"
        b"Hi Ana,\r\n\r\nText.\r\n\r\nDana\r\n"
    )


def test_one_instant_in_two_zones_is_written_in_each() -> None:
    proof = Proof(name="", email="a@b.example", subject="", greeting="", text="", signature="", footer="", body="")
    mailbox = Mailbox(from_=Sender("dana@north.example"))
    dates = [DATE.astimezone(ZoneInfo(zone)) for zone in ("UTC", "Europe/Berlin", "Asia/Kathmandu")]
    written = [read(compose(proof, mailbox=mailbox, message_id="<1@x>", date=date).data)["Date"] for date in dates]
    assert [date.rpartition(" ")[2] for date in written] == ["+0000", "+0100", "+0545"]


def test_the_envelope_is_the_bare_addresses() -> None:
    result = composed()
    assert (result.sender, result.recipient, result.needs_smtputf8) == ("dana@north.example", "ana@acme.example", False)


NAMES = [
    'Müller, Anna "x"',
    'Weber, Ana "the boss" <x@y.example>',
    "Ana (Leitung) Weber",
    r"back\slash",
    "a.b@c, d;",
    "=?utf-8?q?not_encoded?=",
    "Ana",
    "安娜",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_back_as_it_was(name: str) -> None:
    to = read(composed(name=name).data)["To"]
    assert [(person.display_name, person.addr_spec) for person in to.addresses] == [(name, "ana@acme.example")]


def test_white_space_in_a_name_is_one_space() -> None:
    assert read(composed(name=" Ana\t  Weber ").data)["To"] == "Ana Weber <ana@acme.example>"


def test_a_quoted_name_of_the_mailbox_comes_back_without_its_quotes() -> None:
    sender = read(composed(sender=r'"Müller, Anna \"x\"" <dana@north.example>').data)["From"].addresses[0]
    assert (sender.display_name, sender.addr_spec) == ('Müller, Anna "x"', "dana@north.example")


def test_a_long_name_is_folded_between_encoded_words() -> None:
    name = "Zoë Österreich-Weber von und zu Hohenlohe-Langenburg (Leitung Übersee, Frühjahr und Herbst)"
    encoded, _, address = unfolded(composed(name=name).data, "To").rpartition(" ")
    assert (str(make_header(decode_header(encoded))), address) == (name, "<ana@acme.example>")


SUBJECTS = [
    "Your carts after 9 pm",
    "Grüße aus Köln " * 20,
    "Ünïcödé" * 43,
    "x" * 300,
    "x" * 1500,
    "word " * 100 + "end",
    "two  spaces and a tab\t",
    " around ",
    "=?utf-8?q?looks_encoded?=",
    "売上" * 80,
    "👩‍👩‍👧" * 30,
    "",
]


@pytest.mark.parametrize("subject", SUBJECTS, ids=range(len(SUBJECTS)))
def test_a_subject_comes_back_as_it_was(subject: str) -> None:
    data = composed(subject=subject).data
    assert read(data)["Subject"] == subject
    assert all(len(line) <= 76 or b" " not in line.strip()[9:] for line in head(data).encode().split(b"\r\n"))


def test_no_encoded_word_is_longer_than_75() -> None:
    words = re.findall(r"=\?.*?\?=(?=\s|$)", head(composed(subject="Grüße aus Köln " * 20).data))
    assert len(words) > 1
    assert max(map(len, words)) <= 75


def test_a_long_list_of_references_is_folded_and_never_encoded() -> None:
    data = composed(thread=Thread(message_ids=ids(30), subject="Carts")).data
    assert "=?" not in head(data)
    assert read(data)["References"] == " ".join(ids(30))
    assert max(len(line) for line in head(data).split("\r\n")) <= 78


def test_a_follow_up_answers_the_newest_message_and_names_them_all() -> None:
    message = read(composed(thread=Thread(message_ids=ids(3), subject="Carts"), subject="Other").data)
    assert (message["In-Reply-To"], message["References"]) == (ids(3)[-1], " ".join(ids(3)))
    assert message["Subject"] == "Re: Carts"


def test_a_long_unsubscribe_address_is_never_encoded() -> None:
    address = f"{'a' * 60}@{'.'.join(['b' * 60] * 3)}.example"
    data = composed(sender=f"Dana <{address}>").data
    assert f"List-Unsubscribe: <mailto:{address}?subject=unsubscribe>\r\n".encode() in data


def test_replies_go_where_the_mailbox_says() -> None:
    assert read(composed(reply_to="Team <team@north.example>").data)["Reply-To"] == "Team <team@north.example>"


def test_a_domain_goes_in_its_ascii_form() -> None:
    result = composed(email="ana@bücher.example")
    assert (result.recipient, result.needs_smtputf8) == ("ana@xn--bcher-kva.example", False)
    assert result.data.isascii()


def test_a_local_part_that_is_not_ascii_needs_smtputf8_and_is_not_encoded() -> None:
    result = composed(email="josé@acme.example")
    assert result.needs_smtputf8
    assert "To: Ana Weber <josé@acme.example>\r\n".encode() in result.data


def test_a_mailbox_that_is_not_ascii_gives_an_ascii_unsubscribe_link() -> None:
    result = composed(sender="José <josé@north.example>")
    assert b"List-Unsubscribe: <mailto:jos%C3%A9@north.example?subject=unsubscribe>\r\n" in result.data
    assert result.needs_smtputf8


@pytest.mark.parametrize("field", ["name", "email", "subject"])
@pytest.mark.parametrize("character", ["\r", "\n", "\0", "\r\nBcc: x@y.example\r\n"], ids=["CR", "LF", "NUL", "CRLF"])
def test_a_line_break_or_a_nul_in_a_header_is_refused(field: str, character: str) -> None:
    with pytest.raises(ComposeError):
        composed(**{field: f"ana{character}@acme.example"})


@pytest.mark.parametrize("address", ["ana", "@acme.example", "ana@", "a b@c.example", "a@b.example, c@d.example"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ComposeError):
        composed(email=address)


def test_a_nul_in_the_text_is_refused() -> None:
    with pytest.raises(ComposeError, match="NUL"):
        composed(body="a\0b\n")


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ComposeError, match="surrogate"):
        composed(body="a\ud83db\n")
    with pytest.raises(ComposeError, match="surrogate"):
        composed(subject="a\ud83db")


BODIES = [
    ("ascii", "Plain.\n", "7bit"),
    ("dots", ".\n..\n.hidden\nFrom me\n", "7bit"),
    ("latin", "Grüße, mostly plain text with few others.\n", "quoted-printable"),
    ("japanese", "売上が伸びました。" * 3 + "\n", "base64"),
    ("long ascii line", "x" * 1500 + "\n", "quoted-printable"),
    ("long other line", "ü" * 1500 + "\n", "base64"),
    ("control", "bell \x07 and form feed \x0c\n", "quoted-printable"),
    ("spaces at the end", "Grüße, mostly plain  \n-- \n", "quoted-printable"),
    ("unicode line separators", "a\u2028b\u0085c\n", "base64"),
]


@pytest.mark.parametrize(("body", "cte"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_a_text_is_carried_by_the_plainest_encoding_that_any_server_takes(body: str, cte: str) -> None:
    data = composed(body=body).data
    message = read(data)
    assert message["Content-Transfer-Encoding"] == cte
    assert text_of(message) == body
    assert max(map(len, data.split(b"\r\n"))) <= (998 if cte == "7bit" else 78)


def text_of(message: EmailMessage) -> str:
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode().replace("\r\n", "\n")


def test_old_line_ends_in_a_text_become_line_ends() -> None:
    assert text_of(read(composed(body="a\rb\r\nc\n").data)) == "a\nb\nc\n"


def test_a_message_id_depends_on_workspace_contact_campaign_and_message_and_on_nothing_else() -> None:
    ids = {
        message_id_for(workspace, contact, campaign, message, "north.example")
        for workspace in ("North", "South")
        for contact in ("a@x.example", "b@x.example")
        for campaign in ("c", "d")
        for message in ("m", "n")
    }
    assert len(ids) == 16
    assert message_id_for("N", "a", "c", "m", "bücher.example") == message_id_for("N", "a", "c", "m", "bücher.example")
    assert all(re.fullmatch(r"<[0-9a-f]{40}@north\.example>", each) for each in ids)


def test_nothing_in_a_message_tracks() -> None:
    data = composed(body="See you.\n").data
    assert b"http" not in data
    assert b"<img" not in data


@pytest.mark.parametrize(
    "data",
    [
        b"A: b\r\n\r\na\nb\r\n",
        b"A: b\r\n\r\na\rb\r\n",
        b"A: b\r\n\r\na\0\r\n",
        b"References: =?utf-8?q?x?=\r\n\r\n",
        b"References: <a@b>\r\n =?utf-8?q?x?=\r\n\r\n",
        b"A: b\r\n\r\n" + b"x" * 999 + b"\r\n",
    ],
    ids=["LF", "CR", "NUL", "encoded", "encoded later", "long"],
)
def test_the_last_look_at_the_bytes_refuses(data: bytes) -> None:
    with pytest.raises(ComposeError):
        check_wire(data)


@given(lengths=st.lists(st.integers(0, 60) | st.integers(990, 1005), max_size=30), ended=st.booleans())
def test_the_last_look_finds_every_line_that_is_too_long_and_no_other(lengths: list[int], ended: bool) -> None:
    data = b"\r\n".join(b"x" * length for length in lengths) + b"\r\n" * ended
    if all(length <= 998 for length in lengths):
        check_wire(data)
    else:
        with pytest.raises(ComposeError, match="longer than 998"):
            check_wire(data)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=300)
WORDS = st.lists(st.text('abcü =?_.,"\\<>@', min_size=1, max_size=90), max_size=12).map(" ".join)


@given(subject=TEXT | WORDS, body=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")))
def test_any_subject_and_text_make_the_round_trip(subject: str, body: str) -> None:
    data = composed(subject=subject, body=body.strip("\n") + "\n").data
    message = read(data)
    assert message["Subject"] == subject
    assert text_of(message) == body.strip("\n") + "\n"
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", data)


@given(name=TEXT.map(lambda text: text[:30]) | WORDS.map(lambda text: text[:30]))
def test_any_name_makes_the_round_trip(name: str) -> None:
    data = composed(name=name).data
    to = unfolded(data, "To")
    assert to.endswith("<ana@acme.example>" if name.split() else "ana@acme.example")
    assert [person.addr_spec for person in read(data)["To"].addresses] == ["ana@acme.example"]
    if len(to) < 70:
        assert read(data)["To"].addresses[0].display_name == " ".join(name.split())
