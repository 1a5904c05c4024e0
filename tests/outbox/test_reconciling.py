"""Settling what is in doubt: by a person's word it is sent, or goes out again, once and under the same Message-ID."""

import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from fakes.office import SHORT, SLOT, Later, Office, at_slot, workspace
from fakes.smtp_server import DROP, TAKE_AND_DROP, Rude
from fakes.workspaces import CAMPAIGN, edit

from dripper.drip.delivery import State
from dripper.drip.doubt import Doubt, Settled, Verdict
from dripper.errors import UsageError
from dripper.jobs.reconcile import in_doubt, settle
from dripper.jobs.replied import replied
from dripper.jobs.why import why
from dripper.outbox.store import archive

pytestmark = pytest.mark.usefixtures("store_url")


def doubts(office: Office, *names: str, real_clock: Later | None = None) -> tuple[Doubt, ...]:
    wiring = office.wiring
    real_now = (real_clock or wiring.real_clock).now()
    return in_doubt(wiring.store, wiring.workspace, names, now=office.now, real_now=real_now)


def decide(office: Office, verdict: Verdict, *names: str) -> tuple[Settled, ...]:
    wiring = office.wiring
    found = doubts(office, *names)
    return settle(wiring.store, wiring.workspace, found, verdict, now=office.now, real_now=wiring.real_clock.now())


def states(settled: tuple[Settled, ...]) -> list[str]:
    return [each.state.value for each in settled]


def sent_in_doubt(root: Path, server: Rude, **options: object) -> Office:
    """Return the office after its first messages were handed over without an answer."""
    office = at_slot(workspace(root, server.port, **options))  # type: ignore[arg-type]
    office.send(wires=office.wires(SHORT))
    return office


def test_what_arrived_counts_as_sent_from_the_time_of_its_try(tmp_path: Path) -> None:
    with Rude({"DOT": TAKE_AND_DROP}) as server:
        office = sent_in_doubt(tmp_path, server)
    tried_at = office.now
    next_day = office.at("2026-12-02T10:00:00+01:00")
    settled = decide(next_day, Verdict.SENT)

    assert states(settled) == ["sent"]
    row = next_day.row()
    assert (row.state, row.changed_at) == (State.SENT, tried_at)
    assert next_day.counts() == {"sent": 1, "due": 1}
    story = why(next_day.wiring.store, next_day.wiring.workspace, "c0@acme.example")
    assert [each.text for each in story.moments if each.what == "settled"] == ["carts: it arrived"]


def test_what_did_not_arrive_goes_out_again_with_the_same_message_id_and_the_next_follows(tmp_path: Path) -> None:
    with Rude({"DOT": [DROP, "250 taken"]}) as server:
        office = sent_in_doubt(tmp_path, server)
        before = office.row().message_id
        assert states(decide(office, Verdict.RESEND)) == ["due"]
        assert office.counts() == {"due": 2}
        story = why(office.wiring.store, office.wiring.workspace, "c0@acme.example").moments
        assert [(each.what, each.text) for each in story if each.message] == [
            ("attempt 1", "Connection lost"),
            ("due", ""),
        ]
        office.run()

    assert server.taken[0].message_id == before
    assert office.states() == {"c0 carts": "sent", "c0 sizes": "sent"}
    assert office.counts() == {"sent": 2}
    assert [str(row.day) for row in office.rows()] == ["2026-12-01", "2026-12-15"]
    with office.wiring.store.read() as connection:
        assert archive.content_of(connection, office.rows()[0]) == server.taken[0].content


