"""Checks what `dripper.toml` says about metrics: where they are, and where the brief draws its lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dripper.workspace.faults import Fault
from dripper.workspace.log_in import carries_password

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.problem import Problem
    from dripper.workspace.model.settings import Settings
    from dripper.workspace.toml import Document

_TABLE = ("metrics",)
_KEYS = ("source", "url", "query", "password")


def metric_source(document: Document, settings: Settings) -> Iterator[Problem]:
    """Tell a source of metrics that is none, or two, or carries its password."""
    named = settings.metric_source
    if named is None or not document.is_own(_TABLE, *((*_TABLE, key) for key in _KEYS)):
        return
    if (named.source is None) == (named.url is None):
        found = "none" if named.source is None else "source and url"
        cure = 'keep one: source = "data/*.parquet", or url with query'
        yield document.problem(Fault.WRONG_VALUE, _TABLE, f"metrics have exactly one source, found {found}", cure)
    elif named.source is not None:
        yield from _files(document, named.source, has_query=named.query is not None)
    elif named.url is not None:
        yield from _database(document, named.url, named.query, has_password=named.password is not None)


def _files(document: Document, source: str, *, has_query: bool) -> Iterator[Problem]:
    if not source.lower().endswith((".parquet", ".parq", ".pq")):
        message = f'"{source}" names no Parquet files'
        cure = 'write source = "data/*.parquet"; a CSV file is called metrics.csv and needs no setting'
        yield document.problem(Fault.WRONG_VALUE, (*_TABLE, "source"), message, cure)
    if has_query:
        message = "a query is for a database; Parquet files are read as they are"
        yield document.problem(Fault.WRONG_VALUE, (*_TABLE, "query"), message, "leave it out, or name a url")


def _database(document: Document, url: str, query: str | None, *, has_password: bool) -> Iterator[Problem]:
    place = (*_TABLE, "url")
    if carries_password(url):
        message = '"url" carries a password, and no secret may stand in the file'
        cure = "leave it out of the address, and add password = { env = … }, or one of keyring, file and command"
        yield document.problem(Fault.LITERAL_SECRET, place, message, cure)
    elif re.match(r"[a-z][a-z0-9_]*(\+[a-z0-9_]+)?://.", url) is None:
        message = f'"{url}" is no address of a database'
        cure = 'write it as SQLAlchemy does, such as "postgresql+psycopg://dana@db.north.example/sales"'
        yield document.problem(Fault.WRONG_VALUE, place, message, cure)
    elif has_password and re.match(r"[^:/]+://[^/@]+@", url) is None:
        message = 'there is a "password", but url names no user'
        yield document.problem(Fault.WRONG_VALUE, place, message, "write it as …://USER@HOST/…")
    if query is None:
        cure = 'add query = "select account, metric, date, value from …"'
        yield document.problem(Fault.MISSING_KEY, _TABLE, '"url" needs a "query"', cure)
    elif re.match(r"\s*(select|with|table|values)\b", query, re.IGNORECASE) is None:
        message = "the query asks for nothing: it does not begin with select or with"
        cure = 'write query = "select account, metric, date, value from …"'
        yield document.problem(Fault.WRONG_VALUE, (*_TABLE, "query"), message, cure)


def thresholds(document: Document, settings: Settings) -> Iterator[Problem]:
    """Tell a threshold that nothing or everything would pass."""
    lines = settings.thresholds
    for key in ("contract_pct", "plainness", "likeness", "stale_periods"):
        if getattr(lines, key) < 0:
            message, cure = f'"{key}" cannot be below 0', "write 0 for no threshold"
            yield document.problem(Fault.WRONG_VALUE, ("thresholds", key), message, cure)
    if not 0 < lines.false_claims < 1:
        message, cure = '"false_claims" is a share between 0 and 1', "write 0.05 for one in twenty"
        yield document.problem(Fault.WRONG_VALUE, ("thresholds", "false_claims"), message, cure)
    for key in ("half_life_periods", "half_life_days"):
        if getattr(lines, key) <= 0:
            message, cure = f'"{key}" is above 0: an age at which an angle weighs half', f"leave {key} out"
            yield document.problem(Fault.WRONG_VALUE, ("thresholds", key), message, cure)
