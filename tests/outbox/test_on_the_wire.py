"""Signatures, opt-out links, addresses of bounces and HTML, as they arrive at a real server."""

from __future__ import annotations

import re
import sys
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest
from fakes.dkim_keys import DOMAIN, SELECTOR, ed25519_key, is_signed, pem, rsa_key
from fakes.office import Office, workspace
from fakes.smtp_server import Sink
from fakes.workspaces import CAMPAIGN, edit, write

from dripper.drip.delivery import State
from dripper.drip.tokens import OptOut, read_bounce, read_opt_out
from dripper.outbox.store import archive, deliveries

# In the past: a signature of the future would not hold.
START, SLOT, NEXT = "2025-12-02", "2025-12-02T09:30:00+01:00", "2025-12-16T09:30:00+01:00"
SECRET = "0123456789abcdef0123456789abcdef"
OWN = 'url = "https://drip.north.example/", secret = { env = "DRIP_SECRET" }'


def season(root: Path, port: int, *, mailbox: str = "", optout: str = "", campaign: str = "") -> Office:
    text = CAMPAIGN.replace("2026-12-01", START).replace("\n[[message]]", f"{campaign}\n[[message]]", 1)
    workspace(root, port, campaign=text, extra=f"optout = {{ {optout} }}" if optout else "")
    settings = (root / "dripper.toml").read_text(encoding="utf-8")
    # An inline table has to stand above the first heading.
    if optout:
        settings = settings.replace(f"optout = {{ {optout} }}", "")
        settings = f"optout = {{ {optout} }}\n{settings}"
    write(root, "dripper.toml", settings.replace('signature = "Dana"', f'signature = "Dana"\n{mailbox}'))
    Office(root, now="2025-12-01T12:00:00+01:00").schedule()
    return Office(root, now=SLOT)


def send(office: Office) -> None:
    office.send(wires=office.wiring.wires)


def read(data: bytes) -> EmailMessage:
    message = BytesParser(policy=default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    return message


def archived(office: Office) -> list[bytes]:
    with office.wiring.store.read() as connection:
        rows = deliveries.of_campaign(connection, "acme/insights")
        found = [archive.content_of(connection, row) for row in rows if row.state is State.SENT]
    return [content for content in found if content is not None]


@pytest.mark.parametrize("key", [pytest.param(rsa_key, id="rsa"), pytest.param(ed25519_key, id="ed25519")])
def test_the_signature_holds_where_the_message_arrives(tmp_path: Path, key) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path, "key.pem", pem(key()))
    dkim = f'dkim = {{ selector = "{SELECTOR}", key = {{ file = "key.pem" }} }}'
    with Sink() as sink:
        office = season(tmp_path, sink.port, mailbox=dkim, campaign="html = true\n")
        send(office)
    (taken,) = sink.taken
    assert is_signed(taken.content, key())
    assert f"d={DOMAIN};".encode() in taken.content
    # What is kept is what left, the signature included.
    assert archived(office) == [taken.content]


def test_a_key_can_be_printed_by_a_command(tmp_path: Path) -> None:
    write(tmp_path, "key.pem", pem(rsa_key()))
    dkim = f'dkim = {{ selector = "{SELECTOR}", domain = "{DOMAIN}", key = {{ command = "cat key.pem" }} }}'
    with Sink() as sink:
        send(season(tmp_path, sink.port, mailbox=dkim))
    assert is_signed(sink.taken[0].content, rsa_key())


@pytest.mark.parametrize(
    ("key", "said"),
    [
        pytest.param("not a key but hunter2\n", "this is no private key", id="no key"),
        pytest.param(None, "cannot be read", id="no file"),
    ],
)
def test_a_key_that_cannot_sign_stops_its_mailbox_with_the_cure(tmp_path: Path, key: str | None, said: str) -> None:
    if key is not None:
        write(tmp_path, "key.pem", key)
    dkim = f'dkim = {{ selector = "{SELECTOR}", key = {{ file = "key.pem" }} }}'
    with Sink() as sink:
        office = season(tmp_path, sink.port, mailbox=dkim)
        summary = office.send(wires=office.wiring.wires)
    assert sink.taken == []
    assert said in summary.unusable["dana"]
    assert "hunter2" not in summary.unusable["dana"]
    assert office.counts() == {"due": 2}


