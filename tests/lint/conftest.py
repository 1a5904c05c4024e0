"""What the tests of rules stand on: a small workspace round one campaign, and the Markdown files with their cases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dripper.jobs.lint import Request, lint
from dripper.lint.report.shown import Shown

HOME = """\
[workspace]
name = "North Agency"
timezone = "Europe/Berlin"
country = "DE"
"""
SETTINGS = f"""\
{HOME}
[mailbox.dana]
from = "Dana Ruiz <dana@north.example>"
smtp = {{ host = "smtp.north.example" }}
"""
ACCOUNT = """\
name = "Acme Retail"
bucket = "partner"

[[contact]]
name = "Ana Weber"
email = "ana.weber@acme.example"
role = "VP Digital"

[[contact]]
name = "Bartholomew Featherstonehaugh"
email = "bart@acme.example"
role = "Buyer"
"""
METRICS = "metric,date,value\nrepeat_rate,2026-09-30,26.40\n"
HEADER = 'every = "2 weeks"\nstart = 2026-12-01\n'
MESSAGE = """
[[message]]
subject = "Your carts after 9 pm"
text = "Most of your abandoned carts start after 9 pm."
gift = "When to send the reminder"
shifts = "From media buyer to retail analyst"
"""

Write = Callable[..., Path]
Lint = Callable[..., list[Shown]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the workspace, with the files given instead of its own, and return its root."""

    def files(given: dict[str, str | bytes] | None = None) -> Path:
        own: dict[str, str | bytes] = {
            "dripper.toml": SETTINGS,
            "campaigns/acme/account.toml": ACCOUNT,
            "campaigns/acme/metrics.csv": METRICS,
        }
        for name, content in {**own, **(given or {})}.items():
            place = tmp_path / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return files


@pytest.fixture
def lint_campaign(write: Write) -> Lint:
    """Lint one campaign; lines count from the text given, also where the usual header was put above it."""

    def run(text: str, select: tuple[str, ...] = (), **files: str) -> list[Shown]:
        head = "" if "every =" in text or "start =" in text else HEADER
        tail = "" if "[[message]]" in text else MESSAGE
        root = write({"campaigns/acme/case.toml": f"{head}{text}\n{tail}", **files})
        return list(lint(Request(paths=("campaigns/acme/case.toml",), select=select), root))

    return run


@pytest.fixture
def lint_draft(tmp_path: Path) -> Lint:
    """Lint one plain draft."""

    def run(text: str | bytes, name: str = "draft.txt", **request: object) -> list[Shown]:
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(lint(Request(paths=(name,), **request), tmp_path))  # type: ignore[arg-type]

    return run


@pytest.fixture
def lint_settings(write: Write) -> Lint:
    """Lint `dripper.toml`: the text with the workspace's own table above it, from whose last line on lines count."""

    def run(text: str, select: tuple[str, ...] = ()) -> list[Shown]:
        return list(lint(Request(paths=("dripper.toml",), select=select), write({"dripper.toml": HOME + text})))

    return run
