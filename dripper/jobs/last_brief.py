"""What the last brief of a negotiation said, kept beside the record so that the next one can tell what changed.

`.dripper/briefs/ACCOUNT.json` has `{"version": 1, "briefs": [{"today", "negotiation", …}]}`: of each negotiation the
brief written last, and the one written last on an earlier day. Two briefs of one day have the same predecessor, so the
same files on the same day give the same bytes. Names of people and what they answered are not kept.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dripper.jobs.writing import writing
from dripper.prep.since import since

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dripper.prep.since import Since

VERSION = 1
_KEPT = ("today", "negotiation", "verdict", "gate", "metrics", "angles", "numbers", "questions", "facts", "demands")


def since_last(folder: Path, account: str, document: Mapping[str, Any]) -> Since | None:
    """Return what changed since the last brief of an earlier day; `None` where none was kept."""
    earlier = _earlier(_read(_file(folder, account)), document)
    return since(max(earlier, key=_day), document) if earlier else None


def keep(folder: Path, account: str, document: Mapping[str, Any]) -> None:
    """Keep what the next brief is compared with; `FileError` where it cannot be written."""
    path = _file(folder, account)
    kept = _read(path)
    own = _earlier(kept, document)
    others = [each for each in kept if _name(each) != _name(document)]
    briefs = [*others, *sorted(own, key=_day)[-1:], {key: document[key] for key in _KEPT}]
    with writing(path, cure="make the workspace's .dripper folder writable, or use --no-store"):
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"version": VERSION, "briefs": briefs}, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")


def _earlier(kept: list[dict[str, Any]], document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the briefs of the same negotiation on days before."""
    return [each for each in kept if _name(each) == _name(document) and each["today"] < document["today"]]


def _read(path: Path) -> list[dict[str, Any]]:
    """Return the briefs of a file; none where it is not there, is of another version, or was spoiled."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return []
    briefs = data.get("briefs") if isinstance(data, dict) and data.get("version") == VERSION else None
    return [each for each in briefs or () if isinstance(each, dict) and set(_KEPT) <= set(each)]


def _file(folder: Path, account: str) -> Path:
    return folder / f"{account}.json"


def _name(document: Mapping[str, Any]) -> str:
    return str((document["negotiation"] or {}).get("id", ""))


def _day(document: Mapping[str, Any]) -> str:
    return str(document["today"])
