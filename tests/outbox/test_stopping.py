"""What stops or delays sending: replies, suppressions, pauses, lateness, caps, and limits that outlive a restart."""

import time
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from fakes.office import MORNING, SLOT, Later, Office, at_slot, workspace
from fakes.smtp_server import Rude, Sink
from fakes.workspaces import edit

from dripper.errors import UsageError
from dripper.jobs.pause import pause, resume
from dripper.jobs.replied import replied
from dripper.jobs.suppress import keep_in_file, suppress
from dripper.jobs.target import find_contact
from dripper.jobs.why import why
from dripper.outbox.store import suppressions
from dripper.outbox.store.suppressions import hash_of
from dripper.outbox.suppressed_file import append_hashes, read_hashes

pytestmark = pytest.mark.usefixtures("store_url")


@pytest.mark.parametrize(
    ("on_reply", "counts"),
    [
        ("contact", {"cancelled": 2, "sent": 4}),
        ("account", {"cancelled": 6}),
        ("go-on", {"sent": 6}),
    ],
)
def test_a_reply_stops_what_the_campaign_says(tmp_path: Path, on_reply: str, counts: dict[str, int]) -> None:
    with Sink() as sink:
        root = workspace(tmp_path, sink.port, contacts=3)
        edit(root, "greeting =", f'on_reply = "{on_reply}"\ngreeting =')
        office = at_slot(root)
        replied(office.wiring.store, office.wiring.workspace, "C1 Weber", "thanks", now=office.now)
        office.run()

    assert office.counts() == counts


def test_a_reply_between_two_messages_stops_the_second(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        office.send()
        done = replied(office.wiring.store, office.wiring.workspace, "c0@acme.example", "", now=office.now)
        office.run()

    assert done.stopped == (("acme/insights", "c0@acme.example"),)
    assert len(sink.taken) == 1


def test_whoever_is_suppressed_gets_nothing_more_in_any_spelling(tmp_path: Path) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=2))
        assert suppress(office.wiring.store, tmp_path, "C0@ACME.example", now=office.now) == 1
        office.run()

    assert {taken.recipient for taken in sink.taken} == {"c1@acme.example"}
    assert hash_of("c0@acme.example") in (tmp_path / "suppressed.txt").read_text()
    assert "@" not in (tmp_path / "suppressed.txt").read_text()


def test_a_fresh_clone_knows_the_suppressed_from_the_file(tmp_path: Path) -> None:
    append_hashes(tmp_path, [hash_of("c0@acme.example")])
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=2))
        office.run()

    assert {taken.recipient for taken in sink.taken} == {"c1@acme.example"}
    assert office.counts() == {"cancelled": 2, "sent": 2}


