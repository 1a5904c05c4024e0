"""Access tokens by a refresh token: a real endpoint on the loopback, and the mail server that takes what it gives."""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from fakes.office import Office, at_slot, workspace
from fakes.smtp_server import HOST, TokenSink
from fakes.token_server import HANG, TokenServer, granted
from fakes.workspaces import edit

from dripper.drip.outcome import Answer, Phase, Silence
from dripper.errors import MailboxError, SecretError
from dripper.outbox.access_tokens import AccessTokens, access_tokens
from dripper.outbox.pool import SmtpMailer, smtp_mailer
from dripper.outbox.store import mailboxes
from dripper.outbox.token_endpoint import RefusedError, renew
from dripper.outbox.wire import Envelope, Unconnected
from dripper.outbox.wires import Wires
from dripper.workspace.model.address import Sender
from dripper.workspace.model.settings import Auth, Mailbox, OAuth, Secret, Smtp

USER, REFRESH, CLIENT_SECRET = "dana@north.example", "1//refresh-me", "s3cret+client&"
ENVIRONMENT = {"REFRESH": REFRESH, "CLIENT": CLIENT_SECRET}
START = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
REVOKED = (400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."})


class Wrist:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **ahead: float) -> None:
        self.now += timedelta(**ahead)


def oauth(url: str, *, place: Secret | None = None, **more: Any) -> OAuth:
    return OAuth(endpoint=url, client_id="dripper-desk", refresh_token=place or Secret(env="REFRESH"), **more)


def tokens(root: Path, found: OAuth, clock: Callable[[], datetime], port: int = 1) -> AccessTokens:
    smtp = Smtp(host=HOST, port=port, user=USER, auth=Auth.XOAUTH2, oauth=found)
    return access_tokens("dana", smtp, found, root=root, environment=ENVIRONMENT, real_now=clock)


def mailer(root: Path, port: int, found: OAuth, clock: Callable[[], datetime]) -> SmtpMailer:
    smtp = Smtp(host=HOST, port=port, user=USER, auth=Auth.XOAUTH2, oauth=found)
    mailbox = Mailbox(from_=Sender(f"Dana <{USER}>"), smtp=smtp)
    return smtp_mailer("dana", mailbox, root=root, environment=ENVIRONMENT, real_now=clock)


def deliver(wire: SmtpMailer) -> Answer:
    letter = Envelope(sender=USER, recipient="ana@acme.example", content=b"Subject: Hm\r\n\r\nYes.\r\n")

    async def run() -> Answer:
        try:
            async with wire.connection() as connection:
                return await connection.transfer(letter)
        except Unconnected as error:
            return error.answer
        finally:
            await wire.close()

    return asyncio.run(run())


def test_the_refresh_token_gives_a_token_that_logs_in(tmp_path: Path, tls: ssl.SSLContext) -> None:
    with TokenServer(granted("one")) as endpoint, TokenSink(USER, "one", tls=tls) as sink:
        found = oauth(endpoint.url, client_secret=Secret(env="CLIENT"), scope="mail offline")
        answer = deliver(mailer(tmp_path, sink.port, found, Wrist()))

    assert answer.code == 250
    assert endpoint.types == ["application/x-www-form-urlencoded"]
    assert endpoint.asked == [
        {
            "grant_type": "refresh_token",
            "refresh_token": REFRESH,
            "client_id": "dripper-desk",
            "client_secret": CLIENT_SECRET,
            "scope": "mail offline",
        }
    ]


def test_a_token_is_kept_until_it_ends_and_renewed_before(tmp_path: Path) -> None:
    clock = Wrist()
    with TokenServer(granted("one"), granted("two")) as endpoint:
        call = tokens(tmp_path, oauth(endpoint.url), clock)
        first = call()
        clock.wait(minutes=57)
        still = call()
        clock.wait(minutes=2)
        after = call()

    assert (first, still, after) == ("one", "one", "two")
    assert len(endpoint.asked) == 2


def test_many_connections_at_once_ask_once(tmp_path: Path) -> None:
    with TokenServer(granted("one")) as endpoint, ThreadPoolExecutor(8) as threads:
        call = tokens(tmp_path, oauth(endpoint.url), Wrist())
        found = {future.result() for future in [threads.submit(call) for _ in range(8)]}

    assert found == {"one"}
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize(
    ("expires_in", "asked"),
    [(None, 2), (0, 2), ("3600", 1), ("soon", 2), (-5, 2), (1e999, 2), (True, 1)],
    ids=["not said", "at once", "as text", "no number", "past", "endless", "a second"],
)
def test_how_long_a_token_holds_is_what_the_endpoint_says(tmp_path: Path, expires_in: Any, asked: int) -> None:
    with TokenServer((200, {"access_token": "one", "token_type": "bearer", "expires_in": expires_in})) as endpoint:
        call = tokens(tmp_path, oauth(endpoint.url), Wrist())
        assert [call(), call()] == ["one", "one"]

    assert len(endpoint.asked) == asked


