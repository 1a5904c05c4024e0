"""The plan of a workspace is the same in whatever order its contacts, accounts and campaigns were read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fakes.workspaces import CAMPAIGN, small_workspace, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dripper.jobs.plan import plan
from dripper.jobs.schedule import approve, drafts_of
from dripper.jobs.standing import Standing, standing_of
from dripper.outbox.store.engine import Store
from dripper.workspace.files import load
from dripper.workspace.model.workspace import Workspace

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
# Some are due, some are late: the window of the first Tuesday is closed in Tokyo, not in Honolulu.
LATER = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
ZONES = ("Europe/Berlin", "Asia/Tokyo", "Pacific/Honolulu", "Australia/Lord_Howe")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_workspace(tmp_path)
    for account in ("bolt", "acme"):
        people = (
            f'[[contact]]\nname = "P{number} {account}"\nemail = "p{number}@{account}.example"\ntimezone = "{zone}"\n'
            for number, zone in enumerate(ZONES)
        )
        write(tmp_path, f"campaigns/{account}/account.toml", f'name = "{account}"\n{"".join(people)}')
        write(tmp_path, f"campaigns/{account}/insights.toml", CAMPAIGN)
        write(tmp_path, f"campaigns/{account}/news.toml", CAMPAIGN.replace("2 weeks", "3 days"))
    return tmp_path


def shuffled(workspace: Workspace, data: st.DataObject) -> Workspace:
    def mixed(items: list[Any]) -> list[Any]:
        return data.draw(st.permutations(items))

    recipients = {name: tuple(mixed(list(people))) for name, people in mixed(list(workspace.recipients.items()))}
    campaigns = dict(mixed(list(workspace.campaigns.items())))
    accounts = dict(mixed(list(workspace.accounts.items())))
    return replace(workspace, recipients=recipients, campaigns=campaigns, accounts=accounts)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=10)
@given(data=st.data())
@pytest.mark.parametrize("is_scheduled", [False, True], ids=["new", "scheduled"])
def test_the_order_of_files_and_contacts_changes_nothing(root: Path, is_scheduled: bool, data: st.DataObject) -> None:
    loaded = load(root)
    assert loaded.workspace is not None
    standing = Standing()
    if is_scheduled:
        store = Store.open("sqlite:///:memory:", root=root)
        approve(store, loaded.workspace, drafts_of(loaded, []), now=NOW)
        standing = standing_of(store)
        store.close()
    for now in (NOW, LATER) if is_scheduled else (NOW,):
        as_read = plan(loaded.workspace, standing, now=now)
        assert len(as_read.rows) == 2 * 2 * len(ZONES) * 2
        assert plan(shuffled(loaded.workspace, data), standing, now=now) == as_read
