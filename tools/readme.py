"""Write the reference in README.md from the code: commands, rules, settings and keys; `--check` only compares.

    python tools/readme.py [--check]

Each part stands between two markers, `<!-- NAME -->` and `<!-- end of NAME -->`; the rest is written by hand.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reference import PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parent.parent


def filled(readme: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """Return `readme` with every marked part written anew; a part without markers is a `ValueError`."""
    for name, write in parts.items():
        marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        if len(marked.findall(readme)) != 1:
            raise ValueError(f"README.md needs the markers of {name} exactly once")
        text = write()
        readme = marked.sub(lambda found, text=text: f"{found[1]}\n{text}\n\n{found[2]}", readme)
    return readme


def main() -> int:
    path = ROOT / "README.md"
    before = path.read_text(encoding="utf-8")
    after = filled(before, PARTS)
    if before == after:
        print("README.md is up to date.")
        return 0
    if "--check" in sys.argv[1:]:
        print("README.md is behind the code: run `make readme`.", file=sys.stderr)
        return 1
    path.write_text(after, encoding="utf-8")
    print("README.md was written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
