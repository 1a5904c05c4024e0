import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import trustme
from fakes.smtp_server import DROP, HANG, HOST, TAKE_AND_DROP, Rude, Sink
from hypothesis import given
from hypothesis import strategies as st

from dripper.drip.outcome import Answer, Phase, Silence
from dripper.errors import MailboxError
from dripper.outbox.answers import answer_of_reply, one_line
from dripper.outbox.pool import SmtpMailer, is_loopback
from dripper.outbox.smtp import Server, let_close, open_connection
from dripper.outbox.transfer import Timeouts, stuffed
from dripper.outbox.wire import Envelope, Unconnected
from dripper.workspace.model.settings import Security, Smtp

WAIT = Timeouts(connect_s=1, command_s=0.3, data_s=0.3, body_s=0.3, dot_s=0.3)
LETTER = Envelope(sender="dana@north.example", recipient="ana@acme.example", content=b"Subject: Hm\r\n\r\nYes.\r\n")


def transfer(
    port: int,
    letter: Envelope = LETTER,
    *,
    times: int = 1,
    security: Security = Security.NONE,
    user: str | None = None,
    password: str = "",
    tls: ssl.SSLContext | None = None,
    between_s: float = 0,
) -> list[Answer]:
    smtp = Smtp(host=HOST, port=port, security=security, user=user)
    server = Server(smtp=smtp, password=password, greeting_name="north.example", tls=tls, timeouts=WAIT)
    mailer = SmtpMailer("dana", server, connections=2)

    async def run() -> list[Answer]:
        answers = []
        for _ in range(times):
            try:
                async with mailer.connection() as connection:
                    answers.append(await connection.transfer(letter))
            except Unconnected as error:
                answers.append(error.answer)
            await asyncio.sleep(between_s)
        await mailer.close()
        return answers

    return asyncio.run(run())


def test_a_message_arrives_byte_for_byte_over_one_connection_for_many() -> None:
    letter = Envelope(
        sender="dana@north.example", recipient="ana@acme.example", content=b"A: b\r\n\r\n.\r\n..\r\nend\r\n"
    )
    with Sink() as sink:
        answers = transfer(sink.port, letter, times=5)

    assert [(answer.phase, answer.code) for answer in answers] == [(Phase.DOT, 250)] * 5
    assert [one.content for one in sink.taken] == [letter.content] * 5
    assert sink.connections == 1


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize(
    ("told", "silence"),
    [(DROP, Silence.LOST), (HANG, Silence.TIMEOUT), ("hello?", Silence.GARBAGE), ("999 what", Silence.GARBAGE)],
    ids=["drop", "hang", "garbage", "no such code"],
)
def test_silence_names_its_phase(phase: str, told: str, silence: Silence) -> None:
    with Rude({phase: told}) as server:
        (answer,) = transfer(server.port)

    assert (answer.phase, answer.code, answer.silence) == (Phase(phase.lower()), None, silence)


def test_a_short_text_may_have_left_dot_and_all_before_the_drop_shows() -> None:
    with Rude({"BODY": DROP}) as server:
        (answer,) = transfer(server.port)

    assert answer.phase in (Phase.BODY, Phase.DOT)
    assert answer.silence is Silence.LOST


@pytest.mark.parametrize("phase", ["CONNECT", "EHLO"])
@pytest.mark.parametrize(("told", "silence"), [(DROP, Silence.LOST), (HANG, Silence.TIMEOUT), ("?", Silence.GARBAGE)])
def test_a_connection_that_does_not_open_names_its_phase(phase: str, told: str, silence: Silence) -> None:
    with Rude({phase: told, "HELO": told}) as server:
        (answer,) = transfer(server.port)

    assert (answer.phase, answer.silence) == (Phase(phase.lower()), silence)


def test_nobody_listening_is_lost_while_connecting() -> None:
    with Rude() as server:
        port = server.port
    (answer,) = transfer(port)

    assert (answer.phase, answer.silence) == (Phase.CONNECT, Silence.LOST)


