"""Delivery to a real Postfix, as many companies run one: nothing arrives twice and nothing is lost, also by a kill."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from fakes.firm import wait_for
from fakes.office import SLOT, Later, Office, at_slot, workspace
from fakes.postfix import NO_SUCH_USER, Postfix, lacking
from fakes.workspaces import edit

from dripper.drip.delivery import State
from dripper.outbox.store import suppressions

pytestmark = [pytest.mark.postfix, pytest.mark.skipif(bool(lacking()), reason=lacking())]

COUNT = 200
CONNECTIONS = 4
KILLS = 2
# Whoever is killed keeps what it has claimed until its lease ends: about what leaves in two seconds.
MANY = COUNT + KILLS * 25 * CONNECTIONS
LIMITS = f"per_day = 0, per_hour = 0, per_domain_per_hour = 0, gap_s = 0, connections = {CONNECTIONS}"


@pytest.fixture(scope="module")
def running() -> Iterator[Postfix]:
    server = Postfix.start()
    yield server
    server.stop()


@pytest.fixture
def server(running: Postfix, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postfix]:
    monkeypatch.setenv("SSL_CERT_FILE", str(running.authority))
    yield running
    running.empty()


@pytest.mark.parametrize("security", ["none", "starttls"])
def test_each_message_arrives_once_and_as_it_was_archived(
    server: Postfix, tmp_path: Path, store_url: str, security: str
) -> None:
    workspace(tmp_path, server.port, contacts=COUNT, limits=LIMITS)
    edit(tmp_path, 'security = "none"', f'security = "{security}"', "dripper.toml")
    office = at_slot(tmp_path)
    office.send()
    taken = server.taken(COUNT)

    assert office.counts() == {"sent": COUNT, "due": COUNT}
    rows = {row.message_id: row for row in office.rows()}
    assert Counter(one.message_id for one in taken) == Counter(rows.keys())
    assert all(rows[one.message_id].contact == one.recipient for one in taken)
    assert {(row.code, row.reply.partition(":")[0]) for row in rows.values()} == {(250, "2.0.0 Ok")}
    assert {one.sender for one in taken} == {"dana@north.example"}


def test_an_address_that_it_does_not_know_fails_and_the_others_arrive(
    server: Postfix, tmp_path: Path, store_url: str
) -> None:
    people = [f"{NO_SUCH_USER}@acme.example", *(f"c{number}@acme.example" for number in range(5))]
    office = at_slot(workspace(tmp_path, server.port, contacts=people, limits=LIMITS))
    office.send()
    taken = server.taken(5)

    refused = next(row for row in office.rows() if row.contact == people[0])
    assert (refused.state, refused.code) == (State.FAILED, 550)
    assert "User unknown" in refused.reply
    with office.wiring.store.read() as connection:
        assert suppressions.reason_for(connection, people[0])
    assert sorted(one.recipient for one in taken) == people[1:]


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_instant_nothing_arrives_twice_and_nothing_is_lost(
    server: Postfix, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    workspace(tmp_path, server.port, contacts=MANY, limits=LIMITS)
    Office(tmp_path).schedule()
    command = [sys.executable, "-m", "dripper", "--now", SLOT.isoformat(), "send"]
    for _ in range(KILLS):
        enough = len(server.taken(0)) + chance.randint(1, 40)
        process = subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        wait_for(partial(_has_seen, server, enough), 60)
        process.kill()
        process.wait()
    office = Office(tmp_path, now=SLOT.isoformat(), real_clock=Later())
    office.send()
    rows = {row.message_id: row.state for row in office.rows() if row.message == "carts"}
    sent = {name for name, state in rows.items() if state is State.SENT}
    taken = Counter(one.message_id for one in server.taken(len(sent)))

    assert max(taken.values()) == 1, "arrived twice"
    assert len(rows) == MANY
    assert set(rows.values()) <= {State.SENT, State.UNKNOWN}, "lost"
    assert sent <= set(taken) <= set(rows)
    # Each of the killed had sent something.
    assert len({row.worker for row in office.rows() if row.attempts}) > KILLS
    assert len(rows) - len(sent) <= 2 * CONNECTIONS * KILLS


def _has_seen(server: Postfix, count: int) -> bool:
    return server.seen() >= count
