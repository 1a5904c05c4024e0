"""Tells a region without known holidays in the file that names it, before a plan cannot be made because of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.workspace.faults import Fault
from dripper.workspace.model.region import UnknownRegionError, check_region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.problem import Problem
    from dripper.workspace.places import Path
    from dripper.workspace.toml import Document


def region_problems(document: Document, table: Path, *, country: str | None, region: str | None) -> Iterator[Problem]:
    """Yield the problem of `region` in `table`; `country` is the one that counts there, `None` where none is known."""
    path = (*table, "region")
    if country and region and document.is_own(path, (*table, "country")):
        try:
            check_region(country, region)
        except UnknownRegionError as error:
            yield document.problem(Fault.WRONG_VALUE, path, str(error), error.cure)
