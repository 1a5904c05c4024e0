"""One worker against a server: what becomes of a delivery, for everything that a server may do."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from fakes.office import CAMPAIGN, SHORT, SLOT, Office, at_slot, workspace
from fakes.smtp_server import DROP, HANG, TAKE_AND_DROP, Rude, Sink
from fakes.workspaces import edit

from dripper.drip.delivery import State
from dripper.outbox.store import archive, mailboxes, suppressions

pytestmark = pytest.mark.usefixtures("store_url")


def test_what_is_due_is_sent_once_and_archived_byte_for_byte(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        summary = office.send()
        again = office.send()

    assert summary.counts == {State.SENT: 1}
    assert not again.counts
    (taken,) = sink.taken
    row = office.row()
    with office.wiring.store.read() as connection:
        assert archive.content_of(connection, row) == taken.content
    assert row.message_id == taken.message_id
    assert (row.code, row.reply) == (250, "2.0.0 taken as 1")
    assert taken.recipient == "c0@acme.example"


def test_a_season_goes_out_message_by_message_on_its_days(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=3))
        office.run()

    assert len({taken.message_id for taken in sink.taken}) == len(sink.taken) == 6
    assert office.counts() == {"sent": 6}
    assert {str(row.day) for row in office.rows()} == {"2026-12-01", "2026-12-15"}


@pytest.mark.parametrize(
    ("behaviour", "state", "code"),
    [
        pytest.param({"RCPT": "450 4.2.0 greylisted"}, "deferred", 450, id="greylisted"),
        pytest.param({"DATA": "451 4.3.0 later"}, "deferred", 451, id="deferred at DATA"),
        pytest.param({"DOT": "451 4.3.0 later"}, "deferred", 451, id="deferred after the dot"),
        pytest.param({"MAIL": DROP}, "deferred", None, id="dropped at MAIL"),
        pytest.param({"RCPT": HANG}, "deferred", None, id="silent at RCPT"),
        pytest.param({"DATA": "hello?"}, "deferred", None, id="garbage at DATA"),
        pytest.param({"RCPT": "421 4.7.0 too fast"}, "deferred", 421, id="421"),
        pytest.param({"DOT": DROP}, "unknown", None, id="dropped after the dot"),
        pytest.param({"DOT": TAKE_AND_DROP}, "unknown", None, id="taken, then dropped"),
        pytest.param({"DOT": HANG}, "unknown", None, id="silent after the dot"),
        pytest.param({"DOT": "hello?"}, "unknown", None, id="garbage after the dot"),
        pytest.param({"RCPT": "550 5.1.1 nobody"}, "failed", 550, id="no such address"),
        pytest.param({"DOT": "554 no"}, "failed", 554, id="refused after the dot"),
        pytest.param({"RCPT": "550 5.7.1 blocked"}, "held", 550, id="policy"),
        pytest.param({"MAIL": "553 5.1.8 your domain"}, "due", 553, id="our address"),
        pytest.param({"CONNECT": "554 no service"}, "deferred", 554, id="no service"),
        pytest.param({"CONNECT": DROP}, "deferred", None, id="dropped while connecting"),
    ],
)
def test_what_the_server_does_decides(tmp_path: Path, behaviour: dict[str, str], state: str, code: int | None) -> None:
    with Rude(behaviour) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.send(wires=office.wires(SHORT))

    row = office.row()
    assert (row.state, row.code) == (state, code)
    assert sum(office.counts().values()) == 2
    if state == "unknown":
        with office.wiring.store.read() as connection:
            assert archive.content_of(connection, row) is not None


@pytest.mark.parametrize("told", [DROP, TAKE_AND_DROP, HANG])
def test_what_is_in_doubt_is_never_sent_again_and_the_next_message_goes_out(tmp_path: Path, told: str) -> None:
    with Rude({"DOT": [told, "250 taken"]}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.run(wires=office.wires(SHORT))

    assert office.states() == {"c0 carts": "unknown", "c0 sizes": "sent"}
    assert len(server.taken) == (2 if told == TAKE_AND_DROP else 1)


def test_a_greylisted_message_goes_out_later_with_the_same_message_id(tmp_path: Path) -> None:
    with Rude({"RCPT": ["450 4.2.0 greylisted", "450 4.2.0 greylisted", "250 fine"]}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.run(until=SLOT + timedelta(days=1))

    assert [row.state for row in office.handled] == ["deferred", "deferred", "sent"]
    assert len({row.message_id for row in office.handled}) == 1
    waits = [later.at - row.at for row, later in zip(office.handled, office.handled[1:], strict=False)]
    assert timedelta(minutes=10) <= waits[0] < waits[1] <= timedelta(minutes=24)


def test_a_message_that_is_deferred_for_five_days_fails(tmp_path: Path) -> None:
    with Rude({"RCPT": "450 4.2.0 never"}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.run(until=SLOT + timedelta(days=13))

    row = office.row()
    assert row.state is State.FAILED
    assert row.first_attempt_at is not None
    # The last try that five days allow falls on a Sunday, so it is made on Monday.
    assert timedelta(days=4) < row.changed_at - row.first_attempt_at <= timedelta(days=6)
    # The next message was not lost with it.
    assert office.counts() == {"failed": 1, "due": 1}


def test_an_address_that_is_no_more_is_suppressed_and_stops_every_campaign(tmp_path: Path) -> None:
    with Rude({"RCPT": "550 5.1.1 nobody"}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.run()

    with office.wiring.store.read() as connection:
        assert suppressions.reason_for(connection, "c0@acme.example") == "550 5.1.1 nobody"
    assert office.counts() == {"failed": 1, "cancelled": 1}


def test_a_domain_that_objects_is_held_as_a_whole_and_others_go_on(tmp_path: Path) -> None:
    people = ["a@one.example", "b@one.example", "c@two.example"]
    limits = "gap_s = 1, per_hour = 0, per_day = 0, per_domain_per_hour = 0"
    with Rude({"RCPT": ["550 5.7.1 blocked", "250 fine"]}) as server:
        office = at_slot(workspace(tmp_path, server.port, contacts=people, limits=limits))
        office.run(until=SLOT + timedelta(hours=1))

    assert office.states() == {"a carts": "held", "c carts": "sent"}
    assert office.counts() == {"held": 4, "sent": 1, "due": 1}


def test_a_new_mailbox_begins_with_few_messages_and_sends_more_each_day(tmp_path: Path) -> None:
    limits = "gap_s = 0, per_hour = 0, per_day = 4, per_domain_per_hour = 0, ramp = { start = 1, add_per_day = 1 }"
    campaign = CAMPAIGN.replace("at = ", 'on = ["tue", "wed", "thu", "fri"]\nat = ', 1)
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=12, limits=limits, campaign=campaign))
        office.run(until=SLOT + timedelta(days=6))

    days = Counter(str(row.day) for row in office.rows() if row.state is State.SENT)
    assert sorted(days.items())[:4] == [("2026-12-01", 1), ("2026-12-02", 2), ("2026-12-03", 3), ("2026-12-04", 4)]


def test_a_stopped_mailbox_sends_nothing_more_until_it_is_resumed(tmp_path: Path) -> None:
    with Rude({"MAIL": "530 5.7.0 log in first"}) as server:
        office = at_slot(workspace(tmp_path, server.port, contacts=5))
        summary = office.send()
        office.send()
        assert server.connections <= 2

    assert "530" in office.send().unusable["dana"] or summary.unusable
    assert office.counts() == {"due": 10}
    with office.wiring.store.write() as connection:
        mailboxes.well(connection, "dana")
    with Sink() as sink:
        edit(tmp_path, f"port = {server.port}", f"port = {sink.port}", "dripper.toml")
        office.at(SLOT).send()
    assert len(sink.taken) == 5


def test_a_server_that_is_down_defers_and_is_asked_again_ever_more_rarely(tmp_path: Path) -> None:
    with Rude() as server:
        port = server.port
    office = at_slot(workspace(tmp_path, port, contacts=3))
    office.run(until=SLOT + timedelta(hours=6))

    with office.wiring.store.read() as connection:
        condition = mailboxes.get(connection, "dana")
    assert 3 <= condition.failures <= 12
    assert not condition.stopped
    assert office.counts() == {"deferred": 3, "due": 3} or office.counts()["deferred"] >= 1
    with Sink() as sink:
        edit(tmp_path, f"port = {port}", f"port = {sink.port}", "dripper.toml")
        Office(tmp_path, now=office.now.isoformat()).run()
    assert len({taken.message_id for taken in sink.taken}) == len(sink.taken) == 6


def test_a_bad_mailbox_stops_only_itself(tmp_path: Path) -> None:
    with Rude({"MAIL": HANG}) as bad, Sink() as good:
        root = workspace(tmp_path, 0, contacts=3, mailboxes={"bad": bad.port, "good": good.port}, gap_days=1)
        campaign = (root / "campaigns/acme/insights.toml").read_text()
        (root / "campaigns/acme/insights.toml").write_text('mailbox = "bad"\n' + campaign)
        (root / "campaigns/acme/other.toml").write_text(
            'mailbox = "good"\n' + campaign.replace("start = 2026-12-01", "start = 2026-12-02")
        )
        office = at_slot(root)
        office.run(wires=office.wires(SHORT), until=SLOT + timedelta(days=1, hours=2))

    assert len(good.taken) == 3
    assert {row.state for row in office.rows()} == {State.DEFERRED}


def test_a_message_that_cannot_be_composed_is_held_with_the_reason(tmp_path: Path) -> None:
    with Sink() as sink:
        root = workspace(tmp_path, sink.port, contacts=2)
        edit(root, "Most of your carts", "Most of {{ contact.shop }} carts")
        office = at_slot(root)
        office.run(until=SLOT + timedelta(hours=1))

    assert office.states() == {"c0 carts": "held", "c1 carts": "held"}
    assert "shop" in office.rows()[0].reply
    assert not sink.taken


def test_a_name_beyond_ascii_is_held_where_the_server_cannot_carry_it(tmp_path: Path) -> None:
    with Sink(utf8=False) as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=["jörg@acme.example"]))
        office.send()

    assert office.row().state is State.HELD
    assert "SMTPUTF8" in office.row().reply
