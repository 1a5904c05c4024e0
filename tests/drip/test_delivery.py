import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripper.drip.delivery import FINAL, TRANSITIONS, WAITING, Event, ImpossibleMoveError, State, move


@pytest.mark.parametrize(
    ("events", "end"),
    [
        pytest.param([Event.CLAIM, Event.ATTEMPT, Event.ACCEPT], State.SENT, id="accepted at once"),
        pytest.param([Event.CLAIM, Event.ATTEMPT, Event.DEFER, Event.CLAIM], State.CLAIMED, id="deferred, then again"),
        pytest.param([Event.CLAIM, Event.LAPSE], State.DUE, id="the worker died before it tried"),
        pytest.param([Event.CLAIM, Event.ATTEMPT, Event.LAPSE], State.UNKNOWN, id="the worker died while it tried"),
        pytest.param([Event.CLAIM, Event.ATTEMPT, Event.DOUBT], State.UNKNOWN, id="no answer after the dot"),
        pytest.param([Event.CLAIM, Event.ATTEMPT, Event.LAPSE, Event.ACCEPT], State.SENT, id="slow, not dead"),
        pytest.param(
            [Event.CLAIM, Event.ATTEMPT, Event.DOUBT, Event.RESEND], State.DUE, id="in doubt, then sent again"
        ),
        pytest.param([Event.CLAIM, Event.HOLD, Event.RESUME], State.DUE, id="held, then resumed"),
        pytest.param([Event.CLAIM, Event.ATTEMPT, Event.RETURN], State.DUE, id="the mailbox was at fault"),
    ],
)
def test_a_life_ends_where_the_table_says(events: list[Event], end: State) -> None:
    state = State.DUE
    for event in events:
        state = move(state, event)

    assert state is end


@pytest.mark.parametrize("state", [State.SENT, State.FAILED, State.SKIPPED, State.CANCELLED])
@pytest.mark.parametrize("event", [event for event in Event if event is not Event.RETURN_TO_FILE])
def test_what_is_over_stays_over(state: State, event: Event) -> None:
    with pytest.raises(ImpossibleMoveError):
        move(state, event)


def test_only_what_was_cancelled_can_come_back_with_its_message() -> None:
    assert [before for before, event in TRANSITIONS if event is Event.RETURN_TO_FILE] == [State.CANCELLED]


def test_only_the_word_of_a_person_leads_from_doubt_back_to_the_wire() -> None:
    followers = {event: after for (before, event), after in TRANSITIONS.items() if before is State.UNKNOWN}

    assert followers == {Event.ACCEPT: State.SENT, Event.RESEND: State.DUE}
    assert [before for before, event in TRANSITIONS if event is Event.RESEND] == [State.UNKNOWN]


def test_only_a_claimed_delivery_is_attempted() -> None:
    assert [state for (state, event) in TRANSITIONS if event is Event.ATTEMPT] == [State.CLAIMED]


def test_every_state_can_be_reached_from_due() -> None:
    reached = {State.DUE}
    for _ in State:
        reached |= {after for (before, _), after in TRANSITIONS.items() if before in reached}

    assert reached == set(State)


@given(st.lists(st.sampled_from(Event), max_size=30))
def test_a_message_is_accepted_at_most_once_in_any_history(events: list[Event]) -> None:
    state, accepted = State.DUE, 0
    for event in events:
        try:
            state = move(state, event)
        except ImpossibleMoveError:
            continue
        accepted += event is Event.ACCEPT

    assert accepted <= 1
    assert (accepted == 1) == (state is State.SENT)


def test_what_waits_can_be_cancelled() -> None:
    assert {state for (state, event) in TRANSITIONS if event is Event.CANCEL} == WAITING | {State.CLAIMED}
    assert not WAITING & FINAL
