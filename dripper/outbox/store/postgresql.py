"""PostgreSQL as the store: a server that the workers of several machines share.

Two kinds of transaction write, and a gate stands between them (an advisory lock). Workers pass it together; `locks`
says what they lock among themselves. Whatever a person orders (schedule, pause, suppress, …) waits until those inside
have committed, and has the gate alone: as soon as `dripper pause` returns, no message begins that the pause forbids.
Both run with READ COMMITTED, and the gate is taken in a statement of its own: what follows sees all that was committed
before. What is only read, is read in one snapshot (REPEATABLE READ).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dripper.errors import StoreError
from dripper.outbox.store.failure import Cause, ConflictError, LostError, explained
from dripper.outbox.store.locks import key_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.exc import DBAPIError

NEEDS_DRIVER = "install it: `python -m pip install 'dripper[postgres]'`"
_GATE = key_of("gate")
# How long a person's command waits for the gate. Workers wait longer: a large campaign may be being scheduled.
_PERSON_WAITS = "30s"
_WORKER_WAITS = "10min"
# A machine that was cut off inside a transaction does not keep the others waiting longer than this.
_STUCK_ALONE = "5min"
_STUCK_TOGETHER = "15s"
# A worker asks for a few rows, by their keys or in the order of an index. A plan is kept, and made when there may be
# little in the tables yet: so it must not be one that reads all of them.
_BY_KEYS = {
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
}
# libpq: how soon it is noticed that the server's machine has gone.
_CONNECT = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": "dripper",
    # The same few statements come again and again.
    "prepare_threshold": 0,
}


def engine_of(url: sa.URL, place: str) -> Engine:
    """Return the engine of a server; nothing is connected yet."""
    args = {name: value for name, value in _CONNECT.items() if name not in url.query}
    try:
        engine = sa.create_engine(url, connect_args=args, pool_pre_ping=True)
    except ImportError as error:
        raise StoreError(f"the store {place} needs the driver of PostgreSQL, psycopg", cure=NEEDS_DRIVER) from error

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # A commit must survive a power cut, whatever the server's owner has set for others.
        question = "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = "
        with connection.cursor() as cursor:
            cursor.execute(f"{question}'off'")
        connection.commit()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("reads"):
            together, is_patient = bool(options.get("together")), bool(options.get("is_patient"))
            connection.info["transaction"] = _pass_gate(connection, together=together, is_patient=is_patient)

    return engine


def _pass_gate(connection: Connection, *, together: bool, is_patient: bool) -> int:
    """Take the gate, and return the number by which the server knows this transaction."""
    settings = {
        "lock_timeout": _WORKER_WAITS if together or is_patient else _PERSON_WAITS,
        "idle_in_transaction_session_timeout": _STUCK_TOGETHER if together else _STUCK_ALONE,
        **(_BY_KEYS if together else {}),
    }
    set_all = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in settings.items())
    lock = f"pg_advisory_xact_lock{'_shared' if together else ''}"
    found: int = connection.exec_driver_sql(f"SELECT txid_current(), {set_all}, {lock}({_GATE})").scalar_one()
    return found


def was_committed(connection: Connection, transaction: int) -> bool | None:
    """Whether a transaction whose connection was lost at its end was committed; `None` while that is open."""
    status = connection.scalar(sa.select(sa.func.txid_status(sa.cast(transaction, sa.BigInteger))))
    return None if status == "in progress" else status == "committed"


def error_of(place: str, error: DBAPIError) -> StoreError:
    """Return what an error of the driver means."""
    said = str(error.orig)
    code = getattr(error.orig, "sqlstate", None)
    otherwise = LostError if error.connection_invalidated else StoreError
    return explained(_CAUSES, place, f"[{code}] {said}" if code else said, otherwise=otherwise)


_ASK = "ask who runs the database"
# In brackets the SQLSTATE, which is the same in every language; where no connection was made, there is none.
_CAUSES = (
    Cause(
        said=re.compile(r"\[(40001|40P01)\]"),
        meaning="is busy",
        cure="run the same command again",
        kind=ConflictError,
    ),
    Cause(
        said=re.compile(r"\[55P03\]"),
        meaning="is busy: another command has kept it locked",
        cure="wait until the other `dripper` (a large `schedule`?) has ended and try again; nothing was lost",
    ),
    Cause(
        said=re.compile(r"\[53100\]|No space left"),
        meaning="cannot grow: the server's disk is full",
        cure="free some space on the server and run the same command again; nothing was lost",
    ),
    Cause(
        said=re.compile(r"\[25006\]"),
        meaning="is a copy that may only be read",
        cure="name the primary server in [store] url in dripper.toml",
    ),
    Cause(
        said=re.compile(r"\[42501\]"),
        meaning="does not let this user do that",
        cure="as the owner of the database: GRANT ALL ON SCHEMA public TO the user in [store] url",
    ),
    Cause(
        said=re.compile(r"password authentication failed|no password supplied|\[28P01\]"),
        meaning="refuses the password",
        cure="correct it where [store] password in dripper.toml names it; without that: in PGPASSWORD or ~/.pgpass",
    ),
    Cause(
        said=re.compile(r'role "[^"]*" does not exist|no pg_hba\.conf entry|\[28000\]'),
        meaning="does not let this user in",
        cure=f"correct the user in [store] url in dripper.toml, or {_ASK} to let it in from this machine",
    ),
    Cause(
        said=re.compile(r'database "[^"]*" does not exist|\[3D000\]'),
        meaning="does not exist",
        cure="make it: `createdb NAME` on the server, or correct the name in [store] url in dripper.toml",
    ),
    Cause(
        said=re.compile(r"too many (clients|connections)|connection slots are reserved|\[53300\]"),
        meaning="has no connection left",
        cure=f"stop what is not needed, or {_ASK} to raise max_connections",
        kind=LostError,
    ),
    Cause(
        said=re.compile(r"\[57P0\d\]|starting up|shutting down|in recovery mode|\[08\w{3}\]|\[25P03\]"),
        meaning="is not there at the moment: the server starts or stops",
        cure="try again in a minute; nothing was lost",
        kind=LostError,
    ),
    Cause(
        said=re.compile(
            r"refused|No such file|failed to resolve|could not translate|timeout expired|timed out|unreachable"
            r"|closed the connection|connection (failed|is bad|is lost|not open)|could not receive|could not send"
        ),
        meaning="cannot be reached",
        cure="start the server, or correct host and port in [store] url in dripper.toml",
        kind=LostError,
    ),
)