def test_an_address_that_a_server_refused_for_good_gets_into_the_file_too(tmp_path: Path) -> None:
    with Rude({"RCPT": "550 5.1.1 nobody"}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.send()

    assert keep_in_file(office.wiring.store, tmp_path) == 1
    assert read_hashes(tmp_path) == {hash_of("c0@acme.example")}


def test_the_file_of_suppressions_grows_by_whole_lines_and_each_hash_once(tmp_path: Path) -> None:
    (tmp_path / "suppressed.txt").write_text("# by hand\n" + hash_of("a@x.example").upper())

    assert append_hashes(tmp_path, [hash_of("b@x.example"), hash_of("a@x.example")]) == 1
    assert append_hashes(tmp_path, [hash_of("b@x.example")]) == 0
    assert read_hashes(tmp_path) == {hash_of("a@x.example"), hash_of("b@x.example")}


@pytest.mark.parametrize("name", [None, "acme/insights", "acme", "c0@acme.example", "acme.example"])
def test_a_pause_holds_and_its_end_lets_go(tmp_path: Path, name: str | None) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        store, files = office.wiring.store, office.wiring.workspace
        assert "Paused" in pause(store, files, name, now=office.now)
        assert "already" in pause(store, files, name, now=office.now)
        office.send()
        assert office.counts() == {"held": 2}
        resume(store, files, name, now=office.now)
        office.send()

    assert len(sink.taken) == 1
    assert office.counts() == {"sent": 1, "due": 1}


def test_a_pause_stops_what_is_already_claimed(tmp_path: Path) -> None:
    office: Office

    def pause_all(phase: str, _recipient: str) -> None:
        if phase == "EHLO":
            other = office.at(SLOT)
            pause(other.wiring.store, other.wiring.workspace, None, now=SLOT)

    with Rude(watch=pause_all) as server:
        office = at_slot(workspace(tmp_path, server.port, contacts=4))
        office.send()

    assert not server.taken
    assert office.counts() == {"held": 8}
    assert {row.state.value for row in office.rows()} == {"due"}


def test_a_suppression_stops_what_is_already_claimed_and_nobody_else(tmp_path: Path) -> None:
    office: Office

    def suppress_one(phase: str, _recipient: str) -> None:
        if phase == "EHLO":
            with office.wiring.store.write() as connection:
                suppressions.add(connection, [hash_of("c0@acme.example")], reason="asked", at=SLOT)

    with Rude(watch=suppress_one) as server:
        office = at_slot(workspace(tmp_path, server.port, contacts=3))
        office.send()

    assert {taken.recipient for taken in server.taken} == {"c1@acme.example", "c2@acme.example"}
    assert office.counts() == {"cancelled": 2, "sent": 2, "due": 2}


def test_a_reply_stops_what_is_already_claimed(tmp_path: Path) -> None:
    office: Office

    def answer(phase: str, _recipient: str) -> None:
        if phase == "EHLO":
            other = office.at(SLOT)
            replied(other.wiring.store, other.wiring.workspace, "c0@acme.example", "", now=SLOT)

    with Rude(watch=answer) as server:
        office = at_slot(workspace(tmp_path, server.port, contacts=1))
        office.send()

    assert not server.taken
    assert office.counts() == {"cancelled": 2}


@pytest.mark.parametrize("name", ["Nobody", "nobody@acme.example", "c9"])
def test_an_unknown_name_is_told_the_nearest(tmp_path: Path, name: str) -> None:
    office = Office(workspace(tmp_path, 25, contacts=["nobodi@acme.example"]))
    office.schedule()
    with pytest.raises(UsageError) as refused, office.wiring.store.read() as connection:
        find_contact(office.wiring.workspace, connection, name)

    assert refused.value.cure


def test_two_people_of_one_name_must_be_told_apart(tmp_path: Path) -> None:
    office = Office(workspace(tmp_path, 25, contacts=["ana@acme.example", "ana@acme2.example"]))
    office.schedule()
    with pytest.raises(UsageError, match="2 contacts") as refused:
        replied(office.wiring.store, office.wiring.workspace, "Ana Weber", "", now=office.now)

    assert "ana@acme2.example" in refused.value.cure


@pytest.mark.parametrize(
    ("late", "states"),
    [("shift", {"c0 carts": "sent", "c0 sizes": "sent"}), ("skip", {"c0 carts": "skipped", "c0 sizes": "sent"})],
)
def test_after_an_outage_late_messages_move_along_or_drop_with_a_record(
    tmp_path: Path, late: str, states: dict[str, str]
) -> None:
    with Sink() as sink:
        office = Office(workspace(tmp_path, sink.port), now=MORNING)
        edit(tmp_path, "gap_days = 5", f'gap_days = 5\nlate = "{late}"', "dripper.toml")
        office.at(MORNING).schedule()
        after = office.at("2026-12-04T20:00:00+01:00")
        after.run()

    assert after.states() == states
    assert all(row.day is None or str(row.day) >= "2026-12-08" for row in after.rows())
    assert len({str(row.day) for row in after.rows() if row.day}) == len(sink.taken)


def test_inside_its_hours_a_message_still_goes_out_on_its_day(tmp_path: Path) -> None:
    with Sink() as sink:
        at_slot(workspace(tmp_path, sink.port)).at("2026-12-01T16:29:00+01:00").send()

    assert len(sink.taken) == 1


@pytest.mark.parametrize("stalls_s", [0, 0.6], ids=["at once", "after a stall"])
def test_never_two_messages_to_one_person_on_a_day_over_all_campaigns(tmp_path: Path, stalls_s: float) -> None:
    stalls = [stalls_s]

    def stall_once(phase: str, _recipient: str) -> None:
        if phase == "RCPT" and stalls:
            time.sleep(stalls.pop())

    with Rude(watch=stall_once) as sink:
        root = workspace(tmp_path, sink.port, contacts=2, gap_days=1)
        text = (root / "campaigns/acme/insights.toml").read_text()
        (root / "campaigns/acme/more.toml").write_text(text)
        (root / "campaigns/acme/zzz.toml").write_text("priority = 9\n" + text)
        office = at_slot(root)
        office.run()

    days = [(row.contact, row.day) for name in ("insights", "more", "zzz") for row in office.rows(f"acme/{name}")]
    assert len(set(days)) == len(days) == len(sink.taken) == 12
    assert all(str(row.day) in ("2026-12-01", "2026-12-15") for row in office.rows("acme/zzz"))


@pytest.mark.parametrize(
    ("limits", "after_send", "hours"),
    [("per_hour = 2", 2, 3), ("per_day = 2", 2, 40 * 24), ("per_domain_per_hour = 2", 2, 3)],
)
def test_a_limit_holds_over_restarts(tmp_path: Path, limits: str, after_send: int, hours: int) -> None:
    none = "per_day = 0, per_hour = 0, per_domain_per_hour = 0, gap_s = 0"
    name = limits.partition(" ")[0]
    with Sink() as sink:
        rest = ", ".join(part for part in none.split(", ") if not part.startswith(name + " "))
        office = at_slot(workspace(tmp_path, sink.port, contacts=6, limits=f"{limits}, {rest}"))
        office.send()
        assert len(sink.taken) == after_send
        office.at(SLOT + timedelta(minutes=5)).send()
        assert len(sink.taken) == after_send
        later = office.at(SLOT + timedelta(minutes=61))
        later.run(until=SLOT + timedelta(hours=hours))

    assert sum(row.message == "carts" for row in [*office.handled, *later.handled]) == 6
    times = sorted(row.at for row in [*office.handled, *later.handled])
    window = timedelta(days=1) if name == "per_day" else timedelta(hours=1)
    assert all(later - first >= window for first, later in zip(times, times[2:], strict=False))


def test_the_gap_between_two_messages_is_kept_by_send_itself(tmp_path: Path) -> None:
    limits = "per_day = 0, per_hour = 0, per_domain_per_hour = 0, gap_s = 20"
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=4, limits=limits))
        office.send()

    assert len(sink.taken) == 4
    assert [row.at - SLOT for row in office.handled] == [timedelta(seconds=20 * n) for n in range(4)]


