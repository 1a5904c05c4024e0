"""Several `dripper run`, each a process of its own on the real clock, share one PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes.firm import Firm, gate, wait_for
from fakes.office import Office
from fakes.postgres import Postgres
from fakes.smtp_server import Rude

from dripper.jobs.pause import pause, resume

pytestmark = pytest.mark.usefixtures("on_server")


@pytest.fixture
def on_server(postgres: Postgres) -> Iterator[None]:
    """Put every office on an empty PostgreSQL."""
    with postgres.store() as url:
        Office.store_url = url
        yield
        Office.store_url = None
        Office.close_all()


def test_four_workers_share_the_work_and_send_nothing_twice(tmp_path: Path) -> None:
    count = 4
    with gate() as (opened, _, watch), Rude(watch=watch) as server:
        firm = Firm(tmp_path, server.port, contacts=count * 30)
        firm.start(count)
        opened.set()
        wait_for(lambda: len(server.taken) == firm.contacts, 60)
        assert firm.stop() == [0] * count
        firm.check(server)

    assert len(firm.shares()) == count
    assert firm.at_work() == ()
    assert firm.in_hand() == 0


def test_a_limit_is_one_for_all(tmp_path: Path) -> None:
    with gate() as (opened, _, watch), Rude(watch=watch) as server:
        firm = Firm(tmp_path, server.port, contacts=30, per_hour=12)
        firm.start(2)
        opened.set()
        wait_for(lambda: len(server.taken) == 12, 60)
        time.sleep(1)
        firm.stop()

    assert len(server.taken) == 12


def test_a_pause_has_stopped_every_worker_when_it_returns(tmp_path: Path) -> None:
    with gate() as (opened, begun, watch), Rude(watch=watch, delay_s=0.02) as server:
        firm = Firm(tmp_path, server.port, contacts=80)
        firm.start(2)
        opened.set()
        wait_for(lambda: len(server.taken) >= 10, 60)
        store, files = firm.office.wiring.store, firm.office.wiring.workspace
        pause(store, files, None, now=datetime.now(UTC))
        paused = time.monotonic()
        before = len(begun)
        time.sleep(3)
        # What was already promised to the server may begin; nothing after that.
        assert len(begun) <= before + 2
        assert not [at for at in begun if at > paused + 2]
        assert len(server.taken) == len(begun) < firm.contacts
        resume(store, files, None, now=datetime.now(UTC))
        wait_for(lambda: len(server.taken) == firm.contacts, 60)
        firm.stop()
        firm.check(server)


def test_what_a_killed_worker_held_is_taken_over(tmp_path: Path) -> None:
    with gate() as (opened, _, watch), Rude(watch=watch, delay_s=0.02) as server:
        firm = Firm(tmp_path, server.port, contacts=60)
        victim, _ = firm.start(2)
        opened.set()
        wait_for(lambda: len(server.taken) >= 10, 60)
        victim.kill()
        wait_for(firm.is_settled, 90)
        firm.stop()
        firm.check(server, most_in_doubt=2)

    assert len(server.taken) >= firm.contacts - 2


def test_a_database_that_is_restarted_under_load_costs_nothing(tmp_path: Path, postgres: Postgres) -> None:
    with gate() as (opened, _, watch), Rude(watch=watch, delay_s=0.01) as server:
        firm = Firm(tmp_path, server.port, contacts=80)
        firm.start(2)
        opened.set()
        for least in (10, 30, 50):
            wait_for(lambda least=least: len(server.taken) >= least, 60)
            postgres.restart()
        wait_for(lambda: len(server.taken) == firm.contacts, 60)
        assert firm.stop() == [0, 0]
        firm.check(server)

    assert "is there again" in firm.said