def test_a_new_refresh_token_takes_the_place_of_the_old_one_in_its_file(tmp_path: Path) -> None:
    file = tmp_path / "refresh"
    file.write_text(f"{REFRESH}\n")
    clock = Wrist()
    with TokenServer(granted("one", refresh_token="the-next"), granted("two")) as endpoint:
        call = tokens(tmp_path, oauth(endpoint.url, place=Secret(file_="refresh")), clock)
        call()
        kept, mode = file.read_text(), file.stat().st_mode & 0o777
        clock.wait(hours=2)
        call()
        file.write_text("from-a-new-login\n")
        clock.wait(hours=2)
        call()

    assert (kept, mode) == ("the-next\n", 0o600)
    assert [each["refresh_token"] for each in endpoint.asked] == [REFRESH, "the-next", "from-a-new-login"]


def test_a_new_refresh_token_that_cannot_be_written_down_is_used_while_it_runs(tmp_path: Path) -> None:
    clock = Wrist()
    with TokenServer(granted("one", refresh_token="the-next"), granted("two")) as endpoint:
        call = tokens(tmp_path, oauth(endpoint.url), clock)
        for _ in range(3):
            call()
            clock.wait(hours=2)

    assert [each["refresh_token"] for each in endpoint.asked] == [REFRESH, "the-next", "the-next"]


@pytest.mark.parametrize(
    ("answer", "kind", "said", "cure"),
    [
        pytest.param(REVOKED, RefusedError, "invalid_grant: Token has been", "new refresh token", id="revoked"),
        pytest.param((401, {"error": "invalid_client"}), RefusedError, "invalid_client", "client_id", id="client"),
        pytest.param((400, {"error": "invalid_scope"}), RefusedError, "invalid_scope", "scope", id="scope"),
        pytest.param((400, {"error": "unauthorized_client"}), RefusedError, "unauth", "allow", id="not for it"),
        pytest.param((400, {"error": "unsupported_grant_type"}), RefusedError, "unsupp", "endpoint", id="not there"),
        pytest.param((400, {"error": "invalid_request"}), RefusedError, "invalid_request", "endpoint", id="malformed"),
        pytest.param((400, {"error": ["x"]}), SecretError, "HTTP 400", "tried again", id="an error that is no word"),
        pytest.param((400, {"error": "slow_down"}), SecretError, "slow_down", "tried again", id="an error not known"),
        pytest.param((503, {"error": "invalid_grant"}), SecretError, "invalid_grant", "tried again", id="out of order"),
        pytest.param((500, "<html>"), SecretError, "HTTP 500", "tried again", id="no JSON"),
        pytest.param((404, ""), SecretError, "HTTP 404", "look at endpoint", id="nothing there"),
        pytest.param((302, "http://127.0.0.1:9/x"), SecretError, "HTTP 302", "endpoint", id="a redirection"),
        pytest.param((200, {}), SecretError, "without an access token", "endpoint", id="no token"),
        pytest.param((200, {"access_token": "a\x01b"}), SecretError, "without an access token", "endpoint", id="odd"),
        pytest.param((200, "[" * 50_000), SecretError, "without an access token", "endpoint", id="deep"),
        pytest.param(
            (200, {"access_token": "a", "token_type": "mac"}), RefusedError, "kind 'mac'", "bearer", id="another kind"
        ),
    ],
)
def test_what_an_endpoint_answers_is_told_with_its_cure(
    answer: tuple[int, Any], kind: type[SecretError], said: str, cure: str
) -> None:
    with TokenServer(answer) as endpoint, pytest.raises(SecretError) as refused:
        renew(oauth(endpoint.url), REFRESH, None)

    assert type(refused.value) is kind
    assert str(refused.value).startswith(f"{HOST} ")
    assert said in str(refused.value)
    assert cure in refused.value.cure
    assert len(endpoint.asked) == 1


def test_an_endpoint_that_repeats_what_it_was_sent_does_not_make_us_show_it() -> None:
    said = f"no {REFRESH} and no {CLIENT_SECRET} here\r\n" + "x" * 5000
    answer = (400, {"error": "invalid_grant", "error_description": said})
    with TokenServer(answer) as endpoint, pytest.raises(RefusedError) as refused:
        renew(oauth(endpoint.url), REFRESH, CLIENT_SECRET)

    text = str(refused.value)
    assert "no ••• and no ••• here" in text
    assert "\n" not in text
    assert len(text) < 300


@pytest.mark.parametrize("answer", [(200, HANG), None], ids=["silent", "nobody there"])
def test_an_endpoint_that_does_not_answer_is_asked_again_later(answer: tuple[int, Any] | None) -> None:
    with TokenServer(answer or (200, {})) as endpoint:
        found = oauth(endpoint.url if answer else f"http://{HOST}:1/token")
        with pytest.raises(SecretError, match="cannot be asked for a token") as refused:
            renew(found, REFRESH, None, patience_s=0.3)

    assert type(refused.value) is SecretError