def test_without_the_package_that_signs_the_mailbox_stops_with_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "key.pem", pem(rsa_key()))
    monkeypatch.setitem(sys.modules, "dkim", None)
    monkeypatch.delitem(sys.modules, "dripper.drip.signing", raising=False)
    with Sink() as sink:
        office = season(
            tmp_path, sink.port, mailbox=f'dkim = {{ selector = "{SELECTOR}", key = {{ file = "key.pem" }} }}'
        )
        summary = office.send(wires=office.wiring.wires)
    assert sink.taken == []
    assert "pip install 'dripper[dkim]'" in summary.unusable["dana"]


def test_a_link_opts_out_with_one_click_and_the_mailbox_stays_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRIP_SECRET", SECRET)
    with Sink() as sink:
        send(season(tmp_path, sink.port, optout=OWN))
    (taken,) = sink.taken
    head = taken.content.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").decode()
    found = re.search(
        r"\r\nList-Unsubscribe: <https://drip\.north\.example/o/([\w-]+)>, "
        r"<mailto:dana@north\.example\?subject=unsubscribe>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        head + "\r\n",
    )
    assert found is not None, head
    assert read_opt_out(found[1], secret=SECRET.encode()) == OptOut(workspace="North", contact="c0@acme.example")


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    with Sink() as sink:
        office = season(tmp_path, sink.port, optout='url = "https://drip.north.example"', campaign="thread = true\n")
        send(office)
        made = (tmp_path / ".dripper" / "secret").read_text()
        send(office.at(NEXT))
    assert (tmp_path / ".dripper" / "secret").read_text() == made
    assert (tmp_path / ".dripper" / "secret").stat().st_mode & 0o777 == 0o600
    assert len(made.strip()) == 64
    links = [re.search(rb"/o/([\w-]+)>", taken.content.replace(b"\r\n ", b"")) for taken in sink.taken]
    tokens = {link[1].decode() for link in links if link}
    assert len(sink.taken) == 2
    assert len(tokens) == 1
    assert read_opt_out(tokens.pop(), secret=made.strip().encode()) is not None


def test_without_a_setting_that_needs_one_no_secret_is_made(tmp_path: Path) -> None:
    with Sink() as sink:
        send(season(tmp_path, sink.port))
    assert len(sink.taken) == 1
    assert not (tmp_path / ".dripper" / "secret").exists()


def test_bounces_come_back_to_an_address_that_names_the_message(tmp_path: Path) -> None:
    with Sink() as sink:
        send(season(tmp_path, sink.port, mailbox="verp = true"))
    (taken,) = sink.taken
    assert read(taken.content)["From"] == "Dana Ruiz <dana@north.example>"
    begin = read_bounce(taken.sender, secret=(tmp_path / ".dripper" / "secret").read_text().strip().encode())
    assert begin is not None
    assert taken.message_id.startswith(f"<{begin}")


def test_html_comes_second_and_shows_values_as_they_are(tmp_path: Path) -> None:
    with Sink() as sink:
        office = season(tmp_path, sink.port, campaign="html = true\n")
        edit(tmp_path, '{{ contact.first_name }},"', '<b>{{ contact.first_name }}</b> & co,"')
        Office(tmp_path, now="2025-12-01T13:00:00+01:00").schedule()
        send(office.at(SLOT))
    message = read(sink.taken[0].content)
    text, html = message.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert text.get_content().startswith("Hi <b>C0</b> & co,\r\n")
    assert "<p>Hi &lt;b&gt;C0&lt;/b&gt; &amp; co,</p>" in html.get_content()
    assert "<title>Carts after nine, C0</title>" in html.get_content()


def test_a_shell_of_ones_own_is_frozen_with_the_campaign(tmp_path: Path) -> None:
    write(tmp_path, "templates/plain.html.j2", "<p>mine</p>{{ text }}")
    with Sink() as sink:
        office = season(tmp_path, sink.port, campaign="html = true\n")
        write(tmp_path, "templates/plain.html.j2", "<p>changed later</p>{{ text }}")
        send(office.at(SLOT))
    html = read(sink.taken[0].content).get_body(("html",))
    assert html is not None
    assert html.get_content().startswith("<p>mine</p><p>Most of your carts")