def test_a_slow_worker_that_was_taken_for_dead_corrects_the_doubt(tmp_path: Path) -> None:
    seen: list[dict[str, int]] = []

    def another_worker() -> None:
        other = Office(tmp_path, now=SLOT.isoformat(), real_clock=Later())
        other.send()
        seen.append(other.counts())

    def presume_dead(phase: str, _recipient: str) -> None:
        if phase == "DOT":
            thread = Thread(target=another_worker)
            thread.start()
            thread.join()

    with Rude(watch=presume_dead) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.send()

    assert seen == [{"unknown": 1, "due": 1}]
    assert len(server.taken) == 1
    assert office.counts() == {"sent": 1, "due": 1}


def test_why_tells_the_story_in_order(tmp_path: Path) -> None:
    with Rude({"RCPT": ["450 4.2.0 greylisted", "250 fine"]}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.run(until=SLOT + timedelta(hours=1))
    replied(office.wiring.store, office.wiring.workspace, "c0@acme.example", "Nice", now=office.now)
    story = why(office.wiring.store, office.wiring.workspace, "c0@acme.example")

    assert [moment.what for moment in story.moments] == ["enrolled", "attempt 1", "sent", "reply"]
    assert "greylisted" in story.moments[1].text
    assert story.ahead[0].obstacle == "replied"
