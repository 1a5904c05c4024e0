"""Logging in with a token: against a real server that takes one, and against servers that do not."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
from fakes.smtp_server import HOST, Sink, TokenSink

from dripper.drip.outcome import Answer, Phase, Silence
from dripper.errors import MailboxError
from dripper.outbox.pool import SmtpMailer, smtp_mailer
from dripper.outbox.transfer import SmtpConnection
from dripper.outbox.wire import Envelope, Unconnected
from dripper.wiring.clock import WallClock
from dripper.workspace.model.address import Sender
from dripper.workspace.model.settings import Auth, Mailbox, Secret, Smtp

USER, TOKEN = "dana@north.example", "ya29.one-token_" + "x" * 200
LETTER = Envelope(sender=USER, recipient="ana@acme.example", content=b"Subject: Hm\r\n\r\nYes.\r\n")


def mailer(root: Path, port: int, token: Secret) -> SmtpMailer:
    smtp = Smtp(host=HOST, port=port, user=USER, auth=Auth.XOAUTH2, token=token)
    mailbox = Mailbox(from_=Sender(f"Dana <{USER}>"), smtp=smtp)
    return smtp_mailer("dana", mailbox, root=root, environment={"TOKEN": TOKEN}, real_now=WallClock().now)


def transfer(wire: SmtpMailer) -> Answer:
    async def run() -> Answer:
        try:
            async with wire.connection() as connection:
                assert isinstance(connection, SmtpConnection)
                return await connection.transfer(LETTER)
        except Unconnected as error:
            return error.answer
        finally:
            await wire.close()

    return asyncio.run(run())


@pytest.mark.parametrize("token", [Secret(env="TOKEN"), Secret(file_="token"), Secret(command="cat token")], ids=str)
def test_a_token_from_any_place_logs_in(tmp_path: Path, tls: ssl.SSLContext, token: Secret) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    with TokenSink(USER, TOKEN, tls=tls) as sink:
        answer = transfer(mailer(tmp_path, sink.port, token))

    assert answer.code == 250
    assert len(sink.taken) == 1


def test_a_token_that_was_renewed_meanwhile_is_used_for_the_next_connection(
    tmp_path: Path, tls: ssl.SSLContext
) -> None:
    (tmp_path / "token").write_text("old")
    with TokenSink(USER, "old", tls=tls) as sink:
        wire = mailer(tmp_path, sink.port, Secret(command="cat token"))
        first = transfer(wire)
        sink.token = "new"
        (tmp_path / "token").write_text("new")
        second = transfer(wire)

    assert (first.code, second.code) == (250, 250)


def test_a_token_that_has_ended_is_refused_in_the_servers_words(tmp_path: Path, tls: ssl.SSLContext) -> None:
    with TokenSink(USER, "another", tls=tls) as sink:
        answer = transfer(mailer(tmp_path, sink.port, Secret(env="TOKEN")))

    assert (answer.phase, answer.code) == (Phase.AUTH, 535)
    assert TOKEN not in answer.text


def test_a_server_that_takes_no_token_is_told_none(tmp_path: Path, tls: ssl.SSLContext) -> None:
    with Sink(tls=tls, login=(USER, TOKEN)) as sink:
        answer = transfer(mailer(tmp_path, sink.port, Secret(env="TOKEN")))

    assert (answer.phase, answer.silence) == (Phase.AUTH, Silence.UNABLE)
    assert "XOAUTH2" in answer.text


def test_a_token_that_cannot_be_had_at_first_names_the_cure(tmp_path: Path) -> None:
    with pytest.raises(MailboxError, match="failed with 3") as refused:
        mailer(tmp_path, 1, Secret(command="exit 3"))

    assert refused.value.cure


def test_a_token_that_cannot_be_had_later_lets_the_mailbox_rest(tmp_path: Path, tls: ssl.SSLContext) -> None:
    (tmp_path / "token").write_text(TOKEN)
    with TokenSink(USER, TOKEN, tls=tls) as sink:
        wire = mailer(tmp_path, sink.port, Secret(file_="token"))
        (tmp_path / "token").unlink()
        answer = transfer(wire)

    assert (answer.phase, answer.silence) == (Phase.AUTH, Silence.LOST)
    assert "cannot be read" in answer.text