@pytest.mark.parametrize(
    ("behaviour", "phase", "code"),
    [
        ({"CONNECT": "554 5.3.2 go away"}, Phase.CONNECT, 554),
        ({"MAIL": "550 5.1.8 bad sender"}, Phase.MAIL, 550),
        ({"RCPT": "450 4.2.0 greylisted"}, Phase.RCPT, 450),
        ({"DATA": "451 4.3.0 hm"}, Phase.DATA, 451),
        ({"DATA": "250 hm"}, Phase.DATA, 250),
        ({"DOT": "554 5.7.1 no"}, Phase.DOT, 554),
        ({"RCPT": "421 4.7.0 too fast"}, Phase.RCPT, 421),
    ],
    ids=str,
)
def test_an_answer_keeps_phase_and_code(behaviour: dict[str, str], phase: Phase, code: int) -> None:
    with Rude(behaviour) as server:
        (answer,) = transfer(server.port)

    assert (answer.phase, answer.code) == (phase, code)


PIPELINING = {"EHLO": "250-rude.example\r\n250 PIPELINING"}


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize(
    ("told", "code", "silence"),
    [
        ("450 4.2.0 later", 450, None),
        ("550 5.1.1 no", 550, None),
        (DROP, None, Silence.LOST),
        (HANG, None, Silence.TIMEOUT),
        ("hello?", None, Silence.GARBAGE),
    ],
    ids=["later", "no", "drop", "hang", "garbage"],
)
def test_an_answer_keeps_its_phase_where_commands_go_together(
    phase: str, told: str, code: int | None, silence: Silence | None
) -> None:
    with Rude({**PIPELINING, phase: told}) as server:
        (answer,) = transfer(server.port)

    assert (answer.phase, answer.code, answer.silence) == (Phase(phase.lower()), code, silence)


def test_after_a_refusal_all_answers_are_heard_and_nobody_gets_the_text() -> None:
    with Rude({**PIPELINING, "RCPT": ["550 5.1.1 nobody", "250 fine"]}) as server:
        answers = transfer(server.port, times=2)

    assert [(answer.phase, answer.code) for answer in answers] == [(Phase.RCPT, 550), (Phase.DOT, 250)]
    assert server.connections == 1
    assert [one.content for one in server.taken] == [b"", LETTER.content]


@pytest.mark.parametrize("offers", [{}, PIPELINING], ids=["one by one", "together"])
@pytest.mark.parametrize("told", [DROP, "421 4.4.2 idle too long", "hello?"])
def test_many_over_one_connection_and_one_that_is_gone_shows_before_anything_is_at_stake(
    offers: dict[str, str], told: str
) -> None:
    async def run(port: int) -> list[Answer]:
        server = Server(
            smtp=Smtp(host=HOST, port=port, security=Security.NONE), greeting_name="north.example", timeouts=WAIT
        )
        connection = await open_connection(server)
        answers = [await connection.transfer(LETTER) for _ in range(3)]
        with pytest.raises(Unconnected):
            await connection.transfer(LETTER)
        connection.abandon()
        await let_close()
        return answers

    with Rude({**offers, "RSET": ["250 fine", "250 fine", told]}) as server:
        answers = asyncio.run(run(server.port))

    assert [answer.code for answer in answers] == [250, 250, 250]
    assert len(server.taken) == 3


def test_after_a_refusal_the_connection_is_reset_and_used_again() -> None:
    with Rude({"RCPT": ["550 5.1.1 nobody", "250 fine"]}) as server:
        answers = transfer(server.port, times=2)

    assert [answer.code for answer in answers] == [550, 250]
    assert server.connections == 1


@pytest.mark.parametrize("told", [DROP, "hello?", "250 too early"])
def test_a_connection_out_of_step_is_not_used_again(told: str) -> None:
    with Rude({"DATA": [told, "354 go on"]}) as server:
        answers = transfer(server.port, times=2)

    assert answers[1].code == 250
    assert server.connections == 2


def test_an_idle_connection_that_the_server_closed_is_replaced_before_anything_is_at_stake() -> None:
    with Rude({"RSET": [DROP, "250 fine"]}) as server:
        answers = transfer(server.port, times=2, between_s=0.05)

    assert [answer.code for answer in answers] == [250, 250]
    assert server.connections == 2


def test_a_large_text_that_is_cut_off_on_its_way_is_no_doubt() -> None:
    letter = Envelope(
        sender="a@north.example", recipient="b@acme.example", content=b"A: b\r\n\r\n" + b"x" * 76 * 400_000
    )
    with Rude({"BODY": DROP}) as server:
        (answer,) = transfer(server.port, letter)

    assert (answer.phase, answer.silence) == (Phase.BODY, Silence.LOST)


