"""The command line: options in, one job, one page out; data on stdout, talk on stderr.

Exit codes: 0 fine, 1 problems found, 2 could not run. No traceback reaches a user.
"""

from __future__ import annotations

from dripper.cli.group import main

__all__ = ["main"]
