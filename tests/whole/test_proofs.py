"""`dripper schedule --to-me`: the proofs of a campaign in one's own inbox, over a real SMTP server."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.smtp_server import Rude, Sink
from fakes.workspaces import edit, small_workspace

NOW = ("--now", "2026-11-20T12:00:00+01:00")
SETTINGS = "dripper.toml"
SERVER = 'smtp = { host = "127.0.0.1", port = 25, security = "none" }'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_workspace(tmp_path)


def connect(root: Path, port: int) -> None:
    edit(root, SERVER, SERVER.replace("25", str(port)) + "\nrehearsal = true", SETTINGS)


def read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_every_message_comes_once_as_the_first_contact_gets_it_and_nothing_is_recorded(root: Path) -> None:
    with Sink() as sink:
        connect(root, sink.port)
        done = dripper(*NOW, "schedule", "acme/insights", "--to-me", cwd=root)
    assert (done.returncode, done.stdout) == (0, "Sent 2 proofs to dana@north.example. Nothing was scheduled.\n")
    assert "acme/insights, carts: as Ana Weber gets it" in done.stderr
    assert [(mail.sender, mail.recipient) for mail in sink.taken] == [("dana@north.example", "dana@north.example")] * 2
    carts, sizes = (read(mail.content) for mail in sink.taken)
    assert (carts["Subject"], sizes["Subject"]) == ("[proof] Carts after nine, Ana", "[proof] Sizes")
    assert carts["To"] == "Dana Ruiz <dana@north.example>"
    assert carts.get_content().startswith("Hi Ana,\r\n\r\nMost of your carts")
    assert "ana@acme.example" not in sink.taken[0].content.decode()
    assert not (root / ".dripper" / "rehearsal.db").exists()
    assert json.loads(dripper(*NOW, "ledger", "--json", cwd=root).stdout)["campaigns"] == []


def test_what_was_proved_is_scheduled_and_sent_as_if_it_had_not_been(root: Path) -> None:
    with Sink() as sink:
        connect(root, sink.port)
        assert dripper(*NOW, "schedule", "--to-me", cwd=root).returncode == 0
        assert dripper(*NOW, "schedule", "--yes", cwd=root).returncode == 0
        assert dripper(*NOW, "schedule", "--to-me", cwd=root).returncode == 0
        done = dripper(*NOW, "run", "--until", "2027-02-01T12:00:00+01:00", cwd=root)
    assert "4 sent" in done.stdout
    assert [mail.recipient for mail in sink.taken].count("ana@acme.example") == 2
    assert len({mail.message_id for mail in sink.taken[2:]}) == len(sink.taken) - 2


@pytest.mark.parametrize("order", [("acme/insights", "--to-me", "me@home.example"), ("--to-me", "me@home.example")])
def test_another_address_gets_them(root: Path, order: tuple[str, ...]) -> None:
    with Sink() as sink:
        connect(root, sink.port)
        assert dripper(*NOW, "schedule", *order, cwd=root).returncode == 0
    assert [mail.recipient for mail in sink.taken] == ["me@home.example"] * 2
    assert read(sink.taken[0].content)["To"] == "me@home.example"


def test_a_campaign_behind_the_option_is_no_address(root: Path) -> None:
    with Sink() as sink:
        connect(root, sink.port)
        done = dripper(*NOW, "schedule", "--to-me", "acme/insights", cwd=root)
        unknown = dripper(*NOW, "schedule", "--to-me", "acme/insigts", cwd=root)
    assert (done.returncode, len(sink.taken)) == (0, 2)
    assert unknown.returncode == 2
    assert "did you mean 'acme/insights'?" in unknown.stderr


def test_a_message_that_the_first_contact_does_not_get_is_shown_as_the_next_one_gets_it(root: Path) -> None:
    edit(root, 'subject = "Sizes"', 'subject = "Sizes"\nwhen = "{{ contact.first_name == \'Ben\' }}"')
    with Sink() as sink:
        connect(root, sink.port)
        done = dripper(*NOW, "schedule", "--to-me", cwd=root)
    assert "acme/insights, sizes: as Ben Maier gets it" in done.stderr
    assert read(sink.taken[1].content).get_content().startswith("Hi Ben,")


def test_a_thread_of_proofs_answers_itself(root: Path) -> None:
    edit(root, 'every = "2 weeks"', 'every = "2 weeks"\nthread = true')
    with Sink() as sink:
        connect(root, sink.port)
        assert dripper(*NOW, "schedule", "--to-me", cwd=root).returncode == 0
    first, second = (read(mail.content) for mail in sink.taken)
    assert second["In-Reply-To"] == first["Message-ID"]
    assert second["Subject"] == "Re: [proof] Carts after nine, Ana"


def test_a_proof_has_no_link_that_would_speak_for_the_contact(root: Path) -> None:
    edit(root, "[mailbox.dana]", '[optout]\nurl = "https://drip.north.example"\n[mailbox.dana]\nverp = true', SETTINGS)
    with Sink() as sink:
        connect(root, sink.port)
        assert dripper(*NOW, "schedule", "--to-me", cwd=root).returncode == 0
    assert b"drip.north.example" not in sink.taken[0].content
    assert sink.taken[0].sender == "dana@north.example"


def test_drafts_become_files(root: Path) -> None:
    edit(root, SERVER, 'via = "drafts"', SETTINGS)
    done = dripper("schedule", "acme/insights", "--to-me", cwd=root)
    assert done.returncode == 0, done.stderr
    assert len(list((root / "drafts").glob("*-dana@north.example-*.eml"))) == 2


def test_errors_refuse_it_as_they_refuse_to_schedule(root: Path) -> None:
    edit(root, "as two shops found out", "shall we talk about it?")
    with Sink() as sink:
        connect(root, sink.port)
        done = dripper(*NOW, "schedule", "--to-me", cwd=root)
    assert (done.returncode, sink.taken) == (1, [])
    assert "nothing was scheduled" in done.stderr


def test_a_real_mailbox_sends_nothing_in_a_rehearsal_and_a_rehearsal_one_nothing_for_real(root: Path) -> None:
    with Sink() as sink:
        edit(root, "port = 25", f"port = {sink.port}", SETTINGS)
        rehearsed = dripper(*NOW, "schedule", "--to-me", cwd=root)
        edit(root, 'signature = "Dana"', 'signature = "Dana"\nrehearsal = true', SETTINGS)
        real = dripper("schedule", "--to-me", cwd=root)
    assert (rehearsed.returncode, real.returncode, sink.taken) == (2, 2, [])
    assert "a rehearsal (`--now`) must not send through it" in rehearsed.stderr
    assert "real messages must not get lost in it" in real.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to-me", "Ana@acme.example"), "that is a contact, and proofs are not for contacts"),
        (("--to-me", "nobody@"), "write an address such as you@firm.example"),
        (("--to-me", "--yes"), "--to-me schedules nothing"),
        (("--restart", "--to-me"), "--to-me schedules nothing"),
    ],
)
def test_what_does_not_fit_is_refused(root: Path, arguments: tuple[str, ...], said: str) -> None:
    with Sink() as sink:
        connect(root, sink.port)
        done = dripper(*NOW, "schedule", *arguments, cwd=root)
    assert (done.returncode, sink.taken) == (2, [])
    assert said in done.stderr


def test_a_server_that_refuses_is_quoted_with_its_answer(root: Path) -> None:
    with Rude({"RCPT": ["550 5.1.1 who is that"]}) as rude:
        connect(root, rude.port)
        done = dripper(*NOW, "schedule", "--to-me", cwd=root)
    assert (done.returncode, done.stdout, rude.taken) == (2, "", [])
    assert "mailbox dana: a proof was not taken (rcpt): 550 5.1.1 who is that" in done.stderr
