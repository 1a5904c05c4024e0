"""The password of a PostgreSQL store: kept where `dripper.toml` says, found by every command, shown by none."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes.command import dripper
from fakes.office import workspace
from fakes.postgres import Postgres

from dripper.errors import SecretError, StoreError
from dripper.outbox.store.engine import Store

# As awkward in an address as a password can be.
WORD = "p@ss:w/?rd"


def let_in(postgres: Postgres, url: str) -> None:
    """Let the user make tables in a database."""
    postgres.tell("GRANT ALL ON SCHEMA public TO dana", url.partition("?")[0].rpartition("/")[2])


def test_a_password_from_its_own_place_opens_the_store_and_one_that_cannot_be_had_is_told(postgres: Postgres) -> None:
    def no_password(user: str) -> str:
        raise SecretError(f"no password of {user}", cure="write it down")

    with postgres.asking_for_passwords("dana", WORD), postgres.database() as url:
        let_in(postgres, url)
        as_dana = url.replace("dripper@", "dana@")
        store = Store.open(as_dana, root=Path("/"), password={"dana": WORD}.__getitem__)
        assert WORD not in f"{store.place} {store.url}"
        store.close()
        with pytest.raises(StoreError, match="refuses the password") as refused:
            Store.open(as_dana, root=Path("/"), password=lambda _: "an0ther")
        with pytest.raises(StoreError, match="the password of the store: no password of dana") as missing:
            Store.open(as_dana, root=Path("/"), password=no_password)

    assert "an0ther" not in f"{refused.value} {refused.value.cure}"
    assert "[store] password" in refused.value.cure
    assert missing.value.cure == "write it down"


def test_from_the_settings_every_command_finds_the_password_and_none_shows_it(
    postgres: Postgres, tmp_path: Path
) -> None:
    place = 'password = { env = "STORE_WORD" }'
    workspace(tmp_path, 25)
    with postgres.asking_for_passwords("dana", "r1ght"), postgres.database() as url:
        let_in(postgres, url)
        with (tmp_path / "dripper.toml").open("a", encoding="utf-8") as file:
            file.write(f'[store]\nurl = "{url.replace("dripper@", "dana@")}"\n{place}\n')
        done = {
            (word, command): dripper(command, cwd=tmp_path, extra={"STORE_WORD": word} if word else {})
            for word in ("r1ght", "wr0ng", "")
            for command in ("status", "doctor", "ledger")
        }

    said = {key: each.stdout + each.stderr for key, each in done.items()}
    assert done["r1ght", "status"].returncode == done["r1ght", "ledger"].returncode == 0
    assert "opens, with schema" in said["r1ght", "doctor"] or "there is none yet" in said["r1ght", "doctor"]
    assert all("refuses the password" in said["wr0ng", command] for command in ("status", "doctor", "ledger"))
    assert all("STORE_WORD is not set" in said["", command] for command in ("status", "doctor", "ledger"))
    assert not [key for key, text in said.items() if "r1ght" in text or "wr0ng" in text or "Traceback" in text]
