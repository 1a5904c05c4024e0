"""`packages`: read a negotiation, of the workspace or from a file of its own, and find what its options allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.errors import ProblemsError, UsageError
from dripper.jobs.named import nearest
from dripper.problem import Problem, Severity, Span

if TYPE_CHECKING:
    from pathlib import Path

    from dripper.prep.packages.found import Packages
    from dripper.workspace.files import Loaded
    from dripper.workspace.model.negotiation import Negotiation

_SUFFIX = ".negotiation.toml"
_START = Span(line=1, column=1, end_line=1, end_column=1)
_SHAPE = '[[option]] with issue = "…", is = "…", ours = 40 and theirs = 70; an issue needs two or more'


def read_negotiation_file(path: Path, name: str) -> tuple[Negotiation, list[Problem]]:
    """Return the negotiation in the file at `path`, called `name`, with what is odd about it; `ProblemsError`."""
    from dripper.workspace.disk import read_text
    from dripper.workspace.negotiation import read_negotiation
    from dripper.workspace.toml import Document

    text = read_text(path, name=name)
    document = text if isinstance(text, Problem) else Document.parse(name, text)
    if isinstance(document, Problem):
        raise ProblemsError(f"{name} cannot be read", [document])
    read = read_negotiation(document, default_id=path.name.removesuffix(_SUFFIX).removesuffix(".toml"))
    errors = [problem for problem in read.problems if problem.severity is Severity.ERROR]
    if read.value is None or errors:
        raise ProblemsError(f"{name} has problems, so its packages are not scored", read.problems)
    return read.value, read.problems


def name_of(loaded: Loaded, negotiation: str) -> str:
    """Return the file of a negotiation of the workspace, named `acme/renewal`; `UsageError`.

    An account alone will do where it has one negotiation.
    """
    from dripper.workspace.files import id_of

    named = (*loaded.documents, *(problem.file for problem in loaded.problems))
    files = {id_of(file): file for file in named if file.endswith(_SUFFIX)}
    if loaded.workspace:
        files |= {each.id: each.file for each in loaded.workspace.negotiations.values()}
    own = [name for name in files if name.partition("/")[0] == negotiation]
    if negotiation not in files and len(own) == 1:
        return files[own[0]]
    if negotiation not in files:
        cure = nearest(
            negotiation, own or list(files), "name a file, or start one: `dripper new negotiation acme/renewal`"
        )
        raise UsageError(f"no negotiation '{negotiation}', and no file of that name", cure=cure)
    return files[negotiation]


def score(negotiation: Negotiation) -> Packages:
    """Return what the options allow; `ProblemsError` where there are none."""
    from dripper.prep.packages.found import packages_of
    from dripper.workspace.faults import Fault

    found = packages_of(negotiation)
    if found is None:
        problem = Fault.MISSING_KEY.problem(
            file=negotiation.file, span=_START, message="no [[option]] stands in this file", cure=f"add {_SHAPE}"
        )
        raise ProblemsError("without options there are no packages", [problem])
    return found
