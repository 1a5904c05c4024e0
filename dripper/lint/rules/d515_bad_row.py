"""A row of a table of values cannot be used.

Finds: a row of `metrics.csv` or of a list of contacts with a wrong date, number, address or count of columns.

Why: a value that is silently dropped makes a wrong trend; the metric is marked in the brief until the row is right.

Fires (metrics.csv):
    metric,date,value
    repeat_rate,2026-13-01,26.4

Instead (metrics.csv):
    metric,date,value
    repeat_rate,2026-12-01,26.4

Source: RFC 4180 for the form of the file.
"""

from __future__ import annotations

from dripper.lint.rule import Rule
from dripper.workspace.faults import Fault

RULE = Rule(code=Fault.BAD_ROW.code, name=Fault.BAD_ROW.name_, doc=__doc__, by_reader=True)