@pytest.mark.parametrize("is_trusted", [True, False])
def test_over_the_network_the_endpoint_must_prove_who_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_trusted: bool
) -> None:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)
    (authority if is_trusted else trustme.CA()).cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with TokenServer(granted("one"), tls=context) as endpoint:
        if is_trusted:
            assert renew(oauth(endpoint.url), REFRESH, None).access_token == "one"
        else:
            with pytest.raises(SecretError, match="certificate"):
                renew(oauth(endpoint.url), REFRESH, None)

    assert len(endpoint.asked) == is_trusted


def test_a_secret_that_cannot_be_had_at_first_names_the_cure(tmp_path: Path) -> None:
    with pytest.raises(MailboxError, match="refresh-file cannot be read") as refused:
        tokens(tmp_path, oauth(f"http://{HOST}:1/", place=Secret(file_="refresh-file")), Wrist())

    assert refused.value.cure == "write the refresh token into it"


def test_a_revoked_token_is_no_answer_of_the_mail_server_and_stops_the_mailbox(
    tmp_path: Path, tls: ssl.SSLContext
) -> None:
    with TokenServer(REVOKED) as endpoint, TokenSink(USER, "one", tls=tls) as sink:
        answer = deliver(mailer(tmp_path, sink.port, oauth(endpoint.url), Wrist()))

    assert (answer.phase, answer.silence) == (Phase.AUTH, Silence.UNABLE)
    assert "invalid_grant" in answer.text
    assert "get a new refresh token" in answer.text


def test_a_token_that_was_ended_before_its_time_is_replaced_at_once(tmp_path: Path, tls: ssl.SSLContext) -> None:
    with TokenServer(granted("one"), granted("two")) as endpoint, TokenSink(USER, "one", tls=tls) as sink:
        wire = mailer(tmp_path, sink.port, oauth(endpoint.url), Wrist())
        first = deliver(wire)
        sink.token = "two"
        second = deliver(wire)

    assert (first.code, second.code) == (250, 250)
    assert len(endpoint.asked) == 2


def test_a_fresh_token_that_the_mail_server_refuses_is_tried_once(tmp_path: Path, tls: ssl.SSLContext) -> None:
    with TokenServer(granted("another")) as endpoint, TokenSink(USER, "one", tls=tls) as sink:
        answer = deliver(mailer(tmp_path, sink.port, oauth(endpoint.url), Wrist()))

    assert (answer.phase, answer.code) == (Phase.AUTH, 535)
    assert (len(endpoint.asked), sink.connections) == (1, 1)


def office_with(root: Path, endpoint: TokenServer, sink: TokenSink) -> tuple[Office, Wires]:
    """Return an office at its first slot whose mailbox logs in by a refresh token, and its mailers."""
    workspace(root, sink.port)
    place = f'endpoint = "{endpoint.url}", client_id = "dripper-desk", refresh_token = {{ env = "REFRESH" }}'
    edit(
        root,
        'security = "none" }',
        f'user = "{USER}", auth = "xoauth2", oauth = {{ {place} }} }}',
        "dripper.toml",
    )
    office = at_slot(root)
    known, clock = office.wiring.workspace.settings.mailboxes, office.wiring.real_clock

    def make(name: str, mailbox: Mailbox) -> SmtpMailer:
        return smtp_mailer(name, mailbox, root=root, environment=ENVIRONMENT, real_now=clock.now)

    return office, Wires(known, make)


def test_a_revoked_token_stops_the_mailbox_with_the_cure_until_it_is_resumed(
    tmp_path: Path, store_url: str, tls: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with TokenServer(REVOKED) as endpoint, TokenSink(USER, "one", tls=tls) as sink:
        office, wires = office_with(tmp_path, endpoint, sink)
        summary = office.send(wires=wires)
        office.send(wires=wires)
        asked = len(endpoint.asked)
        with office.wiring.store.write() as connection:
            condition = mailboxes.get(connection, "dana")
            mailboxes.well(connection, "dana")
        endpoint.then(granted("one"))
        office.send(wires=wires)

    assert condition.stopped
    assert re.search("invalid_grant.*get a new refresh token", condition.reason)
    assert "invalid_grant" in summary.unusable["dana"] or not summary.counts
    # Whoever finds it stopped does not ask again.
    assert asked == 1
    assert office.counts() == {"sent": 1, "due": 1}
    _nowhere_below(tmp_path, caplog.text, summary)


def test_an_endpoint_that_is_out_of_order_lets_the_mailbox_rest(
    tmp_path: Path, store_url: str, tls: ssl.SSLContext
) -> None:
    with TokenServer((503, "later"), granted("one")) as endpoint, TokenSink(USER, "one", tls=tls) as sink:
        office, wires = office_with(tmp_path, endpoint, sink)
        office.run(wires=wires, until=office.now + timedelta(hours=2))

    assert [row.state for row in office.handled] == ["deferred", "sent"]
    assert "HTTP 503" in office.handled[0].reply


def _nowhere_below(root: Path, *said: object) -> None:
    """Hold that no secret stands in what was said, nor in any file of the workspace."""
    kept = b"".join(file.read_bytes() for file in root.rglob("*") if file.is_file())
    for secret in (REFRESH, CLIENT_SECRET):
        assert secret not in str(said)
        assert secret.encode() not in kept
