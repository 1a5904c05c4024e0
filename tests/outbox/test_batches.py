"""A batch decides what as many batches of one would: the same people get the same messages on the same days."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from fakes.office import SLOT, Office, at_slot, workspace
from fakes.smtp_server import Rude, Sink
from fakes.workspaces import CAMPAIGN, edit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dripper.jobs.pause import pause
from dripper.jobs.replied import replied
from dripper.jobs.suppress import suppress
from dripper.outbox.books import Group
from dripper.outbox.claim import Claimer
from dripper.outbox.letters import letter_of
from dripper.outbox.store import deliveries
from dripper.outbox.store.tables import archive
from dripper.outbox.store.tables import deliveries as deliveries_table

pytestmark = pytest.mark.usefixtures("store_url")

PEOPLE = 6
CONTACTS = [f"c{number}@{'acme' if number % 2 else 'globex'}.example" for number in range(PEOPLE)]
Rows = list[tuple[object, ...]]

CAMPAIGNS = st.lists(
    st.fixed_dictionaries(
        {
            "priority": st.integers(0, 3),
            "every": st.sampled_from(["1 week", "3 days", "2 business days", "1 day"]),
            "start": st.sampled_from(["2026-11-30", "2026-12-01", "2026-12-01", "2026-12-01"]),
            "spread_minutes": st.sampled_from([0, 0, 90]),
        }
    ),
    min_size=2,
    max_size=4,
)
SCENES = st.fixed_dictionaries(
    {
        "campaigns": CAMPAIGNS,
        "gap_days": st.integers(0, 4),
        "account_per_day": st.sampled_from([0, 1, 2, 5]),
        "late": st.sampled_from(["shift", "skip"]),
        "per_domain_per_hour": st.sampled_from([0, 0, 3]),
        "per_hour": st.sampled_from([0, 0, 4]),
        "suppressed": st.sets(st.sampled_from(CONTACTS), max_size=2),
        "replied": st.sets(st.sampled_from(CONTACTS), max_size=2),
        "paused": st.sampled_from([None, "acme/z1", CONTACTS[1], "globex.example"]),
        "first_at_h": st.sampled_from([0, 0, 3, 24 * 4]),
    }
)


def made(root: Path, port: int, scene: dict[str, object]) -> Office:
    """Write a workspace of several campaigns to the same people, and schedule it."""
    limits = f"per_day = 0, per_hour = {scene['per_hour']}, gap_s = 0, connections = 20, "
    limits += f"per_domain_per_hour = {scene['per_domain_per_hour']}"
    workspace(root, port, contacts=CONTACTS, limits=limits, gap_days=int(str(scene["gap_days"])))
    caps = f'account_per_day = {scene["account_per_day"]}\nlate = "{scene["late"]}"'
    edit(root, "account_per_day = 0", caps, "dripper.toml")
    plans = scene["campaigns"]
    assert isinstance(plans, list)
    (root / "campaigns/acme/insights.toml").unlink()
    for number, plan in enumerate(plans):
        text = CAMPAIGN.replace('"2 weeks"', f'"{plan["every"]}"').replace("2026-12-01", plan["start"])
        text = f"priority = {plan['priority']}\nspread_minutes = {plan['spread_minutes']}\n{text}"
        (root / f"campaigns/acme/z{number}.toml").write_text(text)
    office = Office(root, now="2026-11-29T08:00:00+01:00")
    office.schedule()
    return office


def lived(scene: dict[str, object], most: int, folder: Path) -> tuple[Rows, Counter[str]]:
    """Live through a scene with at most `most` claims at once; return the days of all deliveries, and what was sent."""
    with Sink() as sink:
        office = made(folder, sink.port, scene)
        office = office.at(SLOT + timedelta(hours=int(str(scene["first_at_h"]))))
        for contact in sorted(map(str, scene["suppressed"])):  # type: ignore[call-overload]
            suppress(office.wiring.store, None, contact, now=office.now)
        for contact in sorted(map(str, scene["replied"])):  # type: ignore[call-overload]
            replied(office.wiring.store, office.wiring.workspace, contact, "", now=office.now)
        if isinstance(scene["paused"], str) and scene["paused"] in (*CONTACTS, "globex.example"):
            pause(office.wiring.store, office.wiring.workspace, scene["paused"], now=office.now)
        claim_all(office, most)
        with office.wiring.store.read() as connection:
            rows = deliveries.where(connection, sa.true())
            slots = [one for name in campaigns_of(office) for one in office.enrolments(name).values()]
        found: Rows = [(row.campaign, row.contact, row.message, row.state.value, row.day, row.reply) for row in rows]
        found += [(one.campaign, one.contact, one.message, one.state.value, one.slot_at, one.due_at) for one in slots]
        Office.close_all()
    return sorted(found, key=repr), Counter(row.state.value for row in rows)


def campaigns_of(office: Office) -> list[str]:
    return list(office.wiring.workspace.campaigns)


def claim_all(office: Office, most: int) -> None:
    """Claim what is due, `most` at once, until nothing is; what is claimed stays so."""
    approved = office.wiring.approved
    claimer = Claimer(approved=approved, worker="w", lease=timedelta(minutes=2))
    limits = office.wiring.workspace.settings.mailboxes["dana"].limits
    for _ in range(400):
        claimed = office.wiring.store.share(
            lambda connection: claimer.claim(connection, "dana", limits, now=office.now, real_now=office.now, most=most)
        )
        if not claimed.claims:
            break


@given(scene=SCENES)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_by_one_or_all_together_the_same_is_claimed_and_moved(begin_anew, scene) -> None:  # type: ignore[no-untyped-def]
    results = []
    for most in (1, 200):
        with tempfile.TemporaryDirectory() as folder:
            results.append(lived(scene, most, Path(folder)))
        begin_anew()

    assert results[0] == results[1]


@pytest.mark.parametrize("is_fast", [False, True], ids=["asyncio", "uvloop"])
def test_a_pile_that_is_larger_than_one_claim_goes_out_on_either_loop(tmp_path: Path, is_fast: bool) -> None:
    with Sink() as sink:
        office = at_slot(workspace(tmp_path, sink.port, contacts=120))
        office.send(is_fast=is_fast)

    assert len({one.message_id for one in sink.taken}) == len(sink.taken) == 120
    assert office.counts() == {"sent": 120, "due": 120}
    assert sink.connections == 2


def test_one_that_somebody_else_settled_meanwhile_undoes_nothing_of_its_group(tmp_path: Path) -> None:
    """Of a group whose outcomes are written together, one row is not as its worker knew it."""
    taken = 0

    def take_over(phase: str, recipient: str) -> None:
        nonlocal taken
        taken += phase == "DOT"
        if phase == "DOT" and taken == 1:
            with office.wiring.store.write() as connection:
                row = deliveries_table.c
                mine = (row.contact == recipient) & (row.message == "carts")
                connection.execute(sa.update(deliveries_table).where(mine).values(token=row.token + 1))

    with Rude(watch=take_over) as server:
        office = at_slot(workspace(tmp_path, server.port, contacts=6))
        office.send()

    states = Counter(row.state.value for row in office.rows())
    assert states == {"sent": 5, "attempting": 1}
    assert len({one.message_id for one in server.taken}) == len(server.taken) == 6


def test_one_that_was_found_to_have_arrived_before_its_worker_heard_so_undoes_nothing_either(tmp_path: Path) -> None:
    found: list[str] = []

    def arrived(phase: str, recipient: str) -> None:
        if phase == "DOT" and not found:
            found.append(recipient)
            with office.wiring.store.write() as connection:
                row = deliveries_table.c
                mine = (row.contact == recipient) & (row.message == "carts")
                delivery = connection.scalar(sa.select(row.id).where(mine))
                connection.execute(sa.update(deliveries_table).where(mine).values(state="sent"))
                connection.execute(sa.insert(archive).values(delivery=delivery, content=b"as it was found"))

    with Rude(watch=arrived) as server:
        office = at_slot(workspace(tmp_path, server.port, contacts=6))
        office.send()

    assert Counter(row.state.value for row in office.rows()) == {"sent": 6}
    with office.wiring.store.read() as connection:
        kept = Counter(connection.scalars(sa.select(archive.c.content)))
    assert len(kept) == 6
    assert kept[b"as it was found"] == 1


def test_who_was_written_to_since_the_claim_is_left_out_of_the_group(tmp_path: Path) -> None:
    office = at_slot(workspace(tmp_path, 2525, contacts=3))
    approved, wires, store = office.wiring.approved, office.wires(), office.wiring.store
    limits = wires.open("dana").limits
    claimer = Claimer(approved=approved, worker="w", lease=timedelta(minutes=2))
    claimed = store.share(partial(claimer.claim, mailbox="dana", limits=limits, now=SLOT, real_now=SLOT, most=9))
    letters = [letter_of(approved, wires.mailer("dana"), claim, None, now=SLOT) for claim in claimed.claims]
    second = office.rows()[1]._asdict() | {"message": "earlier", "state": "sent"}
    with store.write() as connection:
        del second["id"]
        connection.execute(sa.insert(deliveries_table).values(second))

    group = Group(approved=approved, mailbox="dana", ended=[], next=letters, now=SLOT)  # type: ignore[arg-type]
    written = store.share(group.write)

    assert [letter.composed.recipient for letter in written.begun] == ["c0@acme.example", "c2@acme.example"]
    assert office.states() == {
        "c0 carts": "attempting",
        "c1 carts": "due",
        "c1 earlier": "sent",
        "c2 carts": "attempting",
    }
