"""The commented files that a user starts from: filled in from the packaged ones, never written over another file."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING

from dripper.jobs.writing import writing
from dripper.workspace.packaged import sample_root

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """One file to start from."""

    path: Path
    # False: a file stood there before and was left as it is.
    written: bool


def start_file(path: Path, template: str, /, **values: str) -> Started:
    """Write the packaged starting file `template` to `path` with `values` in the places of their `$names`."""
    source = (sample_root() / "templates" / "start" / template).read_text(encoding="utf-8")
    text = Template(source).substitute(values)
    with writing(path, cure="work in a folder that you may write to; `dripper init DIR` starts a workspace in another"):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            return Started(path=path, written=False)
    return Started(path=path, written=True)
