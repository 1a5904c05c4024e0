"""What a checkup says of a store, on both engines."""

from pathlib import Path

import pytest
from fakes.office import Later, Office, at_slot, workspace
from fakes.smtp_server import DROP, Rude, Sink

from dripper.drip.checkup import Check, Verdict
from dripper.jobs.doctor_store import check_store
from dripper.outbox.instruments import Instruments

pytestmark = pytest.mark.usefixtures("store_url")


def examine(office: Office, root: Path) -> dict[str, Check]:
    wiring = office.wiring
    checks = check_store(
        lambda: wiring.store_to_read,
        Instruments(root, {}, real_now=wiring.real_clock.now),
        wiring.workspace.settings,
        wiring.real_clock.now,
    )
    return {check.name: check for check in checks}


def test_a_store_in_order_has_no_problem(tmp_path: Path, store_url: str) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        office.send()
        found = examine(office, tmp_path)

    assert {check.verdict for check in found.values()} == {Verdict.OK}
    assert found["state"].subject == "mailbox dana"
    assert ("round trip" in found) == store_url.startswith("postgresql")
    assert ("clock" in found) == store_url.startswith("postgresql")


def test_a_message_in_doubt_is_told(tmp_path: Path) -> None:
    with Rude({"DOT": DROP}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.send()
        found = examine(office, tmp_path)

    assert found["deliveries"].verdict is Verdict.PROBLEM
    assert found["deliveries"].text.startswith("of 1 message")
    assert "`dripper reconcile`" in found["deliveries"].cure


def test_a_mailbox_that_rests_is_told(tmp_path: Path) -> None:
    with Rude({"CONNECT": "421 4.3.2 later"}) as server:
        office = at_slot(workspace(tmp_path, server.port))
        office.send()
        found = examine(office, tmp_path)

    assert found["state"].verdict is Verdict.PROBLEM
    assert "421 4.3.2 later" in found["state"].text


def test_a_database_on_a_machine_whose_clock_is_off_is_told(tmp_path: Path, store_url: str) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port))
        office.wiring.real_clock = Later()
        found = examine(office, tmp_path)

    if store_url.startswith("postgresql"):
        assert found["clock"].verdict is Verdict.PROBLEM
        assert "3600 s ahead of it" in found["clock"].text
    else:
        assert "clock" not in found
