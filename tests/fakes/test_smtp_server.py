import smtplib
import ssl

import pytest
import trustme

from fakes.smtp_server import DROP, HOST, TAKE_AND_DROP, Rude, Sink

TEXT = b"Message-ID: <1@x.example>\r\nSubject: Hm\r\n\r\n..dots\r\n"


def send(port: int) -> None:
    with smtplib.SMTP(HOST, port, timeout=5) as client:
        client.sendmail("a@x.example", ["b@y.example"], TEXT)


def test_the_sink_keeps_what_it_took_byte_for_byte() -> None:
    with Sink() as sink:
        send(sink.port)

    assert [(one.sender, one.recipient, one.message_id) for one in sink.taken] == [
        ("a@x.example", "b@y.example", "<1@x.example>")
    ]
    assert sink.taken[0].content == TEXT


def test_the_sink_insists_on_tls_and_on_the_password() -> None:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    with Sink(tls=context, login=("dana", "right")) as sink, smtplib.SMTP(HOST, sink.port, timeout=5) as client:
        assert client.docmd("MAIL", "FROM:<a@x.example>")[0] == 530
        client.starttls(context=trust)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login("dana", "wrong")
        client.login("dana", "right")
        client.sendmail("a@x.example", ["b@y.example"], TEXT)

    assert len(sink.taken) == 1


def test_a_rude_server_is_polite_where_it_is_not_told_otherwise() -> None:
    with Rude() as server:
        send(server.port)

    assert server.taken[0].content == TEXT


def test_a_sequence_is_used_up_and_its_last_item_stays() -> None:
    with Rude({"RCPT": ["450 4.2.0 later", "250 fine"]}) as server:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            send(server.port)
        send(server.port)
        send(server.port)

    assert len(server.taken) == 2


@pytest.mark.parametrize(("told", "taken"), [(DROP, 0), (TAKE_AND_DROP, 1)])
def test_a_drop_after_the_dot_may_have_taken_the_message(told: str, taken: int) -> None:
    with Rude({"DOT": told}) as server, pytest.raises(smtplib.SMTPServerDisconnected):
        send(server.port)

    assert len(server.taken) == taken


def test_the_watcher_sees_every_phase_before_it_is_answered() -> None:
    seen: list[str] = []
    with Rude(watch=lambda phase, _: seen.append(phase)) as server:
        send(server.port)

    assert [phase for phase in seen if phase != "QUIT"] == ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "BODY", "DOT"]
