import re
from pathlib import Path

from dripper import __version__

TEXT = (Path(__file__).resolve().parent.parent.parent / "CHANGELOG.md").read_text(encoding="utf-8")
HEADINGS = ["Security", "Added", "Changed", "Fixed", "Removed"]


def test_the_newest_entry_is_this_version() -> None:
    versions = re.findall(r"^## (\S+)", TEXT, re.MULTILINE)
    assert versions[0] == __version__


def test_what_changed_stands_under_known_headings_security_first() -> None:
    for entry in re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]:
        headings = re.findall(r"^### (\w+)$", entry, re.MULTILINE)
        assert headings
        assert headings == sorted(headings, key=HEADINGS.index)
