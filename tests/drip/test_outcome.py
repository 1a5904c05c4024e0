from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.drip.delivery import Event, State, move
from dripper.drip.outcome import (
    TABLE,
    Answer,
    MailboxEffect,
    Phase,
    Silence,
    outcome_of,
    retry_after,
)

NONE, REST, STOP = MailboxEffect.NONE, MailboxEffect.REST, MailboxEffect.STOP


@pytest.mark.parametrize(
    ("phase", "code", "text", "event", "mailbox"),
    [
        pytest.param(Phase.DOT, 250, "2.0.0 Ok: queued as 4F", Event.ACCEPT, NONE, id="accepted"),
        pytest.param(Phase.DOT, 451, "4.3.0 try later", Event.DEFER, NONE, id="deferred after the dot by an answer"),
        pytest.param(Phase.DOT, 554, "no", Event.REFUSE, NONE, id="refused after the dot"),
        pytest.param(Phase.DOT, 354, "go on", Event.DOUBT, NONE, id="an answer that answers nothing"),
        pytest.param(Phase.RCPT, 450, "4.2.0 greylisted", Event.DEFER, NONE, id="greylisted"),
        pytest.param(Phase.RCPT, 421, "4.3.2 closing", Event.DEFER, REST, id="421 slows the mailbox down"),
        pytest.param(Phase.DOT, 421, "closing", Event.DEFER, REST, id="421 after the dot is an answer"),
        pytest.param(Phase.RCPT, 550, "no such user", Event.REFUSE, NONE, id="refused without enhanced code"),
        pytest.param(Phase.RCPT, 550, "5.7.1 blocked", Event.HOLD, NONE, id="policy"),
        pytest.param(Phase.DOT, 550, "5.7.26 unauthenticated", Event.HOLD, NONE, id="policy after the dot"),
        pytest.param(Phase.DOT, 550, "5.6.7 SMTPUTF8 needed", Event.HOLD, NONE, id="cannot pass in this form"),
        pytest.param(Phase.MAIL, 550, "5.1.8 bad sender", Event.RETURN, STOP, id="our domain"),
        pytest.param(Phase.RCPT, 553, "5.1.7 bad sender", Event.RETURN, STOP, id="our address, said late"),
        pytest.param(Phase.MAIL, 530, "5.7.0 authenticate first", Event.RETURN, STOP, id="log-in required"),
        pytest.param(Phase.AUTH, 535, "5.7.8 wrong", Event.RETURN, STOP, id="wrong password"),
        pytest.param(Phase.AUTH, 454, "4.7.0 later", Event.DEFER, REST, id="log-in does not work now"),
        pytest.param(Phase.MAIL, 452, "4.3.1 disk full", Event.DEFER, NONE, id="the server's disk"),
        pytest.param(Phase.MAIL, 552, "5.3.4 too big", Event.REFUSE, NONE, id="too big"),
        pytest.param(Phase.DATA, 250, "hm", Event.DEFER, NONE, id="no go-ahead"),
        pytest.param(Phase.DATA, 503, "5.5.1 out of step", Event.DEFER, NONE, id="out of step"),
        pytest.param(Phase.CONNECT, 554, "go away", Event.DEFER, REST, id="no service"),
    ],
)
def test_an_answer_means(phase: Phase, code: int, text: str, event: Event, mailbox: MailboxEffect) -> None:
    outcome = outcome_of(Answer(phase=phase, code=code, text=text))

    assert (outcome.event, outcome.mailbox) == (event, mailbox)
    assert outcome.hold_domain == (text[:4] == "5.7." and event is Event.HOLD)


@pytest.mark.parametrize("enhanced", ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"])
def test_an_address_that_is_no_more_is_never_written_to_again(enhanced: str) -> None:
    outcome = outcome_of(Answer(phase=Phase.RCPT, code=550, text=f"{enhanced} unknown"))

    assert outcome.event is Event.REFUSE
    assert outcome.suppress


@pytest.mark.parametrize("answer", [(Phase.RCPT, "5.1.11"), (Phase.DOT, "5.1.1"), (Phase.RCPT, "5.2.2")])
def test_another_refusal_suppresses_nobody(answer: tuple[Phase, str]) -> None:
    assert not outcome_of(Answer(phase=answer[0], code=550, text=f"{answer[1]} no")).suppress


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("silence", [Silence.LOST, Silence.TIMEOUT, Silence.GARBAGE])
def test_silence_is_doubt_after_the_dot_and_safe_before(phase: Phase, silence: Silence) -> None:
    outcome = outcome_of(Answer(phase=phase, silence=silence))

    assert outcome.event is (Event.DOUBT if phase is Phase.DOT else Event.DEFER)
    assert outcome.mailbox is (REST if phase.is_opening else NONE)


@pytest.mark.parametrize("silence", [Silence.INSECURE, Silence.UNABLE])
def test_a_server_that_cannot_be_trusted_stops_the_mailbox(silence: Silence) -> None:
    assert outcome_of(Answer(phase=Phase.TLS, silence=silence)).mailbox is STOP


def test_what_the_server_cannot_carry_is_held() -> None:
    assert outcome_of(Answer(phase=Phase.MAIL, silence=Silence.UNABLE)).event is Event.HOLD


answers = st.builds(
    lambda phase, code, silence, text: Answer(phase=phase, code=None if silence else code, silence=silence, text=text),
    st.sampled_from(Phase),
    st.integers(200, 599),
    st.none() | st.sampled_from(Silence),
    st.from_regex(r"[245]\.\d{1,3}\.\d{1,3} x", fullmatch=True) | st.text(max_size=20),
)


@given(answers)
def test_every_answer_has_an_outcome_that_the_state_table_allows(answer: Answer) -> None:
    move(State.ATTEMPTING, outcome_of(answer).event)


@given(answers)
def test_only_a_positive_answer_to_the_dot_counts_as_sent(answer: Answer) -> None:
    accepted = outcome_of(answer).event is Event.ACCEPT

    assert accepted == (answer.phase is Phase.DOT and answer.code is not None and answer.code // 100 == 2)


@given(answers.filter(lambda answer: answer.phase is not Phase.DOT))
def test_before_the_dot_nothing_is_in_doubt(answer: Answer) -> None:
    assert outcome_of(answer).event is not Event.DOUBT


def test_no_row_of_the_table_is_hidden_by_those_above() -> None:
    texts = ["", *(f"{first}.{subject}.{detail} x" for first in "45" for subject in "1367" for detail in (1, 7, 8))]
    asked = [Answer(phase=phase, silence=silence) for phase in Phase for silence in Silence]
    asked += [
        Answer(phase=phase, code=code, text=text)
        for phase in Phase
        for code in (220, 250, 354, 421, 450, 503, 530, 550, 552)
        for text in texts
    ]

    assert {next(row for row in TABLE if row.matches(answer)) for answer in asked} == set(TABLE)


@given(st.integers(1, 1000), st.text())
def test_waiting_doubles_to_six_hours_and_is_the_same_each_time(attempts: int, key: str) -> None:
    wait = retry_after(attempts, key=key)

    assert wait == retry_after(attempts, key=key)
    least = min(timedelta(minutes=10) * 2 ** min(attempts - 1, 20), timedelta(hours=6))
    assert least <= wait <= least * 1.2
