"""The mail that the others send: as long as dripper's own, and for mailmerge its template and its list."""

from __future__ import annotations

from pathlib import Path

SLOT = "2026-12-01T09:30:00+01:00"
TEXT = """Hi C7,

Most of your carts are left after nine in the evening; a reminder at eight finds their owners still awake.

Dana
"""
HEADERS = """From: Dana Ruiz <dana@north.example>
To: C7 Weber <c7@acme.example>
Subject: Carts after nine, C7
Date: Tue, 01 Dec 2026 09:30:00 +0100
Message-ID: <0123456789abcdef0123456789abcdef01234567@north.example>
List-Unsubscribe: <mailto:dana@north.example?subject=unsubscribe>
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: 7bit
MIME-Version: 1.0
"""


def content() -> bytes:
    """Return one mail in its final bytes."""
    return f"{HEADERS}\n{TEXT}".replace("\n", "\r\n").encode("ascii")


def write_mailmerge(root: Path, port: int, count: int) -> None:
    """Write mailmerge's three files into `root`."""
    template = (
        f"TO: {{{{email}}}}\nSUBJECT: Carts after nine, {{{{name}}}}\nFROM: Dana Ruiz <dana@north.example>\n\n{TEXT}"
    )
    (root / "mailmerge_template.txt").write_text(template.replace("C7", "{{name}}"))
    people = "".join(f"c{number}@acme.example,C{number}\n" for number in range(count))
    (root / "mailmerge_database.csv").write_text(f"email,name\n{people}")
    (root / "mailmerge_server.conf").write_text(f"[smtp_server]\nhost = 127.0.0.1\nport = {port}\n")
