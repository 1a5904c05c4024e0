"""What `dripper lint PATH` may mean beside a file, and why one was not linted."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from dripper.errors import UsageError
from dripper.jobs.lint_draft import root_above
from dripper.workspace.disk import files_below

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDINGS = (".negotiation.toml", ".toml")
_CURE = "name a campaign as in acme/insights, a file, a folder, or - for stdin"


def file_named(name: str, directory: Path) -> str:
    """Return the file of the campaign or the negotiation that is called `name`; `UsageError` where nothing is."""
    root = root_above(directory.resolve())
    for ending in reversed(_ENDINGS) if root and name else ():
        file = Path(root or "", "campaigns", f"{name}{ending}")
        if file.is_file():
            return str(file)
    raise UsageError(f"there is no file or campaign {name or repr(name)}", cure=_nearest(name, root))


def unread(path: str, suffix: str, root: Path) -> UsageError:
    """Say why a file was not linted although it is of a kind that the workspace at `root` has."""
    match suffix:
        case ".csv":
            cure = f'write contacts = "{Path(path).name}" in the campaign beside it; --lines, if each line is a message'
            return UsageError(f"no campaign names {path}, so it was not linted", cure=cure)
        case ".j2":
            cure = 'a shell stands in templates/, and a campaign names it: shell = "NAME"; html = true for NAME.html.j2'
            return UsageError(f"no campaign uses {path}, so it was not linted", cure=cure)
        case _:
            message = f"{path} is no file of the workspace in {root}"
            return UsageError(message, cure="campaigns stand below campaigns/")


def _nearest(name: str, root: Path | None) -> str:
    """Return the cure for a name that nothing has."""
    known = sorted(_names(root)) if root else []
    if of_account := [each for each in known if name and each.startswith(f"{name.rstrip('/')}/")]:
        return f"name one of {', '.join(of_account)}, or the folder campaigns/{name.rstrip('/')}"
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else _CURE


def _names(root: Path) -> Iterator[str]:
    """Yield how the campaigns and the negotiations of a workspace are called."""
    for file in files_below(root / "campaigns"):
        ending = next((each for each in _ENDINGS if file.name.endswith(each)), None)
        if ending and file.name != "account.toml":
            yield file.relative_to(root / "campaigns").as_posix().removesuffix(ending)
