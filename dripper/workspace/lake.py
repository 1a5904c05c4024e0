"""The series of a workspace whose metrics are not all in files of its own: an account is read when it is asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import cached_property
from glob import iglob
from typing import TYPE_CHECKING
from urllib.parse import unquote

from dripper.workspace.database import Database
from dripper.workspace.metrics import Readings
from dripper.workspace.model.workspace import Series
from dripper.workspace.parquet import Parquet
from dripper.workspace.queried import Source, read_account

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dripper.problem import Problem, Span
    from dripper.workspace.model.settings import MetricSource, Secret

    # Fetches a secret of the user with that name.
    Fetch = Callable[[Secret, str], str]

# An account of ten metrics has some thousand values; more accounts than these are read again.
_KEPT = 32


class Lake(Mapping[str, Mapping[str, Series]]):
    """Series by account and metric; those of `metrics.csv` go before those of the source, which is asked lazily.

    Going through it names the accounts with files only: a warehouse may know thousands that nobody manages here.
    """

    def __init__(
        self, written: Mapping[str, Mapping[str, Series]], source: Source | None, *, problem: Problem | None = None
    ) -> None:
        self._written = written
        # `None` where it is not there, which is the `problem` of every account.
        self._source = source
        self._problem = problem
        self._read: OrderedDict[str, Readings] = OrderedDict()

    def __getitem__(self, account: str) -> Mapping[str, Series]:
        written = self._written.get(account, {})
        if not written and not self._readings(account).series:
            raise KeyError(account)
        return _Account(written, lambda: self._readings(account))

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)

    def problems(self, account: str) -> tuple[Problem, ...]:
        """Return the problems of the source's rows of an account."""
        return tuple(self._readings(account).problems)

    def _readings(self, account: str) -> Readings:
        if account not in self._read:
            written = self._written.get(account, {})
            readings = Readings(series={(account, metric): series for metric, series in written.items()})
            readings.problems += [self._problem] if self._problem else []
            if self._source is not None:
                readings.add(read_account(self._source, account), file=self._source.name)
            self._read[account] = readings
            if len(self._read) > _KEPT:
                self._read.popitem(last=False)
        self._read.move_to_end(account)
        return self._read[account]


class _Account(Mapping[str, Series]):
    """The series of one account; one that stands in `metrics.csv` is had without asking the source."""

    def __init__(self, written: Mapping[str, Series], read: Callable[[], Readings]) -> None:
        self._written = written
        self._read = read

    def __getitem__(self, metric: str) -> Series:
        return self._written[metric] if metric in self._written else self._all[metric]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _all(self) -> dict[str, Series]:
        return {metric: series for (_, metric), series in self._read().series.items()}


def problems_of(series: Mapping[str, Mapping[str, Series]], account: str) -> tuple[Problem, ...]:
    """Return the problems of an account's rows that are read only when they are asked for."""
    return series.problems(account) if isinstance(series, Lake) else ()


def is_there(pattern: str, *, root: Path) -> bool:
    """Whether any file bears a name of the pattern."""
    return any(iglob(str(root / pattern), recursive=True))  # noqa: PTH207 - the pattern may be absolute


def source_of(settings: MetricSource, *, root: Path, span: Span, fetch: Fetch | None) -> Source | None:
    """Return the source that `[metrics]` names; `None` where it names none rightly. Nothing is opened yet.

    `span` is where the query stands; without `fetch` a database is asked without a password.
    """
    if settings.source:
        return Parquet(settings.source, root=root)
    if not settings.url or not settings.query:
        return None
    secret, password = settings.password, None
    if secret is not None and fetch is not None:
        user = unquote(settings.url.partition("://")[2].partition("@")[0])

        def password() -> str:
            return fetch(secret, user)

    return Database(settings.url, settings.query, root=root, span=span, password=password)
