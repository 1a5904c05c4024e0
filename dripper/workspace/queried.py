"""Reads the series of one account from what answers a query: Parquet files, or a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from dripper.workspace.cells import CellError, any_number_of, check_name
from dripper.workspace.dates import any_date_of
from dripper.workspace.metrics import Readings
from dripper.workspace.tally import Tally, bad_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.problem import Span


class Queried(NamedTuple):
    """One row of an answer, as it came; `where` names it in a sentence, such as `row 17`."""

    metric: object
    on: object
    value: object
    file: str
    span: Span
    where: str


class Source(Protocol):
    """What knows the metrics of many accounts, and is asked for one at a time."""

    # As the user calls it.
    name: str

    def rows(self, account: str) -> Iterator[Queried]:
        """Yield the rows of one account; raise `SourceError` where the source cannot be read."""
        ...


def read_account(source: Source, account: str) -> Readings:
    """Return the series of one account; a bad row is told and counted, as in a CSV file."""
    tally = Tally()
    for row in source.rows(account):
        key, is_named = (account, "" if row.metric is None else str(row.metric).strip()), False
        try:
            check_name(key[1], "metric")
            is_named = True
            on = any_date_of(row.on)
            tally.fresh(key, on)
            tally.take(key, on, any_number_of(row.value), row.where)
        except CellError as error:
            problem = bad_row(row.file, row.span, f"{row.where}: {error}", error.cure)
            if is_named:
                tally.spoil(key, error, problem)
            else:
                tally.tell(problem)
    tally.end(of=f"{account} in {source.name}")
    return Readings(series=tally.series(source.name), problems=tally.problems)