def test_a_message_taken_without_an_answer_looks_like_any_lost_answer() -> None:
    with Rude({"DOT": TAKE_AND_DROP}) as server:
        (answer,) = transfer(server.port)

    assert (answer.phase, answer.silence) == (Phase.DOT, Silence.LOST)
    assert len(server.taken) == 1


def test_a_letter_for_a_name_beyond_ascii_waits_for_a_server_that_can_carry_it() -> None:
    letter = Envelope(sender="dana@north.example", recipient="jörg@acme.example", content=LETTER.content)
    with Sink(utf8=False) as sink:
        (answer,) = transfer(sink.port, letter)
    with Sink() as sink:
        (other,) = transfer(sink.port, letter)

    assert (answer.silence, answer.phase) == (Silence.UNABLE, Phase.MAIL)
    assert other.code == 250
    assert sink.taken[0].recipient == "jörg@acme.example"


@contextmanager
def tls_sink(login: tuple[str, str] | None = None) -> Iterator[tuple[Sink, ssl.SSLContext]]:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    with Sink(tls=context, login=login) as sink:
        yield sink, trust


def test_a_protected_connection_with_the_right_password_delivers() -> None:
    with tls_sink(("dana", "right")) as (sink, trust):
        (answer,) = transfer(sink.port, security=Security.STARTTLS, user="dana", password="right", tls=trust)

    assert answer.code == 250
    assert len(sink.taken) == 1


def test_a_wrong_password_ends_in_the_log_in() -> None:
    with tls_sink(("dana", "right")) as (sink, trust):
        (answer,) = transfer(sink.port, security=Security.STARTTLS, user="dana", password="wrong", tls=trust)

    assert (answer.phase, answer.code) == (Phase.AUTH, 535)


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    with tls_sink() as (sink, _):
        (answer,) = transfer(sink.port, security=Security.STARTTLS)

    assert (answer.phase, answer.silence) == (Phase.TLS, Silence.INSECURE)
    assert not sink.taken


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_without_protection_nothing_is_sent(security: Security) -> None:
    with Sink() as sink:
        (answer,) = transfer(sink.port, security=security)

    assert answer.silence in (Silence.INSECURE, Silence.LOST, Silence.TIMEOUT)
    assert answer.phase.is_opening
    assert not sink.taken


def test_a_server_without_log_in_cannot_take_a_password() -> None:
    with Rude() as server:
        (answer,) = transfer(server.port, user="dana", password="right")

    assert (answer.phase, answer.silence) == (Phase.AUTH, Silence.UNABLE)


def test_an_unprotected_connection_to_another_machine_is_refused() -> None:
    smtp = Smtp(host="smtp.north.example", security=Security.NONE)
    with pytest.raises(MailboxError, match="another machine") as refused:
        SmtpMailer("dana", Server(smtp=smtp, greeting_name="north.example"), connections=1)

    assert "starttls" in refused.value.cure


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("127.8.8.8", True), ("10.0.0.1", False), ("x.y", False)],
)
def test_only_the_loopback_is_local(host: str, local: bool) -> None:
    assert is_loopback(host) == local


@given(st.binary(max_size=200))
def test_no_text_can_end_the_message_early_or_hide_a_line_end(content: bytes) -> None:
    wire = stuffed(content)

    assert b"\r\n.\r\n" not in b"\r\n" + wire
    assert wire.count(b"\n") == wire.count(b"\r") == wire.count(b"\r\n")


@given(st.lists(st.binary(max_size=20).filter(lambda line: not set(line) & set(b"\r\n")), min_size=1, max_size=8))
def test_unstuffing_gives_the_lines_back(lines: list[bytes]) -> None:
    wire = stuffed(b"".join(line + b"\r\n" for line in lines))
    received = [line[1:] if line.startswith(b".") else line for line in wire.split(b"\r\n")[:-1]]

    assert received == lines


@given(st.text())
def test_a_reply_is_shown_on_one_harmless_line(text: str) -> None:
    shown = one_line(text)

    assert len(shown.splitlines()) <= 1 or "\u2028" in shown or "\u2029" in shown
    assert shown.encode() is not None
    assert "\x1b" not in shown


@pytest.mark.parametrize("code", [-1, 0, 99, 199, 600, 999])
def test_a_code_that_smtp_does_not_know_is_garbage(code: int) -> None:
    assert answer_of_reply(Phase.DOT, code, "x").silence is Silence.GARBAGE