def test_after_the_campaign_has_ended_only_that_message_goes_out_again(tmp_path: Path) -> None:
    with Rude({"DOT": [DROP, "250 taken"]}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.run(wires=office.wires(SHORT))
        assert office.states() == {"c0 carts": "unknown", "c0 sizes": "sent"}
        later = office.at("2027-01-12T11:00:00+01:00")
        decide(later, Verdict.RESEND)
        planned_at = later.enrolments()["c0@acme.example"].slot_at
        later.run()

    assert later.states() == {"c0 carts": "sent", "c0 sizes": "sent"}
    assert later.rows()[0].changed_at == planned_at
    # Its window of 1 December has long closed: it keeps to the hours, and need not wait for the campaign's weekday.
    assert str(later.rows()[0].day) == "2027-01-13"
    assert Counter(taken.message_id for taken in server.taken).most_common(1)[0][1] == 1


@pytest.mark.parametrize("order", [("carts", "sizes"), ("sizes", "carts")], ids=str)
def test_two_of_one_contact_go_out_again_in_the_order_of_the_file(tmp_path: Path, order: tuple[str, str]) -> None:
    with Rude({"DOT": [DROP, DROP, "250 taken"]}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.run(wires=office.wires(SHORT))
        assert office.counts() == {"unknown": 2}
        for message in order:
            decide(office, Verdict.RESEND, message)
        office.run()

    assert office.counts() == {"sent": 2}
    assert [row.message for row in sorted(office.rows(), key=lambda row: row.changed_at)] == ["carts", "sizes"]
    assert len(server.taken) == 2


def test_it_goes_out_again_although_late_messages_are_dropped(tmp_path: Path) -> None:
    with Rude({"DOT": [DROP, "250 taken"]}) as server:
        office = sent_in_doubt(tmp_path, server, extra='late = "skip"')
        later = office.at("2026-12-09T10:00:00+01:00")
        decide(later, Verdict.RESEND)
        later.run(until=SLOT + timedelta(days=10))

    assert later.states()["c0 carts"] == "sent"


def test_a_week_later_a_server_may_still_put_it_off(tmp_path: Path) -> None:
    with Rude({"DOT": [DROP, "451 4.3.0 later", "250 taken"]}) as server:
        office = sent_in_doubt(tmp_path, server)
        later = office.at("2026-12-08T10:00:00+01:00")
        decide(later, Verdict.RESEND)
        later.run(until=later.now + timedelta(days=2))

    assert [row.state for row in later.handled] == ["deferred", "sent"]


def test_whoever_answered_gets_nothing_again(tmp_path: Path) -> None:
    with Rude({"DOT": DROP}) as server:
        office = sent_in_doubt(tmp_path, server)
        wiring = office.wiring
        replied(wiring.store, wiring.workspace, "c0@acme.example", "Nice one", now=office.now + timedelta(hours=1))
        (doubt,) = doubts(office)
        (done,) = decide(office, Verdict.RESEND)
        office.run()

    assert ("reply", "Nice one") in [(each.what, each.text) for each in doubt.since]
    assert (done.state, done.reason) == (State.CANCELLED, "replied")
    assert office.counts() == {"cancelled": 2}
    assert server.taken == []


def test_a_message_that_was_taken_out_meanwhile_does_not_go_out_again(tmp_path: Path) -> None:
    with Rude({"DOT": [DROP, "250 taken"]}) as server:
        office = sent_in_doubt(tmp_path, server)
        first, second = CAMPAIGN.index("[[message]]"), CAMPAIGN.rindex("[[message]]")
        edit(tmp_path, CAMPAIGN[first:second], "")
        after = office.at(SLOT + timedelta(hours=1))
        after.schedule()
        (done,) = decide(after, Verdict.RESEND)
        after.run()

    assert (done.state, done.reason) == (State.CANCELLED, "no longer in the campaign")
    assert after.counts() == {"cancelled": 1, "sent": 1}


def test_the_answer_of_a_worker_that_was_taken_for_dead_changes_nothing_any_more(tmp_path: Path) -> None:
    seen: list[str] = []

    def as_another_would(phase: str, _recipient: str) -> None:
        if phase != "DOT" or seen:
            return
        other = Office(tmp_path, now=SLOT.isoformat(), real_clock=Later())
        found = doubts(other)
        done = settle(
            other.wiring.store, other.wiring.workspace, found, Verdict.RESEND, now=other.now, real_now=Later().now()
        )
        seen.extend(states(done))

    with Rude(watch=as_another_would) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.send()

    row = office.row()
    assert seen == ["due"]
    # The answer to the first try came under a token that no longer held; only the second try counts.
    assert (row.state, row.attempts, row.token) == (State.SENT, 2, 3)
    assert office.counts() == {"sent": 1, "due": 1}
    assert len(server.taken) == 2
    assert len({taken.message_id for taken in server.taken}) == 1


def test_while_the_worker_that_tried_it_is_there_again_it_is_not_sent_again(tmp_path: Path) -> None:
    seen: list[Settled] = []

    def as_another_would(phase: str, _recipient: str) -> None:
        if phase != "DOT" or seen:
            return
        other = Office(tmp_path, now=SLOT.isoformat())
        found = doubts(other, real_clock=Later())
        seen.extend(
            settle(
                other.wiring.store,
                other.wiring.workspace,
                found,
                Verdict.RESEND,
                now=other.now,
                real_now=other.wiring.real_clock.now(),
            )
        )

    with Rude(watch=as_another_would) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.send()

    (done,) = seen
    assert done.state is State.UNKNOWN
    assert "may still tell" in done.reason
    assert office.row().state is State.SENT
    assert len(server.taken) == 1


def test_while_a_worker_writes_to_the_contact_it_waits(tmp_path: Path) -> None:
    seen: list[Settled] = []

    def as_another_would(phase: str, _recipient: str) -> None:
        if phase == "DOT" and len(seen) == 0 and len(server.taken) == 0:
            other = Office(tmp_path, now=SLOT.isoformat())
            seen.extend(decide(other, Verdict.RESEND))

    with Rude({"DOT": [DROP, "250 taken"]}) as server:
        office = sent_in_doubt(tmp_path, server)
        server._watch = as_another_would
        office.run()

    (done,) = seen
    assert done.state is State.UNKNOWN
    assert "just writing" in done.reason
    assert office.states() == {"c0 carts": "unknown", "c0 sizes": "sent"}


@pytest.mark.parametrize("seed", range(6))
def test_whoever_says_what_is_true_has_every_message_arrive_exactly_once(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    answers = chance.choices([DROP, TAKE_AND_DROP, "451 4.3.0 later", "250 taken"], weights=[3, 3, 1, 4], k=30)
    with Rude({"DOT": [*answers, "250 taken"]}) as server:
        office = at_slot(workspace(tmp_path, server.port, contacts=4, gap_days=chance.choice([0, 3, 5])))
        for _ in range(40):
            office.run(wires=office.wires(SHORT), until=office.now + timedelta(days=chance.choice([1, 8])))
            for doubt in doubts(office):
                has_it = any(taken.message_id == doubt.message_id for taken in server.taken)
                if chance.random() < 0.7:
                    decide(office, Verdict.SENT if has_it else Verdict.RESEND, doubt.message_id)
            office.wait(hours=chance.choice([1, 30]))
            if office.counts() == {"sent": 8}:
                break

    assert office.counts() == {"sent": 8}
    assert Counter(Counter(taken.message_id for taken in server.taken).values()) == {1: 8}


def test_what_two_people_settle_is_settled_once(tmp_path: Path) -> None:
    with Rude({"DOT": [DROP, "250 taken"]}) as server:
        office = sent_in_doubt(tmp_path, server)
        seen_by_both = doubts(office)
        wiring = office.wiring
        first, second = (
            settle(
                wiring.store, wiring.workspace, seen_by_both, verdict, now=office.now, real_now=wiring.real_clock.now()
            )
            for verdict in (Verdict.RESEND, Verdict.SENT)
        )
        office.send()
        third = settle(
            wiring.store,
            wiring.workspace,
            seen_by_both,
            Verdict.RESEND,
            now=office.now,
            real_now=wiring.real_clock.now(),
        )

    assert (states(first), states(second), states(third)) == (["due"], ["due"], ["sent"])
    assert second[0].reason == third[0].reason == "it was settled meanwhile"
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ((), ["c0", "c1"]),
        (("acme/insights",), ["c0", "c1"]),
        (("acme",), ["c0", "c1"]),
        (("acme.example",), ["c0", "c1"]),
        (("carts",), ["c0", "c1"]),
        (("c1@acme.example",), ["c1"]),
        (("C1 Weber",), ["c1"]),
        (("c0@acme.example", "c1@acme.example"), ["c0", "c1"]),
        (("acme/insights", "c1@acme.example", "carts"), ["c1"]),
    ],
    ids=" ".join,
)
def test_names_of_one_kind_add_up_and_of_several_kinds_narrow_it_down(
    tmp_path: Path, names: tuple[str, ...], found: list[str]
) -> None:
    with Rude({"DOT": DROP}) as server:
        office = sent_in_doubt(tmp_path, server, contacts=2)

    assert sorted(each.contact.partition("@")[0] for each in doubts(office, *names)) == found


def test_a_message_id_names_one_with_or_without_its_brackets(tmp_path: Path) -> None:
    with Rude({"DOT": DROP}) as server:
        office = sent_in_doubt(tmp_path, server, contacts=2)
    wanted = office.rows()[1].message_id
    assert wanted is not None

    for name in (wanted, wanted.strip("<>")):
        assert [each.contact for each in doubts(office, name)] == ["c1@acme.example"]


def test_a_name_that_is_not_known_is_told_and_of_one_without_doubts_there_is_nothing(tmp_path: Path) -> None:
    with Rude({"DOT": [DROP, "250 taken"]}) as server:
        office = sent_in_doubt(tmp_path, server, contacts=2, limits="gap_s = 0, connections = 1")
    sent = next(row.contact for row in office.rows() if row.state is State.SENT)

    assert doubts(office, sent) == ()
    with pytest.raises(UsageError, match="there is no campaign, account or contact 'cartes'"):
        doubts(office, "cartes")


def test_the_evidence_says_how_far_it_came_and_what_was_said_before(tmp_path: Path) -> None:
    with Rude({"DOT": ["451 4.3.0 come back", DROP]}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.run(wires=office.wires(SHORT), until=SLOT + timedelta(hours=1))
    (doubt,) = doubts(office)

    assert (doubt.attempt, doubt.phase, doubt.subject) == (2, "dot", "Carts after nine, C0")
    assert doubt.ended_at is not None
    assert SLOT + timedelta(minutes=10) <= doubt.intent_at <= doubt.ended_at
    assert (doubt.ending, doubt.words) == ("Connection lost", "451 4.3.0 come back (try 1)")
    assert doubt.message_id == office.row().message_id
    assert not doubt.is_open


def test_of_a_worker_that_died_nothing_is_known_but_its_intent(tmp_path: Path) -> None:
    seen: list[Doubt] = []

    def as_another_would(phase: str, _recipient: str) -> None:
        if phase == "MAIL":
            seen.extend(doubts(Office(tmp_path, now=SLOT.isoformat()), real_clock=Later()))

    with Rude({"MAIL": DROP}, watch=as_another_would) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.send()

    (doubt,) = seen
    assert (doubt.phase, doubt.ended_at, doubt.ending, doubt.words) == (None, None, "", "")
    assert not doubt.is_open
    assert (doubt.subject, doubt.attempt, doubt.intent_at) == ("Carts after nine, C0", 1, SLOT)
    assert doubt.message_id == office.row().message_id
