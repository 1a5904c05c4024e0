"""Names files as seen from the root of the git checkout, for readers that know nothing of the folder worked in."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dripper.jobs.lint_draft import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.lint.report.shown import Shown


def seen_from_checkout(found: Iterable[Shown], directory: Path) -> Iterator[Shown]:
    """Yield `found`, named as seen from `directory`, with the names of their files as seen from the checkout's root.

    Where there is no checkout its root is `directory`; a file outside of it has its whole path.
    """
    here = directory.resolve()
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    for each in found:
        yield replace(each, problem=each.problem._replace(file=_name(each.problem.file, here, root)))


def _name(file: str, here: Path, root: Path) -> str:
    if file == STDIN:
        return file
    whole = Path(os.path.normpath(here / file))
    return (whole.relative_to(root) if whole.is_relative_to(root) else whole).as_posix()
