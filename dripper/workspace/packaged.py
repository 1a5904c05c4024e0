"""The files that come with dripper, in a wheel and in a source checkout alike: the sample workspace, its templates."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def sample_root() -> Path:
    """Return the folder of the sample workspace: a wheel carries it in the package, a checkout is it."""
    packed = _PACKAGE / "_sample"
    return packed if packed.is_dir() else _PACKAGE.parent


@cache
def packaged_shells(ending: str) -> dict[str, str]:
    """Return the source of each shell that comes with dripper, by name; `ending` is `.txt.j2` or `.html.j2`."""
    files = sorted((sample_root() / "templates").glob(f"*{ending}"))
    return {file.name.removesuffix(ending): file.read_text(encoding="utf-8") for file in files}
